import type { Node } from './sql-parse.js';
import { child, children, text, unwrap } from './sql-nodes.js';

/** What a query counts, for what, and the texts that it writes itself into its rows. */
export interface Figures {
  /** Columns that hold a count or a sum. */
  counted?: string[];
  /** How many things it groups by. */
  groups?: number;
  /** Texts that it selects as they stand, in each of its branches: `SELECT 'boats', count(*) … UNION ALL SELECT 'berths', …`. */
  constants?: string[];
  /** Branches of a UNION ALL that give one row each, whatever the data: so many rows there are. */
  branches?: number;
}

/** Those of a query, all its branches taken together; the names of columns are those of the first. */
export function figuresOf(body: Node, counts: (target: unknown) => boolean, nameOf: (target: unknown) => string | null): Figures {
  let first = body;
  const constants = new Set<string>();
  const open = [body];
  let branches = 0;
  let whole = true;
  for (let top = open.pop(); top !== undefined; top = open.pop()) {
    const [left, right] = [child(top, 'larg'), child(top, 'rarg')];
    if (top === first && left !== null) first = left;
    if (right !== null) open.push(right);
    if (left !== null) open.push(left);
    if (left !== null || right !== null) whole &&= /UNION/.test(text(top, 'op') ?? '') && top['all'] === true;
    else {
      branches += 1;
      whole &&= children(top, 'groupClause').length === 0 && children(top, 'targetList').some(counts);
    }
    for (const target of children(top, 'targetList')) {
      const said = child(child(child(unwrap(target)[1], 'val') ?? {}, 'A_Const') ?? {}, 'sval');
      const value = said && text(said, 'sval');
      if (value !== null) constants.add(value);
    }
  }
  const counted = children(first, 'targetList').filter(counts).flatMap((target) => nameOf(target) ?? []);
  const groups = children(first, 'groupClause').length;
  return { ...(whole && branches > 1 ? { branches } : {}), ...(counted.length > 0 ? { counted } : {}), ...(groups > 0 ? { groups } : {}), ...(constants.size > 0 ? { constants: [...constants] } : {}) };
}
