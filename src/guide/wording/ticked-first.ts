import type { Assertion } from '../../assertions/assertion.js';
import { readColumn } from './columns.js';
import type { Found } from './reading.js';
import { hasColumn, isExplain, type StatementShape } from './shape.js';

/** "`berths >= 1` (the old ones among them)", "`ok:moored` – as asked for": what is said in back-ticks, and why it is so. */
const FIRST = /^`([^`]+)`(?:$|\s*(?:[—–-]\s+|,\s+(?=(?:and|which|because|so|since|as|not)\b)|\((?=[^()]*\)$))([^]+)$)/;
const LOOSENS = /[`"'=<>]|\b(?:or|[Ii]f|[Uu]nless|[Ee]xcept|may|might|could|depend\w*|about|approx\w*|var(?:y|ies)|before|earlier)\b/;
const COMPARES = /^([a-z_]\w*)\s*(?:=|!=|<>|>=|<=|>|<)\s*\S/i;
/** A word and its answer, as functions return them. */
const ANSWER = /^[a-z]+:[a-z][a-z_\d-]*$/;

/** What stands in back-ticks in front of its explanation. */
export function readTickedFirst(text: string, shape: StatementShape | null): Found | null {
  if (shape?.returnsRows !== true || isExplain(shape)) return null;
  // A version, as it is written.
  if (shape.oneRow && shape.singleColumn && !shape.counts && !/version|count|total|num/i.test(shape.columns[0] ?? '') && /^\d+\.\d+\.\d+$/.test(text)) return { assertions: [{ type: 'value', op: '=', value: text }] };
  const [, said = '', rest = ''] = FIRST.exec(text) ?? [];
  if (said === '' || LOOSENS.test(rest)) return null;
  if (shape.oneRow && shape.singleColumn && shape.tables.length === 0 && ANSWER.test(said)) return { assertions: [{ type: 'value', op: '=', value: said } satisfies Assertion] };
  const column = COMPARES.exec(said)?.[1];
  return rest !== '' && column !== undefined && hasColumn(shape, column) === true ? readColumn(said, shape) : null;
}
