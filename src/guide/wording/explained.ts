import type { Assertion } from '../../assertions/assertion.js';
import { Sentence } from './explained-sentence.js';
import { apart, tokensOf } from './explained-tokens.js';
import { isHedgedAside } from './hedge.js';
import { ofItsRow } from './its-row.js';
import type { Found } from './reading.js';
import { isExplain, type StatementShape } from './shape.js';

/** "have pier_id, berth_id should be NULL": what is said of the second is not said of the first. */
const ANOTHER_VERB = /\bha(?:ve|s) (?:an? |the )?[`\w]+, (?:and |but )?[`\w]+ (?:should|must|is|are)\b/i;

/**
 * A reader of the last resort: a sentence is cut into words, and read where each of them is accounted
 * for: a number of rows, a column of the result, a value, or a word that says nothing of its own.
 * One word that is none of them, and the sentence is left to the others, and at last to a person.
 */
export function readExplained(text: string, shape: StatementShape | null): Found | null {
  if (shape?.returnsRows !== true || isExplain(shape) || text.length > 300 || ANOTHER_VERB.test(text)) return null;
  const { main, asides } = apart(text);
  const tokens = tokensOf(main, shape);
  if (tokens === null) return null;
  const found = new Sentence(tokens, shape).read(asides.length > 0);
  if (found === null) return null;
  const more: Assertion[] = [];
  for (const aside of asides) {
    const held = asideOf(aside, found, shape);
    if (held === null) return null;
    more.push(...held);
  }
  const assertions = ofItsRow([...found, ...more], shape);
  const kinds = new Set(assertions?.map(({ type }) => type));
  return assertions !== null && (kinds.has('column') || kinds.has('includes') || kinds.size > 1) ? { assertions } : null;
}

/** What brackets add; null where they leave it open, or hold something that is not understood. */
function asideOf(aside: string, found: readonly Assertion[], shape: StatementShape): Assertion[] | null {
  const tokens = tokensOf(aside, shape);
  const told = tokens === null ? null : new Sentence(tokens, shape).read(true);
  const count = found.find((one) => one.type === 'rows');
  const [first] = told ?? [];
  // As many names as there are rows; a second number of rows is another matter.
  const fits = first?.type === 'contains' ? count !== undefined && count.value === first.values.length : !(first?.type === 'rows' && count !== undefined);
  if (told !== null && fits) return told;
  return isHedgedAside(aside) || /^[^\s,]+(?:, ?[^\s,]+)+$/.test(aside) || /[\d`'"=<>_]|\b(?:not|no|never|only|true|false|null)\b/i.test(aside) || /\b[A-Z]{3,}\b/.test(aside) ? null : [];
}
