import type { Wording } from './expectation.js';

/** Lines of comments that belong to a list or a table under a label. */

const HANGING = /^[`"']?[A-Za-z]\w*[_.]\w+[`"']?(?:\s+\([^()]*\))?,?$/;

/** Names under each other, the first behind the label: "Expected: a_select (SELECT)", below it "a_insert (INSERT)". */
export function hangingList(open: Wording, line: string): Pick<Wording, 'text' | 'extra'> | null {
  if (!/^\s{3,}\S/.test(line) || !HANGING.test(line.trim())) return null;
  if (open.extra?.kind === 'list') return open.extra.lines.every((one) => HANGING.test(one)) ? { text: open.text, extra: { kind: 'list', lines: [...open.extra.lines, line.trim()] } } : null;
  const [, label = '', first = ''] = /^(.{2,40}?[:：])\s*(.+)$/.exec(open.text) ?? [];
  return open.extra === null && HANGING.test(first) ? { text: label, extra: { kind: 'list', lines: [first, line.trim()] } } : null;
}

/** A row without spaces, as `psql -A` prints it; names alone ("open|shut") are a choice between them. */
const TIGHT = /^(?=[^|]+\|)(?=(?:.*\|)?(?:\d+(?:\.\d+)?|t|f|true|false|yes|no)(?:\||$))[^\s|]+(?:\|[^\s|]*)+$/i;

/** A line of a plan, each of which says something of its own. */
const PLAN = /^\s*(?:->\s*)?(?:(?:bitmap )?(?:index|heap)(?: only)? scan|seq scan|(?:planning|execution) time)\b/i;
/** "North pier: 4 boats", "Boats: (as many as before)": a name and its figure, or why there is none. */
export const PAIR = /^\s*[`"']?\p{L}[\p{L}\d_ .-]{0,40}[`"']?\s*[:：=]\s*(?:(?:~ ?)?[\d(]|(?:true|false)\b)/u;
/** "Kind: boat", "DATA_TYPE: text": one word, and one that it has. */
const FIELD = /^\s*`?[A-Za-z]\w*`?\s*[:=]\s*(?!https?:)[`'"]?[\w./@-]{1,60}[`'"]?\s*$/;
/** One word, what it is in brackets behind it. */
const WORD = /^\s*[`"']?(?!(?:none|empty|true|false|null|nothing|success|ok|done|error|yes|no)\b)[a-z][a-z\d]*[`"']?(?:\s+\([^()]*\))?\s*$/;
/** A label over names: of what kind they are, or that they are seen. */
const OF_NAMES = /\b(?:tables|columns|fields|views|policies|index(?:es)?|functions|triggers|constraints|extensions|types|enums?|include|contain|list|see|show|return)s?(?: \(\d+\))?\s*[:：]$/i;
/** What begins a remark rather than a line of a list. */
export const REMARK = /^\s*(?:note|tip|hint|warning|important|if|see|run|step|phase|next|example)\b/i;

/** A line of a list or table; under a label, also a name alone, a row with pipes, a rule, or a pair. */
export function listLine(text: string, open: Wording): boolean {
  if (/^\s*(?:[-*•·✅❌✓✗]\s|\d+[.)]\s|\|)/.test(text)) return true;
  if (open.extra?.kind === 'list' && open.extra.lines.some((line) => line.includes(' | ')) && /^\s*\(.*\)\s*$/.test(text)) return true;
  if (!/[:：]$/.test(open.text.trim())) return false;
  if (WORD.test(text) && OF_NAMES.test(open.text.trim()) && !REMARK.test(text)) return true;
  if (PLAN.test(text) || TIGHT.test(text.trim())) return true;
  return /^\s*[`"']?[A-Za-z]\w*[_.]\w+[`"']?(?:\s+\([^()]*\))?\s*$/.test(text) || /\S\s*\|\s+\S/.test(text) || /^\s*\+?-{2,}[-+|\s]*$/.test(text) || /^\s{2,}\S.*[^:：][:：]\s*\S/.test(text) || /^\s*`?[a-z]\w*_\w+`?\s*[:=]\s*\S.{0,60}$/.test(text) || /^\s*[`"']?\w[\w .-]{0,40}[`"']?\s*[:：=]\s*\d+\s*(?:\([^()]*\))?\s*$/.test(text) || ((PAIR.test(text) || FIELD.test(text)) && !REMARK.test(text));
}

/** Adds a line to the list or table of a wording. */
export function addLine(wording: Wording, text: string): void {
  const cells = tableCells(text);
  if (wording.extra?.kind === 'table') {
    if (!/^[\s|:-]+$/.test(text)) wording.extra.rows.push(cells);
  } else if (text.startsWith('|') && wording.extra === null) wording.extra = { kind: 'table', columns: cells, rows: [] };
  else if (wording.extra?.kind === 'list') wording.extra.lines.push(bare(text));
  else wording.extra = { kind: 'list', lines: [bare(text)] };
}

function tableCells(text: string): string[] {
  return text.replace(/^\||\|$/g, '').split('|').map((cell) => cell.trim());
}

function bare(text: string): string {
  return (TIGHT.test(text) ? text.split('|').join(' | ') : /^[^|'"`]+\S\|\s/.test(text) ? text.replace(/\s*\|\s*/g, ' | ') : text).replace(/^(?:[-*•·]|\d+[.)])\s+/, '');
}

const CONTINUES = /^(?:\s{3,}\S|\s*(?:[-*•·|✅❌✓✗]|\d+[.)]\s)|\s*[a-z(,;]|\s*\|)/;
const CODE = /^\s*(?:select|insert|update|delete|create|alter|drop|grant|with|begin|commit|where|from)\b/i;

/** "key: 'boats'", "value: true". */
export const VALUE_OF = /^`?[a-z_]\w*`?\s*:\s*(?:'[^']*'|"[^"]*"|true|false|null|-?\d[\d.,]*)$/;

/** "Expected output: 3 rows", and below it a name a line. */
export const COUNTED = /^\W*expect(?:ed)?(?: (?:results?|outputs?))?\W*[:：]\s*(?:exactly )?(?:\d+|two|three|four|five|six|seven|eight|nine|ten) (?:rows?|tables|functions|columns|indexes|policies|triggers|views|names|records)$/i;
/** Below it, further in: what a column holds. */
export const HELD = /^`?[a-z]\w*`? (?:=|is|starts? with|ends? with|contains?) ?\S/i;
/** "Résultat attendu : 3 lignes", and below it a row a line. */
export const ROWS_AT_END = /[:：]\s*\d+ (?:rows?|lignes?|filas?|linhas?|righe|zeilen?)\s*$/i;
export const NAME_LINE = /^`?[a-z]\w*_\w+`?$/;

/** Names in a row, two at least. */
export const NAMED = /^[`"']?\w+[`"']?(?:, [`"']?\w+[`"']?)+$/;

/** What leaves open what a list says. */
export const LOOSENS = /\b(?:may|might|could|var(?:y|ies)|differ\w*|depend\w*|approx\w*|roughly|about|only if|unless|or more|at least)\b|[~≈]/i;

/** Whether a line goes on with a wording. */
export function continues(wording: Wording, line: string): boolean {
  // Within brackets that are still open, any word goes on.
  if (/\([^()]*$/.test(wording.text) && /^\s*[^()]*\)/.test(line)) return true;
  if (CODE.test(line)) return false;
  // Below a list only what loosens it still belongs to its label.
  if (wording.extra !== null && !CONTINUES.test(line) && !LOOSENS.test(line) && !listLine(line, wording)) return false;
  return CONTINUES.test(line) || VALUE_OF.test(line.trim()) || (NAME_LINE.test(line.trim()) && (wording.extra?.kind === 'list' || COUNTED.test(wording.text))) || /[:,(]$|\b(?:and|or|but|with|y|e|et|und)$/i.test(wording.text.trim()) || (/[.;]$/.test(wording.text.trim()) && /\b[a-z]+(?:_[a-z]+)+ ?(?:=|is|:) ?\S/i.test(line));
}

/** "Check that the boat trigger exists" above a query that looks for it. */
export const ONE_EXISTS = /^(?:verify|check|confirm|ensure|make sure)(?: that)? (?:the )?(?!(?:no|not|any|each|every|all|both|old|if|whether)\b)(?:[\w-]+ ){0,3}(?:table|column|function|index|trigger|policy|extension|view|type|constraint|bucket|role) (?:exists|is (?:there|present))[.:]?$/i;

/** "Check that the indexes exist" above a query that looks for several by their names. */
export const ALL_EXIST = /^(?:verify|check|confirm|ensure|make sure)(?: that)? (?:(?:the|all|both|these) )*(?:[\w-]+ ){0,2}(?:tables|columns|functions|indexes|indices|triggers|policies|extensions|views|types|constraints) (?:(?:all |both )?exist|(?:are|were) (?:all |both )?(?:there|present|created|active|attached|installed|in place))[.:]?$/i;
