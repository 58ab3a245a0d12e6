import type { Assertion } from '../../assertions/assertion.js';
import { literalOf } from './literal.js';
import type { Found } from './reading.js';
import { isExplain, type StatementShape } from './shape.js';
import { FLAG } from './states.js';

/** Whether the statement can answer with one value: known to be one column, or not known at all. */
function single(shape: StatementShape | null): boolean {
  return shape === null || (shape.returnsRows && shape.singleColumn && !isExplain(shape));
}

/** Columns of the standard's catalog that hold `YES` or `NO`. */
const IS_STANDARD = /^is_(?:nullable|updatable|identity|generated|deferrable|insertable_into|trigger_updatable)$/i;

/** A code such as `INV-2025-00001` or a name such as `app_role`: nothing of a sentence. */
const CODE = /^(?:[A-Z]{2,10}[-_][A-Z\d_-]*\d|[a-z]+(?:_[a-z\d]+)+)$/;

/** `true`, `t`, `NULL`, `'OK'`; a boolean may be repeated in an aside, which is gone by now. */
export function readScalar(text: string, shape: StatementShape | null): Found | null {
  const plain = text.replace(/^(?:value|is|equals?|=|:)\s+/i, '').replace(/^(?:both|all|each|every)(?: (?:rows?|tables?|columns?|functions?|polic(?:y|ies)))? (?:should |must )?(?:show|shows|be|are|is|return|have|has) (?=[`'"]?(?:true|false|t|f)[`'"]?$)/i, '').replace(/^(?:all|both) (?=[`'"]?(?:true|false)[`'"]?$)/i, '').replace(/(?<=^[`'"]?(?:true|false|t|f)[`'"]?) (?:for|on|in) (?:all|every|each|both)(?: \w+){0,2}$/i, '').trim();
  const truth = (/^[`'"]?(true|false|t|f)[`'"]?$/i.exec(plain) ?? (shape?.oneRow === true ? /^[`'"]?(true|false)[`'"]? (?:for|as|to) (?:the )?`?\w+`?(?: role| user)?$/i.exec(plain) : null))?.[1]?.toLowerCase();
  if (!single(shape)) {
    // The standard's own truth is a text: `YES` of `is_nullable`.
    const standard = /^[`'"]?(YES|NO)[`'"]?$/.exec(plain)?.[1];
    const yesOrNo = shape?.returnsRows === true ? shape.columns.filter((column) => column !== null && IS_STANDARD.test(column)) : [];
    if (standard !== undefined) return yesOrNo.length === 1 && yesOrNo[0] != null ? { assertions: [{ type: 'column', column: yesOrNo[0], quantifier: 'every', op: '=', value: standard }] } : null;
    // Of several columns, the only one that is named as a truth value is.
    const flags = shape?.returnsRows === true && !isExplain(shape) ? shape.columns.filter((column) => column !== null && FLAG.test(column)) : [];
    return truth === undefined || flags.length !== 1 || flags[0] == null ? null : { assertions: [{ type: 'column', column: flags[0], quantifier: 'every', op: '=', value: truth.startsWith('t') }] };
  }
  if (/^[`'"]?(?:YES|NO)[`'"]?$/.test(plain) && IS_STANDARD.test(shape?.columns[0] ?? '')) return one(plain.replace(/[`'"]/g, ''), shape);
  if (truth !== undefined) return one(truth.startsWith('t'), shape);
  if (shape !== null && /^(?:is )?(?:not|non)[- ]?null$/i.test(plain)) {
    const [column] = shape.columns;
    return { assertions: [shape.oneRow || column == null || column === '*' ? { type: 'value', op: '!=', value: null } : { type: 'column', column, quantifier: 'every', op: '!=', value: null }] };
  }
  // The server shows a default with its cast: `'user'::text`.
  const cast = /^`?('[^']*'::[\w ]+(?:\[\])?)`?$/.exec(plain)?.[1];
  if (cast !== undefined && /default$/i.test(shape?.columns[0] ?? '')) return one(cast, shape);
  // "15.x": whatever stands behind the point.
  if (shape !== null && /default$/i.test(shape.columns[0] ?? '') && /^`?[a-z_][\w.]*\(\)`?$/.test(plain)) return one(plain.replaceAll('`', ''), shape);
  const major = /^`?v?(\d+(?:\.\d+)*)\.[x*]`?$/i.exec(plain)?.[1];
  if (major !== undefined) return shape?.oneRow === true ? { assertions: [{ type: 'value', op: 'matches', value: `^${major.replaceAll('.', '\\.')}\\.` }] } : null;
  // What `SHOW` answers is one word or number; an array stands as the server writes it.
  if (shape?.command === 'SHOW' && /^(?:data|rows?|results?|records?)$/i.test(plain)) return { assertions: [{ type: 'rows', op: '>=', value: 1 }] };
  if (shape?.command === 'SHOW' && /^`?(?!(?:success|nothing|something|values?|output|lines?|ok)`?$)[\w.-]+`?$/i.test(plain)) return { assertions: [{ type: 'value', op: '=', value: plain.replaceAll('`', '') }] };
  if (shape?.oneRow === true && /^`?\{[\w-]+(?:,[\w-]+)*\}`?$/.test(plain)) return { assertions: [{ type: 'value', op: '=', value: plain.replaceAll('`', '') }] };
  if (shape?.oneRow === true && !shape.counts && /^`[a-z][a-z0-9_-]{1,40}`$/.test(plain)) return one(plain.replaceAll('`', ''), shape);
  if (/^`?[\d*/,-]+(?: [\d*/,-]+){4}`?$/.test(plain) && shape !== null) return one(plain.replaceAll('`', ''), shape);
  // A version.
  if (/^`?\d+\.\d+\.\d+(?:[-+][\w.]+)?`?$/.test(plain) && /version/i.test(shape?.columns[0] ?? '')) return one(plain.replaceAll('`', ''), shape);
  // A bare number is a count's business.
  const value = literalOf(plain);
  // But no count has decimals.
  const [column] = shape?.columns ?? [];
  if (shape !== null && typeof value === 'number' && /^`?-?\d+\.\d+`?$/.test(plain)) return { assertions: [shape.oneRow || shape.atMostOne || column == null || column === '*' ? { type: 'value', op: '=', value } : { type: 'column', column, quantifier: 'every', op: '=', value }] };
  if (value === undefined && shape?.oneRow === true && !shape.counts && CODE.test(plain)) return one(plain, shape);
  return value === undefined || typeof value === 'number' ? null : one(value, shape);
}

function one(value: string | boolean | null, shape: StatementShape | null): Found {
  // Of a query that may return several rows, the value is that of each.
  const column = shape && !shape.oneRow ? shape.columns[0] : null;
  if (typeof column === 'string' && column !== '*') return { assertions: [{ type: 'column', column, quantifier: 'every', op: '=', value }] };
  return { assertions: [{ type: 'value', op: '=', value }] };
}

const SHAPES: [RegExp, Extract<Assertion, { type: 'shape' }>['shape']][] = [
  [/^(?:an? |the |new |valid )*uuid\b/i, 'uuid'],
  [/^(?:an? |the |valid )*jsonb?\b/i, 'json'],
  [/^(?:an? |the |valid |current )*timestamp\b|^(?:the )?current (?:date and )?time$/i, 'timestamp'],
  [/^an? (?:number|numeric value)$/i, 'number'], [/^an? (?:integer|whole number)$/i, 'integer'], [/^an? boolean(?: value)?$/i, 'boolean'],
];

/** `UUID of log entry`, `JSON with default configuration`: only the kind of value is judged. */
export function readShape(text: string, shape: StatementShape | null): Found | null {
  if (!single(shape)) return null;
  const found = SHAPES.find(([form]) => form.test(text));
  const plain = text.replace(/ of (?:the )?(?:newly )?(?:inserted|new|created) (?:row|record)$/i, '');
  if (!found || /[=<>]|\b(?:column|table|array of|rows?|not|no)\b/i.test(plain)) return null;
  // Of a query that shows types it is the word, and no value of that type.
  if (shape?.columns.some((name) => name !== null && /(?:^|_)types?$|^udt_name$|^typname$|^format_type$|^pg_typeof$/i.test(name)) === true) return null;
  return { assertions: [{ type: 'shape', shape: found[1] }] };
}
