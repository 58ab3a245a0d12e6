import { children, lastName, text, unwrap } from './sql-nodes.js';
import type { Node } from './sql-parse.js';

/** What stands behind the columns of a result: the columns they rename, and the one figure beside constants. */

/** By the name of a column that is selected under another name, in small letters, that other name; nothing where two share it. */
export function sourcesOf(targets: readonly unknown[], names: readonly (string | null)[]): { sources?: Record<string, string> } {
  const sources = new Map<string, string | null>();
  for (const [index, target] of targets.entries()) {
    const source = columnOf(unwrap(target)[1]['val']);
    const name = names[index];
    if (source === null || name == null) continue;
    const key = source.toLowerCase();
    sources.set(key, sources.has(key) ? null : name);
  }
  const renamed = [...sources].flatMap(([source, name]) => (name === null || name.toLowerCase() === source || names.some((one) => one?.toLowerCase() === source) ? [] : [[source, name] as const]));
  return renamed.length > 0 ? { sources: Object.fromEntries(renamed) } : {};
}

/** `SELECT 'boats' AS what, count(*)`: the one column of a row that is no constant. */
export function figureOf(targets: readonly unknown[], names: readonly (string | null)[], counts: (target: unknown) => boolean): { figure?: string } {
  const open = targets.flatMap((target, index) => (isConstant(unwrap(target)[1]['val']) ? [] : [index]));
  const [only, ...more] = open;
  const name = only === undefined || more.length > 0 || targets.length < 2 || !counts(targets[only]) ? null : names[only];
  return name == null || name === '*' || names.filter((one) => one?.toLowerCase() === name.toLowerCase()).length > 1 ? {} : { figure: name };
}

const COMPARES = /^(?:=|<>|!=|<|>|<=|>=|~~?\*?|!~~?\*?)$/;

/** The columns whose values are truths whatever the data: comparisons, `EXISTS`, `IS NULL`, and what is made of such. */
export function truthsOf(targets: readonly unknown[], names: readonly (string | null)[]): { truths?: string[] } {
  const truths = targets.flatMap((target, index) => (isTruth(unwrap(target)[1]['val']) && names[index] != null ? [names[index]] : []));
  return truths.length > 0 ? { truths } : {};
}

function isTruth(value: unknown): boolean {
  const [kind, node] = unwrap(value);
  switch (kind) {
    case 'BoolExpr': case 'NullTest': case 'BooleanTest': return true;
    case 'SubLink': return /^(?:EXISTS|ANY|ALL)_SUBLINK$/.test(text(node, 'subLinkType') ?? '');
    case 'A_Expr': return COMPARES.test(lastName(children(node, 'name')) ?? '');
    default: return false;
  }
}

function columnOf(value: unknown): string | null {
  const [kind, node] = unwrap(value);
  if (kind === 'TypeCast') return columnOf(node['arg']);
  if (kind !== 'ColumnRef') return null;
  const fields = children(node, 'fields');
  return unwrap(fields.at(-1))[0] === 'A_Star' ? null : lastName(fields);
}

function isConstant(value: unknown): boolean {
  const [kind, node] = unwrap(value);
  return kind === 'A_Const' || (kind === 'TypeCast' && isConstant((node as Node)['arg']));
}
