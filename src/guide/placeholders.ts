import type { SqlToken } from './sql-tokens.js';

/** A part of a statement's text that stands for a value. Offsets are UTF-16, end exclusive. */
export interface Slot {
  start: number;
  end: number;
  /** Parameter name, lower snake case for placeholders, as written for psql variables. */
  name: string;
  /** As written. */
  text: string;
  /** `literal`: becomes a quoted literal; `identifier`: a quoted identifier; `bare`: a value; `inside`: text within a literal. */
  form: 'literal' | 'identifier' | 'bare' | 'inside';
  /** True for placeholders of plain documents, false for psql's variables. */
  plain: boolean;
}

/** What stands for a value in running text, a literal or a command. Order matters only for overlaps: the first match wins. */
const FORMS = [
  /\{\{\s*([A-Za-z_][\w .-]{0,60}?)\s*\}\}/,
  /<((?:[A-Za-z][A-Za-z0-9]*[-_ ])+[A-Za-z0-9]+|uuid|id|email|name|user|username|password|table|schema|value|date|timestamp|n|count|number|limit|version|role|database|tenant|status|amount|(?!(?:A|B|I|U|P|BR|HR|UL|OL|LI|TD|TH|TR|DIV|SPAN|PRE|CODE|IMG|TABLE|EM|STRONG|H[1-6])>)[A-Z][A-Z0-9]{0,30})>/,
  /\b((?:YOUR|MY|REPLACE|INSERT|ENTER)_[A-Z0-9_]*[A-Z0-9]|[A-Z][A-Z0-9_]*_HERE)\b/,
  // In capitals with hyphens: a code such as ABC-DEF is no placeholder, nor is what only has such a word within.
  /(?<![\w-])((?:YOUR|PASTE)(?:[-_][A-Z0-9]+)+|(?:REPLACE|CHANGE|FILL|EDIT|UPDATE)[-_]?ME(?:[-_](?:IN|NOW|PLEASE))?|(?:replace|change)-me|changeme|REPLACE[-_](?:WITH|BY|THIS)(?:[-_][A-Z0-9]+)+|[A-Z][A-Z0-9]*(?:[-_][A-Z0-9]+)*(?<!\b(?:WAS|WERE|IS|ARE|AM))[-_]HERE)(?![\w-])/,
  /\b(your[-_.][a-z0-9][\w.-]*@[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,}|(?:your(?:name|email|user)?|you)@[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,})\b/i,
  /\b(your[-_](?:[a-z0-9]+[-_])*[a-z0-9]+)\b/,
  /\b([a-z0-9]+(?:[-_][a-z0-9]+)*[-_]here)\b/i,
];
/** What any of these has in it, whatever it stands in. */
export const MAY_HOLD = /[<{@]|your|MY_|REPLACE[-_]|INSERT_|ENTER_|PASTE[-_]|(?:REPLACE|CHANGE|FILL|EDIT|UPDATE)[-_]?ME|[-_]here/i;
const EVERY = new RegExp(FORMS.map((form) => form.source).join('|'), 'g');
/** Whole literals in square brackets; one-letter words would be regular expressions (`[a-z]`). */
const SQUARE = /^\[([A-Za-z][A-Za-z0-9]+(?:[ _/-][A-Za-z0-9]{2,})*)\]$/;

/** Whole literals that say whose UUID stands there: `id = 'patient_uuid'`, `CALL admit('patient_uuid')`; elsewhere it may be the name of a column or a key. */
const UUID_OF = /^((?:[a-z]+[-_])+uuid\d?)$/;
/** `team_id = 'TEAM_ID'`: a whole literal that is the name of an id in capitals. */
const CAPITAL_ID = /^([A-Z]+(?:_[A-Z]+)*_ID)$/;
/** What a text is made with, rather than looked for or written. */
const MAKES = /\b(?:coalesce|nullif|concat(?:_ws)?|replace|format)\s*\([^()]*$|\b(?:then|else)\s*$|\|\|\s*$/i;
const TAKES_UUID = /\b\w*(?:id|uuid)"?\s*=\s*$/i;
const IN_CALL = /^\s*(?:--[^\n]*\n\s*)*CALL\b(?![\s\S]*\bjsonb?_)/i;

/** Whole literals of one word in angle brackets, which is no tag of a page and nothing that is written where there is no value: `'<org>'`. */
const ANGLE = /^<(?!(?:none|unknown|null|empty|missing|anonymous|default|deleted|redacted|masked|hidden|any|all|other|na|nil|blank|unset|abbr|address|article|aside|audio|base|bdi|bdo|big|blockquote|body|br|button|canvas|caption|center|cite|code|col|dd|del|details|dfn|dialog|div|dl|dt|em|embed|fieldset|figure|font|footer|form|frame|h[1-6]|head|header|hr|html|iframe|img|input|ins|kbd|label|legend|li|link|main|map|mark|meta|nav|object|ol|option|output|p|param|picture|pre|q|s|samp|script|section|select|slot|small|source|span|strike|strong|style|sub|summary|sup|svg|table|tbody|td|template|textarea|tfoot|th|thead|time|title|tr|track|tt|u|ul|var|video|wbr)>)([a-z][a-z0-9]{1,29})>$/;

/**
 * A whole literal that is a variable of the shell: `'$USER_ID'`, `'${project_ref}'`. Without
 * braces it has a part of its own behind an underscore: `'$USD'` and `'$1'` are values.
 */
const SHELL = /^\$(?:([A-Za-z][A-Za-z0-9]*(?:_[A-Za-z0-9]+)+)|\{([A-Za-z_][A-Za-z0-9_]+)\})$/;

/** Parameter name of a placeholder: `<test-user-id>` → `test_user_id`. */
export function parameterName(text: string): string {
  const inner = text.includes('@') ? (text.split('@')[0] ?? '') : text;
  const name = inner.toLowerCase().replace(/[^a-z0-9]+/g, '_').replace(/^_+|_+$/g, '');
  const base = name === '' || name === 'you' || name === 'your' ? 'your_value' : name;
  return /^\d/.test(base) ? `p_${base}` : base;
}

/** `= [ID]`, `([user id], …`: a word in brackets where a value stands, and no array. */
const SQUARE_VALUE = /(?<=(?:=|<>|!=|<|>|\(|,)\s{0,4})\[([A-Za-z][A-Za-z0-9]+(?:[ _-][A-Za-z0-9]+)*)\](?=\s*(?:[;,)]|$|(?:AND|OR|LIMIT|ORDER|GROUP|RETURNING)\b))/gi;

/** The same in SQL outside its literals. */
export function findBarePlaceholders(text: string, shift: number): Slot[] {
  const square = [...text.matchAll(SQUARE_VALUE)].map((match) => ({ start: shift + match.index, end: shift + match.index + match[0].length, name: parameterName(match[1] ?? ''), text: match[0], form: 'bare' as const, plain: true }));
  return [...findPlaceholders(text, shift).map((slot): Slot => ({ ...slot, form: 'bare' })).filter((slot) => !square.some((one) => slot.start < one.end && one.start < slot.end)), ...square].sort((a, b) => a.start - b.start);
}

/** Placeholders in a piece of text that is no SQL token stream: a shell command, a literal, a dollar body. */
export function findPlaceholders(text: string, shift = 0): Slot[] {
  if (!MAY_HOLD.test(text)) return [];
  return [...text.matchAll(EVERY)].map((match) => ({
    start: shift + match.index,
    end: shift + match.index + match[0].length,
    name: parameterName(match.slice(1).find((group) => group !== undefined) ?? match[0]),
    text: match[0],
    form: 'inside' as const,
    plain: true,
  }));
}

/** Placeholders of a string literal (with its quotes). */
export function literalSlots(text: string, token: SqlToken): Slot[] {
  const literal = text.slice(token.start, token.end);
  const open = literal.indexOf("'") + 1;
  const inner = literal.slice(open, -1);
  const before = (form: RegExp): boolean => form.test(text.slice(Math.max(0, token.start - 400), token.start));
  const [angle, uuid] = [ANGLE.exec(inner), UUID_OF.exec(inner)];
  const square = SQUARE.exec(inner) ?? (angle !== null && !before(MAKES) ? angle : null) ?? (uuid !== null && (before(TAKES_UUID) || IN_CALL.test(text)) ? uuid : null) ?? (before(TAKES_UUID) ? CAPITAL_ID.exec(inner) : null) ?? SHELL.exec(inner);
  if (square) {
    const start = token.start + open;
    return [{ start, end: start + inner.length, name: parameterName(square[1] ?? square[2] ?? ''), text: inner, form: 'inside', plain: true }];
  }
  const found = findPlaceholders(inner, token.start + open);
  const said = found.length === 0 && inner !== '' && !inner.includes("'") ? YOURS.exec(text.slice(token.end, token.end + 160))?.[1] : undefined;
  if (said === undefined) return found;
  const start = token.start + open;
  return [{ start, end: start + inner.length, name: parameterName(said.trim()), text: inner, form: 'inside', plain: true }];
}

/** A comment on the literal's own line that asks for another value: `-- YOUR USER ID`, `-- replace with your e-mail`. */
const YOURS = /^[ \t]*[,;)]*[ \t]*--[ \t]*(?:(?:←|<-+|<=+|↑|\u{1F448})[ \t]*)?(?:(?:replace|change|set|fill in|insert|enter|put)(?: (?:this|it))?(?: (?:with|to))?[ \t:]+)?((?:your|YOUR)(?: [A-Za-z][A-Za-z-]{0,20}){1,3}?)(?: here| HERE)?[ \t.!]*(?:\([^)\n]*\))?(?=\n|$)/u;
