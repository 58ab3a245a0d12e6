import { isBranch, isTriggerLabel } from './branches.js';
import type { Paragraph } from './block.js';
import type { Draft } from './draft.js';
import type { Wording } from './expectation.js';
import { plainText } from './plain.js';
import { isExpectation, readWording } from './reading.js';
import type { StatementRead } from './statement.js';
import { closeGroup, type Walk } from './walk.js';
import { nameIn } from './wording/remarks.js';
import { addWording, maySay, readBranch } from './walk-wording.js';

/** What a box says of the code above it, or of its own. */

/** "Returns 2 tables", of a box; of several such each is a case. */
export const RETURNS = /^\W*(?:returns?|shows?):? (\S.*)$/i;
/** "Query returns 0 rows": of which statement it is said stands in the box. */
const QUERY_RETURNS = /^\W*(?:the |this |above )?(?:sql )?(?:query|select)(?: above)? (?:returns?|shows?|gives?):? (\S.*)$/i;

/** A label that says no more than that what stands below it is judged. */
const JUDGES = /^\W*(?:expect(?:ed|ation)?s?(?: (?:results?|outcomes?|outputs?))?|results?|(?:verify|validate|check|confirm)(?: (?:each|every|all|the|that|in the)(?: [\w-]+){0,3})?|validation|verification|(?:acceptance|pass(?:ing)?|success) criteria)\W*$/i;

/** Whether boxes stand right below code, with no words between but such a label. */
export function standsBelow({ label, prose }: Walk): boolean {
  return label === null ? prose.length === 0 : JUDGES.test(label) && prose.every((one) => one === label);
}

/** What a box says of the result of the only query below it, besides a figure: that a thing is there, or what a column holds. */
const SAYS = /^(?:(?:verify|confirm|check|ensure)(?: that)? )?(?:the )?[\w\x60. -]{3,60} (?:(?:does|should|must) not (?:already |yet )?|should |must )?exists?\W*$|^(?:\x60[^\x60]+\x60|[a-z]+(?:_[a-z]+)+) (?:=|is|are|should be|must be) [^,;]+$/iu;

/** Whether all of a text is read of a statement as more than that it runs. */
function isReadFully(text: string, { shape }: StatementRead): boolean {
  const { source, assertions } = readWording(text, { shape, extra: null });
  return source === 'read' && assertions.every(({ type }) => type !== 'operator' && type !== 'success');
}

/** Whether something of it is read. */
const isRead = (text: string, { shape }: StatementRead): boolean => readWording(text, { shape, extra: null }).source === 'read';

/** The statements above that return rows. */
const queriesAbove = ({ code }: Walk): StatementRead[] => (code?.kind === 'sql' ? code.statements.filter(({ shape }) => shape.returnsRows) : []);

/** The only one of them. */
function queryAbove(walk: Walk): StatementRead | null {
  const [only, ...more] = queriesAbove(walk);
  return more.length === 0 ? (only ?? null) : null;
}

/** Boxes right below a query, each of which is one of the names that it looks for: it finds them all. They are ticked all the same. */
export function expectSought(walk: Walk, lines: () => readonly string[], line: number): void {
  const only = queryAbove(walk);
  if ((only?.shape.sought?.length ?? 0) < 2) return;
  const names = lines().map((one) => one.replaceAll('`', '').trim());
  if (only === null || names.length < 2 || !names.every((name) => only.shape.sought?.includes(name) === true)) return;
  addWording(walk, { line, text: 'Expected:', shown: names.join('\n'), extra: { kind: 'list', lines: names.map((name) => `\`${name}\``) }, remedy: null });
  closeGroup(walk);
}

/** "- [ ] The table does not exist yet:" above `SELECT EXISTS (…)`: read, where it says that alone. It is ticked all the same. */
export function sayOfOwn(own: readonly Draft[], text: string, line: number): void {
  const [only, ...more] = own.filter(({ kind }) => kind === 'sql');
  const [statement, ...others] = only?.statements ?? [];
  const plain = plainText(text, true).replace(/[:.]\s*$/, '');
  if (only === undefined || more.length > 0 || statement?.shape.returnsRows !== true || others.length > 0 || only.explicit !== null || only.inside.length > 0 || only.around.length > 0) return;
  const expects = isExpectation(plain) !== null;
  if (!(COUNTED.test(plain) ? countsIn(plain, statement) : SAYS.test(plain) || maySay(plain) !== null || (expects && !BY_HAND.test(plain)))) return;
  const told = expects ? plain : (maySay(plain) ?? `Expected: ${plain}`);
  if (isReadFully(told, statement)) only.around.push({ line, text: told, shown: plainText(text, true), extra: null, remedy: null });
}

/** A task that states what the code before it must show: "**Expected**: 0", "Verify discrepancies = 0". */
export function readTaskWording(walk: Walk, text: string, line: number, direct: boolean, sole: boolean): void {
  if (!walk.code) return;
  const plain = plainText(text, true);
  if (isBranch(text)) return readBranch(walk, text, line);
  const said = ofQueryAbove(walk, plain, direct, sole) ?? ofNamed(walk, plain);
  if (said !== null) addWording(walk, { line, ...said, extra: null, remedy: null });
  closeGroup(walk);
}

const CUED = /^\W*(?:expected?|should|results?)\b/i;

/** What a box says of the query that it stands below, where that is read. */
function ofQueryAbove(walk: Walk, written: string, direct: boolean, sole: boolean): Pick<Wording, 'text' | 'shown'> | null {
  const plain = written.replace(/^\W*(?:confirm(?:ed|s)?|verified|checked|validated)\s*[:：]\s*/i, '');
  const last = queriesAbove(walk).at(-1);
  const returns = QUERY_RETURNS.exec(plain)?.[1] ?? (direct && sole ? RETURNS.exec(plain)?.[1] : undefined);
  if (returns !== undefined && last !== undefined && isRead(`Expected: ${returns}`, last)) return { text: `Expected: ${returns}`, shown: plain };
  if (!direct) return null;
  if (isCountBelow(walk, plain) || isHeldBelow(walk, plain) || isComparedBelow(walk, plain) || isReadWhole(walk, plain)) return { text: `Expected: ${plain}`, shown: written };
  const tried = walk.code?.kind === 'sql' ? walk.code.statements.at(-1) : undefined;
  // "The second one failed with unique violation", of what was tried last.
  if (tried?.shape.returnsRows === false && /\b(?:fail(?:s|ed)|rejected|refused|denied)\b/i.test(plain) && isReadFully(plain, tried)) return { text: plain, shown: written };
  // "Resultado esperado: 1 linha": what says itself that it is expected.
  const only = CUED.test(plain) || RETURNS.test(plain) || BY_HAND.test(plain) || isExpectation(plain) === null ? null : queryAbove(walk);
  return only !== null && isReadFully(plain, only) ? { text: plain } : null;
}

const COMPARED = /=|\b(?:is|equals?|be)\s/i;

/** What a box says of a column that it names, or under "Expected". */
function ofNamed({ code }: Walk, plain: string): Pick<Wording, 'text'> | null {
  const columns = code?.statements.flatMap((statement) => statement.shape.columns) ?? [];
  const named = COMPARED.test(plain) && columns.some((column) => column !== null && column !== '*' && new RegExp(`\\b${column.replace(/[^\w]/g, '.')}\\W{0,3}(?:=|==|is|equals?|should be|must be)\\s`, 'i').test(plain));
  return named ? { text: plain.replace(/^\W*(?:verify|check|confirm|ensure)(?: that)?\s+/i, 'Expected: ') } : /^\W*(?:expected?|should|result)\b/i.test(plain) ? { text: plain } : null;
}

const COUNTED = /^(?:(?:exactly|only|at least|at most) )?(?:\d+\+?|no|zero|one|two|three|four|five|six|seven|eight|nine|ten) ((?:[\w-]+ ){0,2}?[\w-]+?)(?: (?:are |is )?(?:listed|returned|shown|exists?|displayed|created|active|enabled|present|there|found|deployed|installed))?(?: across (?:all )?(?:the )?tables)?(?: \([\w, ]+\))?\W*$/i;

/** Whether a figure is of rows, or of things that the statement is about. */
function countsIn(plain: string, { sql }: StatementRead): boolean {
  const things = COUNTED.exec(plain)?.[1]?.trim().toLowerCase().replace(/(?:ies|es|s|y)$/, '').split(' ').at(-1);
  return things !== undefined && (/^(?:row|record|result)$/.test(things) || sql.toLowerCase().includes(things));
}

/** "4 policies listed", right below the only query of its step, which is about them: the box says what it returns, where that can be read. */
function isCountBelow(walk: Walk, plain: string): boolean {
  const only = walk.code?.statements.length === 1 ? queryAbove(walk) : null;
  return only !== null && countsIn(plain, only) && isRead(`Expected: ${plain}`, only);
}

/** "`moored_at` is populated", "All counts should be > 0", right below what tells it: where that can be read of it. */
function isHeldBelow(walk: Walk, plain: string): boolean {
  const last = walk.code?.kind === 'sql' ? walk.code.statements.at(-1) : undefined;
  if (last?.shape.returnsRows !== true) return false;
  const column = /^`(\w+)` (?:is|are) (?:populated|set|filled(?: in)?|(?:not|non-) ?null|null)\W*$/i.exec(plain)?.[1]?.toLowerCase();
  const told = column === undefined ? /^all (?:counts|values|figures|numbers|totals) (?:should|must) be\b/i.test(plain) : last.shape.columns.some((one) => one?.toLowerCase() === column);
  return told && isRead(`Expected: ${plain}`, last);
}

const COMPARES = /[<>=≤≥]|\b(?:is|are) (?:not |non-?)?(?:null|empty|populated|set|after|before|later|earlier|greater|less|more|one of|either|true|false)\b/i;

/** "`moored_at` is after `made_at`", "Boats count > 0", right below the one query with a column that is named so: where all of it can be read. */
function isComparedBelow(walk: Walk, plain: string): boolean {
  if (!COMPARES.test(plain)) return false;
  const words = plain.toLowerCase().split(/[^\p{L}\d_]+/u);
  const ticked = /^`[a-z]\w*` /i.test(plain);
  const [only, ...more] = queriesAbove(walk).filter(({ shape }) => shape.columns.some((column) => (column === '*' ? ticked : column !== null && words.includes(column.toLowerCase()))));
  return only !== undefined && more.length === 0 && isReadFully(`Expected: ${plain}`, only);
}

/** Words of a result: a box with none of them tells of something else. */
const OF_RESULT = /^\W*(?:all|both|every|each|\d)\b|[=<>≥≤`"']|\b(?:null|populated|exists?|true|false|enabled|disabled|valid|empty|rows?|records?|columns?|tables?|polic(?:y|ies)|index(?:es)?|triggers?|functions?|constraints?|counts?|scan|ms|type|successful)\b/i;
/** What is done or seen by other means than the query. */
const BY_HAND = /\b(?:can|could|cannot|can't|able|log(?:s|ged)? ?in|sign(?:s|ed)? ?(?:in|up)|pages?|screen|app|api|endpoint|browser|button|click\w*|users? (?:see|get|receive)s?|emails?|sent|manually|by hand|backup|team|approved|notified|documented|reviewed|tested|test(?:s)? pass\w*|no (?:issues|problems|warnings?|complaints))\b/i;
/** That there is none of something, which a list of others does not show. */
const NONE_OF = /^no (?!rows?\b|results?\b|records?\b)/i;
const NAME_ALONE = /^[`"'~]*[\w.$-]+(?:\([^()]*\))?[`"'~]*$/;

/** "All 11 tables listed", "All tables have policies (count > 0)", right below the one query: where all of it is read of that. */
function isReadWhole(walk: Walk, plain: string): boolean {
  const only = queryAbove(walk);
  if (only === null || plain.length > 120 || !OF_RESULT.test(plain) || BY_HAND.test(plain) || NONE_OF.test(plain.replace(/^\W+/, '')) || isTriggerLabel(plain) || RETURNS.test(plain) || NAME_ALONE.test(nameIn(plain))) return false;
  const { assertions } = readWording(`Expected: ${plain}`, { shape: only.shape, extra: null });
  // A number of rows is of the things that the query is about.
  const things = /^\W*(?:all|both|every|each) (?:(?:of )?the )?(?:\d+ |two |three |four |five )?(\p{L}+)/iu.exec(plain)?.[1]?.toLowerCase().replace(/(?:ies|es|s|y)$/, '');
  if (assertions.some(({ type }) => type === 'rows') && (things === undefined || !only.sql.toLowerCase().includes(things))) return false;
  return isReadFully(`Expected: ${plain}`, only);
}

/** "✅ `name` is populated", lines of a paragraph right below a query, where one of them is read of it: a person is asked of the others. */
export function takesSignedBelow(walk: Walk, { text, line }: Paragraph): boolean {
  const lines = text.split('\n');
  const last = queriesAbove(walk).at(-1);
  if (last === undefined || !standsBelow(walk) || !lines.every((one) => /^\s*[✅✓✔☑]/u.test(one)) || (lines.length === 1 && isExpectation(plainText(text)) !== null)) return false;
  const said = lines.map((one) => (isExpectation(plainText(one, true)) === null ? signedResult(walk, one) : { text: plainText(one, true), shown: plainText(one, true) }));
  if (!said.some((one) => one !== null && one.asks !== true && isReadFully(one.text, last))) return false;
  for (const [index, one] of said.entries()) if (one !== null) addWording(walk, { line: line + index, ...one, extra: null, remedy: null });
  return true;
}

/** What a line with a sign in front, in a list right below a query, says of its result; null where there is none. A person decides where it may be of something else. */
export function signedResult(walk: Walk, text: string): Pick<Wording, 'text' | 'shown' | 'asks'> | null {
  if (queriesAbove(walk).length === 0) return null;
  const shown = plainText(text.replace(/\n/g, ' '), true);
  const plain = shown.replace(/^\W*[✅✓✔☑]\ufe0f?\s*/u, '');
  return { text: `Expected: ${plain}`, shown, ...(BY_HAND.test(plain) || NONE_OF.test(plain) || /^\d/.test(plain) ? { asks: true } : {}) };
}
