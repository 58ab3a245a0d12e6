import type { Assertion } from '../../assertions/assertion.js';
import { namedAside } from './asides.js';
import { readColumn } from './columns.js';
import { readCount } from './counts.js';
import { readField } from './fields.js';
import { hedgeable, isHedged } from './hedge.js';
import { namesOf, readLabelled, readNames } from './names.js';
import { enumerated, numberOf } from './normal.js';
import { paraphrase } from './paraphrase.js';
import type { Found } from './reading.js';
import { hasColumn, type StatementShape } from './shape.js';
import { SAYS_NO_MORE } from './told.js';

const AMONG = /^(?:see )?(?:(?:the|multiple|several|some|all|a list of) ){0,2}(?:[\p{L}_]+ )?including (?:the )?((?:["'`][^"'`]+["'`](?:,? and |, )?)+)(?: (?:extension|policy|table|index|column|function|trigger|role)s?)?(?:etc\.?)?(?: (with \S.*))?$/iu;

/** "Policies including "Crew reads"": names that must be among the rows, however many there are. */
export function readAmong(text: string, shape: StatementShape | null): Found | null {
  const [, names = '', more] = text.includes('including') ? (AMONG.exec(text) ?? []) : [];
  const found = names === '' ? null : readNames(names, shape, false);
  return found && more !== undefined ? { assertions: [...found.assertions, { type: 'operator', text: more }] } : found;
}

const INCLUDING = /^((?:exactly |at least )?\d+\+? [\p{L}\d_ ]{2,40}?),? (including|such as) (?:the )?(.+)$/iu;

/** "15 kinds, including "Red" and "Green"": the figure, and names among them; what is no name is asked. */
export function readIncluding(text: string, shape: StatementShape | null): Found | null {
  const [, said = '', link = '', rest = ''] = INCLUDING.exec(text) ?? [];
  const count = said === '' ? null : readCount(said, shape);
  if (count === null) return null;
  // What may be there ("such as") is asked.
  const names = /^such/i.test(link) ? null : (namesOf(rest) ? readNames(rest, shape, false) : null) ?? readLabelled(said, enumerated(rest), shape);
  if (names) return { assertions: [...count.assertions, ...names.assertions] };
  if (ROWS_ONLY.test(said)) return null;
  return count.alternative ? { assertions: [{ type: 'operator', text }] } : { assertions: [...count.assertions, { type: 'operator', text: `${link} ${rest}` }] };
}

/** ``2 rows: `a`, `b` ``. */
export function readCountedNames(text: string, shape: StatementShape | null): Found | null {
  const match = /^([^:]+):\s+(.+)$/.exec(text) ?? /^(\d+ [\w ]{2,30}?)\s+[—–-]\s+(`[^`]+`)$/.exec(text) ?? /^(.+?) for ((?:SELECT|INSERT|UPDATE|DELETE|ALL)(?:(?:,| and|, and|\/) ?(?:SELECT|INSERT|UPDATE|DELETE|ALL))+)$/.exec(text);
  const head = (match?.[1] ?? '').trim();
  // "4 rows with prices for: …": what the names are of.
  const count = match === null ? null : readCount(head, shape) ?? readCount(head.replace(/^(\S+ (?:rows?|records?|entr(?:y|ies))) (?:with|showing|containing|for)(?: [\p{L}]+){0,2}?(?: (?:for|of|named|called))?$/u, '$1'), shape);
  if (!match || !count) return null;
  // `id, ts, page`: names in one pair of back-ticks.
  const inOne = /^`([^`]+,[^`]+)`$/.exec(match[2] ?? '')?.[1];
  const labelled = inOne === undefined ? null : readLabelled(text, inOne.split(/\s*,\s*/), shape);
  if (labelled) return { assertions: [...count.assertions, ...labelled.assertions] };
  const words = enumerated(match[2] ?? '');
  const [only] = count.assertions;
  const called = namedAside(head.replace(/^(\S+) (?:rows?|records?|entr(?:y|ies)) with /, '$1 '), match[2] ?? '', count, shape);
  if (called !== null) return { assertions: [...count.assertions, ...called.assertions] };
  // "Three buckets: boats, berths and crews", one for each row of a result with one column.
  if (shape?.singleColumn === true && only?.type === 'rows' && only.value === words.length && words.length > 1 && words.every((word) => /^[a-z][a-z0-9_-]+$/.test(word))) return { assertions: [only, { type: 'contains', values: words }] };
  // "One row: own_boats, ALL": what its cells hold.
  if (only?.type === 'rows' && only.op === '=' && only.value === 1 && words.length > 1 && words.length <= (shape?.columns.length ?? 0) && words.every((word) => /^(?:[A-Z]{3,}|[a-z]+(?:_[a-z0-9]+)+)$/.test(word))) return { assertions: [only, { type: 'contains', values: words }] };
  // "3 rows: 1, 2, 3": the figure of each row.
  const alone = shape?.singleColumn === true && !shape.oneRow ? shape.columns[0] : null;
  if (alone != null && alone !== '*' && only?.type === 'rows' && only.op === '=' && only.value === words.length && words.length > 1 && words.every((word) => /^-?\d+(?:\.\d+)?$/.test(word))) return { assertions: [only, { type: 'includes', columns: [alone], rows: words.map((word) => [word]) }] };
  const listed = namesOf(match[2] ?? '');
  // "4 policies: read, insert, update, delete": the figure is judged, what they are is asked.
  if (!listed) return /^[\w`'" -]+(?:, (?:and )?[\w`'" -]+)+$/.test(match[2] ?? '') && !count.alternative ? { assertions: [...count.assertions, { type: 'operator', text: match[2] ?? '' }] } : null;
  const names = readNames(match[2] ?? '', shape, false);
  return { assertions: [...count.assertions, ...(names?.assertions ?? [])], alternative: names ? null : count.alternative };
}

/** `1 row, counter raised`, `2 rows, active = true, schedules …`: figure and columns are judged, what else is said is asked. */
export function readRowsAndMore(text: string, shape: StatementShape | null): Found | null {
  const [rows = '', ...parts] = text.split(/,\s+/);
  const found = parts.length === 0 || parts.some((part) => /^[\d<>=]/.test(part)) || !(ROWS_ONLY.test(rows) || ONE_KIND.test(rows)) ? null : readCount(rows, shape);
  if (found === null || found.alternative) return null;
  const read = parts.map((part) => paraphrase(part, shape)).map((part) => (readColumn(part, shape) ?? readBare(part, shape))?.assertions ?? fieldOf(part, shape));
  const rest = parts.filter((_, index) => read[index] === null).join(', ');
  return { assertions: [...found.assertions, ...read.flatMap((one) => one ?? []), ...(rest === '' ? [] : [{ type: 'operator' as const, text: rest }])] };
}
const fieldOf = (part: string, shape: StatementShape | null): Assertion[] | null => {
  const field = readField(part, shape);
  return field === null ? null : [field];
};
/** Things counted exactly, before what is said of them. */
const ONE_KIND = /^exactly (?:\d+|one|two|three|four|five) [\p{L} ]+$/iu;
const ROWS_ONLY = /^(?:at least |exactly )?(?:\d+\+?|one|two|three|four|five) (?:(?!or\b)[a-z]+ )?(?:rows?|records?|entr(?:y|ies)|lignes?|filas?|linhas?|zeilen?|registros?)$/i;

const ROWS_THAT = /^((?:at least |exactly )?(?:[1-9]\d*\+?|one|two|three|four|five|six|seven|eight|nine|ten) (?:rows?|records?|entr(?:y|ies)|results?)|all [1-9]\d* [a-z]+(?: (?=listed|returned|shown|present))?),?(?: ?(?:is|are))?(?: ?(?:returned|listed|shown|present))? (with|showing|matching|listing|containing|including|named|for|covering) (?!(?:each|every|per|most|some)\b)(.+)$/i;

/** `4 rows with versions 7 through 10`: the figure is judged, what else is said of the rows is asked. */
export function readRowsThat(text: string, shape: StatementShape | null): Found | null {
  const [, rows = '', link = '', rest = ''] = ROWS_THAT.exec(text) ?? [];
  if (rows === '' || shape?.returnsRows !== true || /\b(?:or|if|unless|otherwise|else|depend(?!enc)\w*|var(?:y|ies)|may|might|but|except|plus)\b/i.test(rest.replace(/\b([A-Z]{4,}) OR (?=[A-Z]{4,}\b)/g, '$1 '))) return null;
  const found = readCount(rows, shape);
  if (found === null || found.alternative || found.assertions.some((one) => one.type !== 'rows')) return null;
  if (/^for$/i.test(link) && isHedged(hedgeable(rest)) && !SAYS_NO_MORE.test(rest)) return null;
  const told = SAYS_NO_MORE.exec(rest);
  const again = told?.[1] === undefined ? null : numberOf(told[1]);
  if (again !== null && again !== numberOf(/\d+|(?<=^(?:at least |exactly )?)[a-z]+/i.exec(rows)?.[0] ?? '')) return null;
  // "3 rows showing a, b_at, c": as many names as rows, all of which are looked for, or one of which can be nothing else.
  const words = enumerated(rest);
  const listed = words.length > 1 && found.assertions.some((one) => one.type === 'rows' && one.op === '=' && one.value === words.length) && words.every((word) => /^[a-z]\w*$/.test(word)) && (words.every((word) => shape.sought?.includes(word) === true) || words.some((word) => word.includes('_')));
  if (listed) return { assertions: [...found.assertions, { type: 'contains', values: words }] };
  const more = told ? null : (readColumn(rest, shape) ?? readBare(rest, shape) ?? (/^`[^`]+`$/.test(rest) ? readNames(rest, shape, false) : null))?.assertions ?? [{ type: 'operator' as const, text: rest }];
  return { assertions: [...found.assertions, ...(more ?? [])] };
}

/** `data_type: uuid`, `data_type 'uuid'`: a word or a text in quotes beside a column of the result. */
function readBare(text: string, shape: StatementShape | null): Found | null {
  const [, column = '', bare, quoted] = /^`?(\w+)`?(?:\s*[:=]\s*`?([\w./@-]+)`?|\s+'([^']*)')$/.exec(text) ?? [];
  const value = quoted ?? bare;
  return value !== undefined && hasColumn(shape, column) === true ? { assertions: [{ type: 'column', column, quantifier: 'every', op: '=', value }] } : null;
}
