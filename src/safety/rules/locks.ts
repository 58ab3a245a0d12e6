import { child, children, text, visit } from '../../guide/sql-nodes.js';
import type { Judged, Rule } from '../rule.js';
import { alterations, hasOption, tableOf } from '../tree.js';

const DDL = new Set(['AlterTableStmt', 'RenameStmt', 'CreateTrigStmt', 'CreatePolicyStmt']);

/** Statements before this one in its own transaction. */
function before(one: Judged, all: readonly Judged[], index: number): Judged[] {
  return one.inTransaction ? all.slice(0, index).filter((other) => other.group === one.group && other.inTransaction) : [];
}

/** Locks that last, and what does not belong into a transaction. */
export const lockRules: Rule[] = [
  {
    id: 'vacuum-full', severity: 'error', why: 'the table is rewritten while nobody can read it', safer: 'plain VACUUM, or pg_repack',
    find: (one) => ((one.kind === 'VacuumStmt' && hasOption(one.body, 'options', 'full')) || one.kind === 'ClusterStmt' ? [{ what: 'rewrites a table' }] : []),
  },
  {
    id: 'refresh-not-concurrent', severity: 'warning', why: 'nobody can read the view while it is filled', safer: 'REFRESH MATERIALIZED VIEW CONCURRENTLY, which needs a unique index',
    find: (one, { all, index }) => (one.kind === 'RefreshMatViewStmt' && one.body['concurrent'] !== true && !all.slice(0, index).some((other) => other.kind === 'CreateTableAsStmt' && text(child(child(other.body, 'into') ?? {}, 'rel') ?? {}, 'relname') === tableOf(one)) ? [{ what: 'refreshes a materialized view' }] : []),
  },
  {
    id: 'lock-table', severity: 'warning', why: 'everyone waits until the transaction ends', safer: 'lock the rows with SELECT … FOR UPDATE',
    find: (one) => (one.kind === 'LockStmt' ? [{ what: 'locks a table' }] : []),
  },
  {
    id: 'set-logged', severity: 'error', why: 'the whole table is written again while nobody can use it', safer: 'create it as it is to be, and copy in batches',
    find: (one, { created }) => alterations(one, 'AT_SetLogged', 'AT_SetUnLogged', 'AT_SetTableSpace').filter(() => !created.has(tableOf(one))).map(() => ({ what: 'moves a table', mark: /\bset\b/i })),
  },
  {
    id: 'backfill-with-ddl', severity: 'warning', why: 'the exclusive lock of the change is held while the rows are written', safer: 'a step of its own for the rows, in batches',
    find: (one, { all, index, created }) => {
      if (one.kind !== 'UpdateStmt' && one.kind !== 'DeleteStmt') return [];
      const name = text(child(one.body, 'relation') ?? {}, 'relname') ?? '';
      return !created.has(name) && before(one, all, index).some((other) => DDL.has(other.kind) && tableOf(other) === name) ? [{ what: `writes rows of ${name} in the transaction that changes the table` }] : [];
    },
  },
  {
    id: 'enum-value-used', severity: 'error', why: 'a new value cannot be used before the transaction that adds it has ended (55P04)', safer: 'add the value in a step of its own, before',
    find: (one, { all, index }) => {
      const added = before(one, all, index).filter((other) => other.kind === 'AlterEnumStmt' && text(other.body, 'oldVal') === null).map((other) => text(other.body, 'newVal') ?? '');
      if (added.length === 0 || one.kind === 'AlterEnumStmt') return [];
      const used = new Set<string>();
      visit(one.body, (key, node) => { if (key === 'sval' && added.includes(text(node, 'sval') ?? '')) used.add(text(node, 'sval') ?? ''); });
      return [...used].map((value) => ({ what: `uses the enum value '${value}' that its own transaction adds`, mark: new RegExp(`'${value.replace(/\W/g, '.')}'`) }));
    },
  },
  {
    id: 'open-transaction', severity: 'error', why: 'what stands after BEGIN is lost when the connection ends', safer: 'end it with COMMIT',
    find: (one, { all, index }) => (one.kind === 'TransactionStmt' && /^TRANS_STMT_(?:BEGIN|START)$/.test(text(one.body, 'kind') ?? '') && !all.slice(index + 1).some((other) => other.kind === 'TransactionStmt' && other.group === one.group && /^TRANS_STMT_(?:COMMIT|ROLLBACK)$/.test(text(other.body, 'kind') ?? '')) ? [{ what: 'begins a transaction that nothing ends' }] : []),
  },
  {
    id: 'insert-without-columns', severity: 'warning', why: 'it breaks, or writes into the wrong column, when a column is added or moved', safer: 'name the columns',
    find: (one, { created }) => {
      const values = children(child(child(one.body, 'selectStmt') ?? {}, 'SelectStmt') ?? {}, 'valuesLists');
      return one.kind === 'InsertStmt' && children(one.body, 'cols').length === 0 && values.length > 0 && !created.has(tableOf(one)) ? [{ what: 'inserts without naming the columns' }] : [];
    },
  },
];

