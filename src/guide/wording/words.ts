import { TELLS } from './called.js';
import { OUTCOMES } from './names.js';
import { enumerated } from './normal.js';
import type { Found } from './reading.js';
import { hasColumn, isExplain, type StatementShape } from './shape.js';
import { tellsCommands } from './sought.js';

/** "Exactly red, green and blue", "contains Red, Green": words that are names because the sentence says so. */
const WORDS_OF = /^(exactly|contains?|includes?):? ([\p{L}_][\p{L}\d_-]*(?:(?:, (?:and )?| and )[\p{L}_][\p{L}\d_-]*)+)$/iu;
/** Columns that hold one word: a name, a kind, a state. */
const NAMING = /^(?:extname|nspname|enumlabel|enum_value|unnest|slug|code|category|status|stage|kind|type|role|name|key|label|state|tier|plan)$|_(?:name|type|status|kind|role|code|slug|label)$/i;

/** Plain words that the sentence, or the column they stand in, makes names: they must be among the rows. */
export function readWords(text: string, shape: StatementShape | null): Found | null {
  if (shape?.returnsRows !== true || shape.oneRow || isExplain(shape)) return null;
  const [, verb = '', named = ''] = WORDS_OF.exec(text) ?? [];
  const values = named === '' ? [] : enumerated(named);
  if (values.length > 1 && !(/^e/i.test(verb) && /\b(?:etc|more|others)\b|…/i.test(named)) && !values.some((value) => TELLS.test(value))) return { assertions: [...(/^e/i.test(verb) ? [{ type: 'rows' as const, op: '=' as const, value: values.length }] : []), { type: 'contains', values }] };
  // "Monday, Tuesday, Wednesday" of one column.
  const proper = shape.singleColumn && !shape.columns.includes('*') && /^\p{Lu}\p{Ll}+(?:, (?:and )?\p{Lu}\p{Ll}+){2,}$/u.test(text) ? enumerated(text) : [];
  if (proper.length > 0 && !proper.some((word) => OUTCOMES.test(word) || TELLS.test(word))) return { assertions: [{ type: 'contains', values: proper }] };
  // "draft, active, done" of one column that holds such words.
  const states = shape.singleColumn && NAMING.test(shape.columns[0] ?? '') && /^[a-z][\w-]*(?:(?:, (?:and )?| and )[a-z][\w-]*)+$/.test(text) ? enumerated(text) : [];
  if (states.length > 1 && !states.every((state) => OUTCOMES.test(state)) && !states.some((state) => TELLS.test(state))) return { assertions: [{ type: 'contains', values: states }] };
  // "c1d2e3f4" of one column: a mark, as revisions bear it.
  const [only] = shape.columns;
  if (shape.singleColumn && only != null && only !== '*' && /^(?=[a-z\d_-]*\d)(?=[a-z\d_-]*[a-z])[a-z\d]{6,}(?:[_-][a-z\d]+)*$/i.test(text)) return { assertions: [{ type: 'column', column: only, quantifier: 'every', op: '=', value: text }] };
  // "boat_snap trigger on UPDATE".
  const [, trigger, event] = /^`?([a-z]+(?:_[a-z\d]+)+)`? (?:trigger|policy) (?:on|for) (SELECT|INSERT|UPDATE|DELETE)$/.exec(text) ?? [];
  if (trigger !== undefined && event !== undefined && tellsCommands(shape) && (shape.like ?? []).length === 0) return { assertions: [{ type: 'contains', values: [trigger, event] }] };
  // "boats should be in the list".
  const present = /^[`"']?([a-z]\w*)[`"']? (?:(?:should|must) be|is) (?:in the (?:list|output|results?)|listed)$/.exec(text)?.[1];
  if (present !== undefined && hasColumn(shape, present) === false && !TELLS.test(present)) return { assertions: [{ type: 'contains', values: [present] }] };
  return null;
}

/** "Should include: spare", "should not include spare": one word, of a column that holds such names. */
export function readWordWithin(word: string, shape: StatementShape | null, negated: boolean): Found | null {
  const fits = shape?.returnsRows === true && !shape.oneRow && !isExplain(shape) && shape.singleColumn && NAMING.test(shape.columns[0] ?? '');
  return fits && /^[a-z][a-z0-9_-]+$/.test(word) && !TELLS.test(word) && !OUTCOMES.test(word) ? { assertions: [{ type: negated ? 'excludes' : 'contains', values: [word] }] } : null;
}
