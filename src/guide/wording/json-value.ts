import type { Assertion, Scalar } from '../../assertions/assertion.js';
import type { Found } from './reading.js';
import { hasColumn, isExplain, type StatementShape } from './shape.js';
import { literalPattern } from '../../text/literal-pattern.js';

const NAME = /^[\w.-]{1,60}$/;
const SHOWN = /\.{3}|…|<|>|X{3}|\d{4}-\d\d-\d\d|[0-9a-f]{8}-[0-9a-f]{4}-/i;

/** Whether the statement answers with one value that may be JSON. */
export const answersOnce = (shape: StatementShape | null): boolean => shape?.returnsRows === true && !isExplain(shape) && shape.singleColumn && !shape.counts && (shape.oneRow || shape.tables.length === 0);

/** JSON as the one value: each of its plain members, in whatever order and spacing the server writes them; the rest is asked. */
export function readJsonValue(said: string, shape: StatementShape | null): Found | null {
  const text = said.trim().replace(/^`(.*)`$/s, '$1');
  if (!answersOnce(shape) && !findsOne(shape)) return null;
  if (/^\[.*\]$/s.test(text)) return readArray(text, shape) ?? readElements(text, shape);
  if (!/^\{.*\}$/s.test(text)) return null;
  // "…" stands for members that are not told.
  const parsed = parse(text) ?? parse(text.replace(/\[\s*(?:\.{3}|…)\s*\]/g, '"..."').replace(/\{\s*(?:\.{3}|…)\s*\}/g, '"..."').replace(/,?\s*(?:\.{3}|…)\s*(?=\})/g, '').replace(/,\s*(?:\.{3}|…)\s*(?=,)/g, '').replace(/\{\s*(?:\.{3}|…)\s*,/g, '{'));
  if (parsed === null) return null;
  const entries = Object.entries(parsed);
  // A key that is called as the column shows the row, and not the value in it.
  if (!answersOnce(shape) && entries.some(([name]) => hasColumn(shape, name) === true)) return null;
  const plain = entries.flatMap(([name, value]) => (!NAME.test(name) ? [] : isPlain(value) ? [member(name, value)] : beginsSo(value) ? [beginning(name, value)] : isLeftOut(value) ? [named(name)] : []));
  if (plain.length === 0) return null;
  return { assertions: [...plain, ...(plain.length < entries.length ? [{ type: 'operator' as const, text }] : [])] };
}

/** One column of what a query looks for: where JSON stands below it, it is the value of the one row. */
const findsOne = (shape: StatementShape | null): boolean => shape?.returnsRows === true && !isExplain(shape) && shape.singleColumn && !shape.counts && shape.counted === undefined && shape.filtered && !shape.columns.includes('*');

/** An array of objects as the one value: each of them, its plain members in whatever order, and as many as there are. */
function readArray(text: string, shape: StatementShape | null): Found | null {
  const all: unknown = parse(text);
  const flat = Array.isArray(all) ? all.map((one: unknown) => (typeof one === 'object' && one !== null && !Array.isArray(one) ? Object.entries(one) : [])) : [];
  if (flat.length === 0 || !flat.every((one) => one.length > 0 && one.every(([name, value]) => NAME.test(name) && isPlain(value) && hasColumn(shape, name) !== true && !/[{}]/.test(String(value))))) return null;
  const objects = flat.map((one): Assertion => ({ type: 'value', op: 'matches', value: `\\{${one.map(([name, value]) => `(?=[^{}]*${memberForm(name, value as Scalar)})`).join('')}[^{}]*\\}` }));
  return { assertions: [...objects, { type: 'value', op: 'matches', value: `^\\s*\\[(?:[^{}]*\\{[^{}]*\\}){${flat.length}}[^{}]*\\]\\s*$` }] };
}

/** The elements of an array just so and in their order, whether the server writes it as `{a,b}` or as `["a", "b"]`; null for anything else. */
function elementsForm(text: string): string | null {
  const all: unknown = parse(text) ?? (/["\\]/.test(text) ? null : parse(text.replaceAll("'", '"')));
  if (!Array.isArray(all) || all.length === 0 || !all.every((one) => isPlain(one) && !/[{}[\],]|uuid|^your|example/i.test(String(one)))) return null;
  return `^[\\[{]\\s*${all.map((one) => `"?${literalPattern(String(one))}"?`).join('\\s*,\\s*')}\\s*[\\]}]$`;
}

function readElements(text: string, shape: StatementShape | null): Found | null {
  const form = elementsForm(text);
  const column = shape?.columns[0];
  if (form === null) return null;
  if (answersOnce(shape)) return { assertions: [{ type: 'value', op: 'matches', value: form }] };
  return column == null ? null : { assertions: [{ type: 'column', column, quantifier: 'every', op: 'matches', value: form }] };
}

/** "kinds = ["sail", "oar"]": what a column holds. */
export function readArrayOf(text: string, shape: StatementShape | null): Found | null {
  const [, name = '', said = ''] = /^`?([a-z]\w*)`? ?(?:=|:|is|should be|must be) ?`?(\[[^[\]`]+\])`?$/i.exec(text) ?? [];
  const form = said === '' || shape?.returnsRows !== true || hasColumn(shape, name) !== true ? null : elementsForm(said);
  return form === null ? null : { assertions: [{ type: 'column', column: name, quantifier: 'every', op: 'matches', value: form }] };
}

/** "JSON with `success: true`". */
export function readJsonWith(text: string, shape: StatementShape | null): Found | null {
  const [, name = '', said = ''] = /^(?:an? |the )?(?:valid )?jsonb?(?: object| response| result)? (?:with|containing|where|that has) [`"']?(\w+)[`"']?\s*[:=]\s*[`"']?([\w.-]+)[`"']*$/i.exec(text) ?? [];
  const value = /^(?:true|false|null|-?\d+(?:\.\d+)?)$/.test(said) ? (JSON.parse(said) as Scalar) : said;
  return name === '' || !answersOnce(shape) ? null : { assertions: [{ type: 'shape', shape: 'json' }, member(name, value)] };
}

function parse(text: string): Record<string, unknown> | null {
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch {
    return null;
  }
}

const isPlain = (value: unknown): value is Scalar => value === null || typeof value === 'boolean' || typeof value === 'number' || (typeof value === 'string' && value !== '' && !SHOWN.test(value) && !/["\\\n]/.test(value));

/** `"..."`: a member that is there, whatever it is. */
const isLeftOut = (value: unknown): boolean => typeof value === 'string' && /^(?:\.{3}|…)$/.test(value);

/** "Password was reset…": how a text begins. */
const beginsSo = (value: unknown): value is string => typeof value === 'string' && /^(?:[^"\\\n.…<>]{6,}|[A-Z]+[-_])(?:\.{3}|…)$/.test(value);

const named = (name: string): Assertion => ({ type: 'value', op: 'matches', value: `"${literalPattern(name)}"\\s*:` });

const memberForm = (name: string, value: Scalar): string => `"${literalPattern(name)}"\\s*:\\s*${typeof value === 'string' ? `"${literalPattern(value)}"` : `${literalPattern(String(value))}(?![\\w.])`}`;

const member = (name: string, value: Scalar): Assertion => ({ type: 'value', op: 'matches', value: memberForm(name, value) });

const beginning = (name: string, value: string): Assertion => ({ type: 'value', op: 'matches', value: `"${literalPattern(name)}"\\s*:\\s*"${literalPattern(value.replace(/(?:\.{3}|…)$/, '').trimEnd())}` });
