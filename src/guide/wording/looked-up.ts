import { isCatalog } from '../catalogs.js';
import type { Found } from './reading.js';
import { isExplain, type StatementShape } from './shape.js';

const THING = '(?:table|column|field|function|index|indice|trigger|polic(?:y|ie)|extension|view|type|enum|bucket|constraint|role|job|foreign key)e?s?';
/** "Check if the new tables were created", "Verify `hazmat_fee` column exists": what is looked up, by whoever checks it. */
const LOOKED_UP = new RegExp(String.raw`^(?:\d+[.)] )?(?:verify|check|confirm|ensure|make sure|validate)(?: (?:if|whether|that))?(?: (?:the|your|all|both|these|our|of))*(?: (?:new|required|added|helper|main|core))*(?: ([\w."'\x60]+))?(?: (?:new|helper))? (${THING})(?: ([\w."'\x60]+))? (?:(?:all |now )?exists?|(?:is|are|was|were|has been|have been) (?:all |now |successfully )?(?:created|added|there|present|installed|in place|deployed)(?: successfully| correctly)?)[.:!\s]*$`, 'i');

/** That things are there, of the query that looks for them: by their names, one row at least, or by being there to be queried. */
export function readLookedUp(text: string, shape: StatementShape | null): Found | null {
  const [, before, thing = '', behind] = LOOKED_UP.exec(text) ?? [];
  // "Check if the table exists" asks before it is made.
  if (thing === '' || /^\W*(?:\d+\W+)?\w+ (?:if|whether)\b.* exists?$/i.test(text) || shape?.returnsRows !== true || isExplain(shape) || shape.tables.length === 0) return null;
  const own = [before, behind].flatMap((name) => (name === undefined ? [] : [name.replace(/["'`]/g, '').toLowerCase()]));
  if (!shape.tables.some(isCatalog)) {
    // What it selects from, or selects, is there where it can be run at all.
    return /^(?:table|view|column|field)/i.test(thing) && own.every((name) => shape.tables.includes(name) || shape.columns.some((column) => column?.toLowerCase() === name)) ? { assertions: [{ type: 'success' }] } : null;
  }
  const sought = shape.sought ?? [];
  if (!shape.filtered || (own.length > 0 && !own.every((name) => sought.some((one) => one.toLowerCase() === name)))) return null;
  if (shape.oneRow) return shape.counts ? { assertions: [{ type: 'value', op: '>=', value: 1 }] } : null;
  const named = sought.filter((one) => own.includes(one.toLowerCase()));
  const names = named.length > 0 ? named : sought;
  return { assertions: [names.length > 1 || named.length > 0 ? { type: 'contains', values: names } : { type: 'rows', op: '>=', value: 1 }] };
}
