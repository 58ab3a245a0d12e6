import type { Block } from './block.js';
import type { Draft, Guide } from './draft.js';
import { plainBlocks, plainText } from './plain.js';
import { isForward } from './roles.js';
import { walkSections, type Section } from './section.js';
import type { Walk } from './walk.js';
import { isRunnable } from './walk-fence.js';
import { addWording, wordingOf } from './walk-wording.js';

/** A heading that is no more than the label of what the code above it shows. */
const LABEL = /^\W*(?:the )?expected (?:(?:verification|query|sql|test|check) )?(?:results?|outputs?|outcomes?|values?|response|rows?)\W*$|^\W*what (?:should|will) happen\W*$|^\W*(?:what )?you should see\W*$/i;

/** A heading of what has to be so, below the code that shows it. */
const CRITERIA = /^\W*(?:pass(?:ing)?|success|acceptance) criteri(?:a|on)\W*$/i;

/** A heading that leads back to it: below it stands what the code above it shows, where that is said first. */
const LOOKS_BACK = /^(?:\W|\d)*(?:verify|check|review|confirm|inspect) (?:the |your )?(?:(?:query|sql|script|test) )?(?:results?|outputs?)\W*$/i;

function isLabel({ title, children, depth, blocks }: Section): boolean {
  if (depth <= 2 || children.length > 0 || blocks.some(holdsCode)) return false;
  const [first] = blocks;
  return first !== undefined && (LABEL.test(plainText(title)) || (CRITERIA.test(plainText(title)) && blocks.some(({ kind }) => kind === 'list')) || (LOOKS_BACK.test(plainText(title)) && first.kind === 'paragraph' && wordingOf(first.text) !== null));
}

function holdsCode(block: Block): boolean {
  switch (block.kind) {
    case 'fence': return isRunnable(block);
    case 'list': return block.items.some((item) => item.checked !== null || item.children.some(holdsCode));
    case 'quote': return block.children.some(holdsCode);
    default: return false;
  }
}

/**
 * The step that "### Expected result" is said of: the only one in the sections since the heading
 * before it that says the same, or in the section it is part of; where none runs anything, the last
 * that is done by hand. Null where there are several.
 */
export function stepExpectedOf(guide: Guide, section: Section): Draft | null {
  const { parent } = section;
  if (parent === null || !isLabel(section)) return null;
  const siblings = parent.children;
  const at = siblings.indexOf(section);
  const from = siblings.slice(0, at).findLastIndex(isLabel) + 1;
  const among = new Set(siblings.slice(from, at).flatMap((one) => [...walkSections(one)]));
  const own = guide.drafts.filter((draft) => among.has(draft.section) || (from === 0 && draft.section === parent));
  const runs = own.filter((draft) => draft.kind === 'sql' || draft.kind === 'shell');
  const [step, ...more] = runs.length > 0 ? runs : own.filter((draft) => draft.kind === 'operator').slice(-1);
  return step && more.length === 0 && isForward(step.role) && step.choice?.group !== parent ? step : null;
}

const CASE = /^\W*(?:if|when)\b.*[:：]\W*$/i;

/** Begins a section that is only a label: what stands below it is said of the step above. */
export function beginExpected(walk: Walk, step: Draft): Block[] {
  const { section } = walk;
  walk.code = step;
  walk.hadFence = true;
  // What is asked of a person is asked with all that is to be seen.
  if (step.kind === 'operator') step.prompt = [step.prompt, plainText(section.title), plainBlocks(section.blocks)].join('\n').slice(0, 4000);
  const [first, ...rest] = section.blocks;
  // "If they are current: …", "If they are old: …": which of them it is, a person decides.
  if (step.kind === 'sql' && section.blocks.filter((block) => block.kind === 'paragraph' && CASE.test(block.text)).length > 1) {
    addWording(walk, { line: first?.line ?? section.line, text: plainBlocks(section.blocks), extra: null, remedy: null, asks: true });
    return [];
  }
  // "All must be true before going on:" over the list.
  if (CRITERIA.test(plainText(section.title)) && first?.kind === 'paragraph' && wordingOf(first.text) === null && /[:：]\W*$/.test(first.text)) {
    addWording(walk, { line: section.line, text: 'Expected:', shown: plainText(first.text), extra: null, remedy: null });
    return rest;
  }
  if (first?.kind === 'paragraph' && wordingOf(first.text) === null && !/[:：]\W*$/.test(first.text)) {
    const said = plainText(first.text.replace(/\n/g, ' '), true);
    addWording(walk, { line: first.line, text: `Expected: ${said}`, shown: said, extra: null, remedy: null });
    return rest;
  }
  if (first?.kind !== 'paragraph') addWording(walk, { line: section.line, text: 'Expected:', extra: null, remedy: null });
  return section.blocks;
}
