import { child, children, text, unwrap } from '../guide/sql-nodes.js';
import type { Node } from '../guide/sql-parse.js';
import type { Judged } from './rule.js';

/** Name of a statement's own table, without schema; empty for none. */
export function tableOf({ body }: Judged): string {
  return text(child(body, 'relation') ?? child(body, 'table') ?? {}, 'relname') ?? '';
}

/** Commands of an ALTER TABLE, by subtype; empty for other statements. */
export function alterations(statement: Judged, ...subtypes: string[]): Node[] {
  if (statement.kind !== 'AlterTableStmt') return [];
  return children(statement.body, 'cmds').map((one) => unwrap(one)[1]).filter((one) => subtypes.includes(text(one, 'subtype') ?? ''));
}

/** Definitions of the columns that a statement adds, to a new table or an old one. */
export function columnsAdded(statement: Judged): { column: Node; isNew: boolean }[] {
  const of = (nodes: unknown[], isNew: boolean) => nodes.flatMap((one) => {
    const [kind, node] = unwrap(one);
    return kind === 'ColumnDef' ? [{ column: node, isNew }] : [];
  });
  if (statement.kind === 'CreateStmt') return of(children(statement.body, 'tableElts'), true);
  return alterations(statement, 'AT_AddColumn').flatMap((one) => of([one['def']], false));
}

/** Constraints of a column definition, by type. */
export function constraintsOf(column: Node, type: string): Node[] {
  return children(column, 'constraints').map((one) => unwrap(one)[1]).filter((one) => text(one, 'contype') === type);
}

/** Constraints that ALTER TABLE adds, by type. */
export function constraintsAdded(statement: Judged, ...types: string[]): Node[] {
  return alterations(statement, 'AT_AddConstraint').map((one) => unwrap(one['def'])[1]).filter((one) => types.includes(text(one, 'contype') ?? ''));
}

/** Name of a column's type, without schema: `int4` for integer, as the grammar folds it. */
export function typeOf(column: Node): string {
  return names(children(child(column, 'typeName') ?? {}, 'names')).at(-1) ?? '';
}

/** The texts of a list of `String` nodes. */
export function names(list: unknown[]): string[] {
  return list.map((one) => text(unwrap(one)[1], 'sval') ?? '');
}

/** Whether an option of that name is given (`VACUUM (FULL)`). */
export function hasOption(body: Node, key: string, name: string): boolean {
  return children(body, key).some((one) => text(unwrap(one)[1], 'defname') === name);
}

/** Whether a tree is the constant `true`. */
export function isTrue(node: unknown): boolean {
  const [kind, body] = unwrap(node);
  return kind === 'A_Const' && child(body, 'boolval')?.['boolval'] === true;
}
