import { child, children, text, unwrap } from '../../guide/sql-nodes.js';
import type { Hit, Judged, Rule } from '../rule.js';
import { alterations, names } from '../tree.js';

/** Names that a DROP names, without schema. */
function dropped({ body }: Judged): string[] {
  return children(body, 'objects').map((one) => {
    const [kind, node] = unwrap(one);
    return (kind === 'List' ? names(children(node, 'items')) : names([one])).at(-1) ?? '';
  });
}

function drops(statement: Judged, type: string): boolean {
  return statement.kind === 'DropStmt' && text(statement.body, 'removeType') === type;
}

/** What loses data for good. */
export const lossRules: Rule[] = [
  {
    id: 'drop-table', severity: 'error', destructive: true, why: 'the rows are gone, and everything that still reads the table fails', safer: 'rename it out of the way first, and drop it in a later release when nothing reads it',
    find: (one, { created }) => (drops(one, 'OBJECT_TABLE') ? dropped(one).filter((name) => !created.has(name)).map((name) => ({ what: `drops the table ${name}` })) : []),
  },
  {
    id: 'drop-schema', severity: 'error', destructive: true, why: 'everything in the schema goes with it', safer: 'drop the objects by name, so that a review sees them',
    find: (one) => (drops(one, 'OBJECT_SCHEMA') ? [{ what: 'drops a schema' }] : []),
  },
  {
    id: 'drop-database', severity: 'error', destructive: true, why: 'nothing can bring it back but a backup', safer: 'leave it to the people who run the server',
    find: (one) => (one.kind === 'DropdbStmt' ? [{ what: 'drops a database' }] : []),
  },
  {
    id: 'drop-column', severity: 'error', destructive: true, why: 'its values are gone, and every program that still names the column fails', safer: 'stop using it first; drop it in a later release, after a copy of its values',
    find: (one, { created }) => alterations(one, 'AT_DropColumn').filter(() => !created.has(text(child(one.body, 'relation') ?? {}, 'relname') ?? '')).map((cmd): Hit => ({ what: `drops the column ${text(cmd, 'name') ?? ''}`, mark: /drop\s+column/i })),
  },
  {
    id: 'drop-cascade', severity: 'warning', destructive: true, why: 'CASCADE also drops what nobody named: views, keys, policies, functions', safer: 'drop the dependent objects by name, then this without CASCADE',
    find: (one) => (one.kind === 'DropStmt' && text(one.body, 'behavior') === 'DROP_CASCADE' ? [{ what: 'drops with CASCADE', mark: /cascade/i }] : []),
  },
  {
    id: 'truncate', severity: 'error', destructive: true, why: 'all rows are gone at once, without row triggers, and with CASCADE those of other tables too', safer: 'DELETE with a WHERE, or copy the rows first',
    find: (one) => (one.kind === 'TruncateStmt' ? [{ what: text(one.body, 'behavior') === 'DROP_CASCADE' ? 'empties a table and all that refer to it' : 'empties a table' }] : []),
  },
  {
    id: 'delete-without-where', severity: 'error', destructive: true, why: 'every row is deleted', safer: 'add a WHERE; to delete all on purpose, say WHERE true',
    find: (one, { created }) => (one.kind === 'DeleteStmt' && one.body['whereClause'] === undefined && children(one.body, 'usingClause').length === 0 && !created.has(text(child(one.body, 'relation') ?? {}, 'relname') ?? '') ? [{ what: 'deletes without a WHERE' }] : []),
  },
  {
    id: 'update-without-where', severity: 'error', destructive: true, why: 'every row is rewritten and locked until the transaction ends', safer: 'add a WHERE, and go in batches; to change all on purpose, say WHERE true',
    find: (one, { created }) => (one.kind === 'UpdateStmt' && one.body['whereClause'] === undefined && children(one.body, 'fromClause').length === 0 && !created.has(text(child(one.body, 'relation') ?? {}, 'relname') ?? '') ? [{ what: 'updates without a WHERE' }] : []),
  },
];
