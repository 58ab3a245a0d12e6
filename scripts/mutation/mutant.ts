import type { Graph, Statement, Step } from '../../src/graph/graph.js';
import { parseSql } from '../../src/guide/sql-parse.js';
import { alterFunctionChanges, functionChanges } from './function.js';
import { grantChanges } from './grant.js';
import { indexChanges } from './index-changes.js';
import { find, piecesOf, replaced, closing } from './pieces.js';
import { policyChanges } from './policy.js';
import { tableChanges } from './table.js';
import { triggerChanges } from './trigger.js';

export const kinds = ['policy', 'trigger', 'function', 'index', 'grant', 'row security', 'view', 'table', 'constraint', 'data', 'other'] as const;
export type Kind = (typeof kinds)[number];

/** One way to break a statement. Of several texts the first that PostgreSQL accepts counts. */
export interface Change { change: string; tries: string[]; kind?: Kind }

/** A migration with one fault put into it. */
export interface Mutant {
  kind: Kind;
  /** `file:line` of the statement, or the object that is gone after the last migration. */
  where: string;
  change: string;
  statement: string;
  tries: string[];
  /** The graph with the fault in it. */
  put(graph: Graph, sql: string): Graph;
}

/** Nothing, as a statement: takes the place of a removed one, so that the others keep their numbers. */
const REMOVED = 'DO $removed$ BEGIN END $removed$';

const KINDS: Record<string, Kind> = {
  CreatePolicyStmt: 'policy', AlterPolicyStmt: 'policy', CreateTrigStmt: 'trigger', CreateFunctionStmt: 'function', AlterFunctionStmt: 'function', IndexStmt: 'index', GrantStmt: 'grant',
  AlterDefaultPrivilegesStmt: 'grant', ViewStmt: 'view', CreateTableAsStmt: 'view', CreateStmt: 'table', AlterTableStmt: 'table', InsertStmt: 'data', UpdateStmt: 'data', DeleteStmt: 'data',
};

/** Steps that apply a migration: they write, on the way forward, and stay. */
export function migrationSteps(graph: Graph): Step[] {
  return graph.steps.filter((step) => step.role === 'deploy' && !step.discard && step.statements.some((one) => one.writes));
}

/** Every statement of the migrations removed, and broken in every way we know. `columns` gives the columns of a table after the migrations. */
export function mutantsOf(graph: Graph, columns: (table: string) => readonly string[]): Mutant[] {
  return migrationSteps(graph).flatMap((step) => step.statements).filter((one) => one.writes).flatMap((statement) => {
    const kind = kindOf(statement);
    const changes = [{ change: 'removed', tries: [REMOVED] }, ...changesOf(statement.sql, nodeOf(statement.sql), columns)];
    const where = `${statement.file ?? 'guide'}:${statement.line}`;
    return changes.filter((one) => one.tries.length > 0).map((one): Mutant => ({
      kind: one.kind ?? kind, where, change: one.change, statement: statement.sql.replace(/\s+/g, ' ').slice(0, 100), tries: one.tries, put: (whole, sql) => withStatement(whole, statement, sql),
    }));
  });
}

function changesOf(sql: string, node: string, columns: (table: string) => readonly string[]): Change[] {
  switch (node) {
    case 'CreatePolicyStmt':
    case 'AlterPolicyStmt': return policyChanges(sql);
    case 'CreateTrigStmt': return triggerChanges(sql);
    case 'CreateFunctionStmt': return functionChanges(sql);
    case 'AlterFunctionStmt': return alterFunctionChanges(sql);
    case 'IndexStmt': return indexChanges(sql, columns);
    case 'GrantStmt': return grantChanges(sql);
    case 'CreateStmt':
    case 'AlterTableStmt': return tableChanges(sql);
    case 'ViewStmt': return viewChanges(sql);
    default: return [];
  }
}

function viewChanges(sql: string): Change[] {
  const pieces = piecesOf(sql);
  const at = find(pieces, 'WITH (');
  return at < 0 ? [] : [{ change: "with its owner's rights", tries: [replaced(sql, pieces, { from: at, to: closing(pieces, at + 1) + 1 }, '')] }];
}

function nodeOf(sql: string): string {
  const parsed = parseSql(sql);
  return Array.isArray(parsed) ? Object.keys(parsed[0]?.node ?? {})[0] ?? '' : '';
}

function kindOf(statement: Statement): Kind {
  if (/ROW\s+LEVEL\s+SECURITY/i.test(statement.sql)) return 'row security';
  return KINDS[nodeOf(statement.sql)] ?? 'other';
}

/** The same file may serve several steps: each of them gets the fault. */
function withStatement(graph: Graph, statement: Statement, sql: string): Graph {
  const same = (one: Statement): boolean => one.file === statement.file && one.line === statement.line && one.sql === statement.sql;
  return { ...graph, steps: graph.steps.map((step) => ({ ...step, statements: step.statements.map((one) => (same(one) ? { ...one, sql } : one)) })) };
}
