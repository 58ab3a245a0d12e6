import type { Node } from './sql-parse.js';
import { child, children, lastName, text, unwrap, visit } from './sql-nodes.js';

/** What a statement does, as far as its text tells. */
export interface StatementFacts {
  command: string;
  transactional: boolean;
  writes: boolean;
  /** Loses data that a rollback cannot bring back. */
  destructive: boolean;
  /** BEGIN, COMMIT and the like. */
  control: 'begin' | 'commit' | 'rollback' | null;
  /** Names of the objects it creates and drops, `kind name`, lower case, without schema. */
  creates: string[];
  drops: string[];
}

const DML: Record<string, string> = { SelectStmt: 'SELECT', InsertStmt: 'INSERT', UpdateStmt: 'UPDATE', DeleteStmt: 'DELETE', MergeStmt: 'MERGE' };
const READING = new Set(['SELECT', 'EXPLAIN', 'SHOW', 'SET', 'RESET', 'LISTEN', 'UNLISTEN', 'DISCARD', 'DECLARE', 'FETCH', 'CLOSE', 'DEALLOCATE', 'PREPARE', 'SAVEPOINT', 'RELEASE', 'CHECKPOINT', 'LOAD', 'VALUES', 'TABLE']);
/** Functions whose call changes something outside the query's own result. */
const WRITING = /^(?:pg_create_(?:logical|physical)_replication_slot|pg_drop_replication_slot|setval|nextval|schedule|unschedule|pg_terminate_backend|pg_cancel_backend|pg_reload_conf|pg_stat_statements_reset|pg_stat_reset|create_hypertable|create_distributed_table|lo_(?:import|create|unlink)|dblink_exec|set_config|net_http_post|http_post|(?:create|insert|update|delete|add|remove|refresh|sync|log|backfill|migrate|populate|seed|grant|revoke|enable|disable|cleanup|purge|archive|rotate)_\w+)$/;
const TWO_WORDS = /^(CREATE|ALTER|DROP|REFRESH|IMPORT|SECURITY|REASSIGN)\b/;
const MODIFIERS = /^(?:OR|REPLACE|UNIQUE|TEMP|TEMPORARY|UNLOGGED|GLOBAL|LOCAL|RECURSIVE|TRUSTED|PROCEDURAL|CONSTRAINT|IF|NOT|EXISTS)$/;
const PHRASES = /^(?:MATERIALIZED VIEW|FOREIGN TABLE|FOREIGN DATA WRAPPER|EVENT TRIGGER|DEFAULT PRIVILEGES|TEXT SEARCH (?:CONFIGURATION|DICTIONARY|PARSER|TEMPLATE)|ACCESS METHOD|OPERATOR (?:CLASS|FAMILY)|USER MAPPING|FOREIGN SCHEMA|LARGE OBJECT)/;

/** The command tag a statement's text leads to, such as `CREATE TABLE`. */
function commandOf(kind: string, sql: string): string {
  if (DML[kind]) return DML[kind];
  const words = sql.slice(0, 200).replace(/--[^\n]*|\/\*[\s\S]*?\*\//g, ' ').toUpperCase().match(/[A-Z]+/g) ?? [];
  const [first = '', ...rest] = words;
  if (kind === 'CreateTableAsStmt' && first === 'CREATE') return rest.includes('MATERIALIZED') ? 'CREATE MATERIALIZED VIEW' : 'CREATE TABLE AS';
  if (first === 'SECURITY') return 'SECURITY LABEL';
  if (!TWO_WORDS.test(first)) return first === 'ANALYSE' ? 'ANALYZE' : first === 'LOCK' ? 'LOCK TABLE' : first === 'TRUNCATE' ? 'TRUNCATE TABLE' : first;
  const from = rest.findIndex((word) => !MODIFIERS.test(word));
  const object = PHRASES.exec(rest.slice(from).join(' '))?.[0] ?? rest[from] ?? '';
  return `${first} ${object}`.trim();
}

/** Reads what a parsed statement does; `sql` is its own text. */
export function factsOf(node: Node, sql: string): StatementFacts {
  const [kind, body] = unwrap(node);
  const command = commandOf(kind, sql);
  const [creates, drops] = objectsOf(kind, body, command);
  return {
    command, creates, drops,
    transactional: isTransactional(kind, body, command),
    writes: isWriting(kind, body, command),
    destructive: isDestructive(kind, body),
    control: kind === 'TransactionStmt' ? controlOf(text(body, 'kind') ?? '') : null,
  };
}

function controlOf(kind: string): StatementFacts['control'] {
  if (kind === 'TRANS_STMT_BEGIN' || kind === 'TRANS_STMT_START') return 'begin';
  if (kind === 'TRANS_STMT_COMMIT') return 'commit';
  return kind === 'TRANS_STMT_ROLLBACK' ? 'rollback' : null;
}

/** What PostgreSQL refuses inside a transaction block, by its manual's pages of each command. */
function isTransactional(kind: string, body: Node, command: string): boolean {
  const concurrently = body['concurrent'] === true || children(body, 'params').some((param) => text(unwrap(param)[1], 'defname') === 'concurrently');
  switch (kind) {
    case 'IndexStmt': case 'DropStmt':
      return !concurrently;
    case 'ReindexStmt':
      return !concurrently && !/DATABASE|SYSTEM|SCHEMA/.test(text(body, 'kind') ?? '');
    case 'VacuumStmt':
      return body['is_vacuumcmd'] !== true;
    case 'ClusterStmt':
      return child(body, 'relation') !== null;
    case 'AlterTableStmt':
      return !children(body, 'cmds').some((cmd) => child(child(unwrap(cmd)[1], 'def') ?? {}, 'PartitionCmd')?.['concurrent'] === true);
    case 'AlterDatabaseStmt':
      return !children(body, 'options').some((option) => text(unwrap(option)[1], 'defname') === 'tablespace');
    case 'AlterSubscriptionStmt':
      return !/REFRESH|PUBLICATION/.test(text(body, 'kind') ?? '');
    // A slot stays whatever becomes of the transaction, and a logical one is refused behind a write.
    case 'SelectStmt':
      return !calledFor(body).flat().some((made) => made.startsWith('slot '));
    case 'DiscardStmt':
      return text(body, 'target') !== 'DISCARD_ALL';
    case 'TransactionStmt':
      return !/_PREPARED$/.test(text(body, 'kind') ?? '');
    case 'CreatedbStmt': case 'DropdbStmt': case 'CreateTableSpaceStmt': case 'DropTableSpaceStmt': case 'AlterSystemStmt': case 'CreateSubscriptionStmt': case 'DropSubscriptionStmt':
      return false;
    default:
      return command !== 'CREATE DATABASE' && command !== 'DROP DATABASE';
  }
}

function isWriting(kind: string, body: Node, command: string): boolean {
  if (kind === 'SelectStmt') return child(body, 'intoClause') !== null || changesData(body);
  if (kind === 'ExplainStmt') {
    const analyze = children(body, 'options').some((option) => text(unwrap(option)[1], 'defname') === 'analyze');
    const [inner, query] = unwrap(body['query']);
    return analyze && (inner !== 'SelectStmt' || changesData(query));
  }
  if (kind === 'CopyStmt') return body['is_from'] === true;
  if (kind === 'TransactionStmt') return false;
  return !READING.has(command);
}

function changesData(body: Node): boolean {
  let changes = false;
  visit(body, (key, node) => {
    if (key === 'InsertStmt' || key === 'UpdateStmt' || key === 'DeleteStmt' || key === 'MergeStmt') changes = true;
    if (key === 'FuncCall' && WRITING.test(lastName(children(node, 'funcname')) ?? '')) changes = true;
  });
  return changes;
}

function isDestructive(kind: string, body: Node): boolean {
  switch (kind) {
    case 'DropStmt':
      return /TABLE$|SCHEMA|SEQUENCE|MATVIEW/.test(text(body, 'removeType') ?? '') || (text(body, 'removeType') === 'OBJECT_TYPE' && text(body, 'behavior') === 'DROP_CASCADE');
    case 'TruncateStmt': case 'DropdbStmt': case 'DropOwnedStmt':
      return true;
    case 'DeleteStmt': case 'UpdateStmt':
      return body['whereClause'] === undefined;
    case 'AlterTableStmt':
      return children(body, 'cmds').some((cmd) => text(unwrap(cmd)[1], 'subtype') === 'AT_DropColumn');
    default:
      return false;
  }
}

/** Objects created and dropped, by name: what ties a rollback to the step it undoes. */
function objectsOf(kind: string, body: Node, command: string): [string[], string[]] {
  const name = (relation: Node | null) => (relation ? (text(relation, 'relname') ?? '') : '');
  const object = command.split(' ').slice(1).join(' ').toLowerCase();
  switch (kind) {
    case 'CreateStmt': return [[`table ${name(child(body, 'relation'))}`], []];
    case 'CreateTableAsStmt': return [[`${object === 'table as' ? 'table' : object} ${name(child(child(body, 'into') ?? {}, 'rel'))}`], []];
    case 'ViewStmt': return [[`view ${name(child(body, 'view'))}`], []];
    case 'IndexStmt': return [[`index ${text(body, 'idxname') ?? ''}`], []];
    case 'CreatePolicyStmt': return [[`policy ${text(body, 'policy_name') ?? ''} on ${name(child(body, 'table'))}`], []];
    case 'CreateTrigStmt': return [[`trigger ${text(body, 'trigname') ?? ''} on ${name(child(body, 'relation'))}`], []];
    case 'CreateFunctionStmt': return [[`function ${lastName(children(body, 'funcname')) ?? ''}`], []];
    case 'CreateEnumStmt': case 'CompositeTypeStmt': return [[`type ${lastName(children(body, 'typeName')) ?? name(child(body, 'typevar'))}`], []];
    case 'CreateSchemaStmt': return [[`schema ${text(body, 'schemaname') ?? ''}`], []];
    case 'CreateSeqStmt': return [[`sequence ${name(child(body, 'sequence'))}`], []];
    case 'CreateExtensionStmt': return [[`extension ${text(body, 'extname') ?? ''}`], []];
    case 'CreateRoleStmt': return [[`role ${text(body, 'role') ?? ''}`], []];
    case 'CreateDomainStmt': return [[`domain ${lastName(children(body, 'domainname')) ?? ''}`], []];
    case 'CreatePublicationStmt': return [[`publication ${text(body, 'pubname') ?? ''}`], []];
    case 'CreateSubscriptionStmt': return [[`subscription ${text(body, 'subname') ?? ''}`], []];
    case 'DropSubscriptionStmt': return [[], [`subscription ${text(body, 'subname') ?? ''}`]];
    case 'GrantStmt': return body['is_grant'] === true ? [granted(body), []] : [[], granted(body)];
    case 'SelectStmt': return calledFor(body);
    case 'DropStmt': return [[], children(body, 'objects').map((item) => dropped(object, item))];
    case 'AlterTableStmt': return alterations(name(child(body, 'relation')), children(body, 'cmds'));
    case 'InsertStmt': return [[`rows ${name(child(body, 'relation'))}`], []];
    case 'DeleteStmt': case 'TruncateStmt': return [[], [`rows ${name(child(body, 'relation'))}`]];
    default: return [[], []];
  }
}

/** What may be done with what, by whom: `grant boats to crew`. */
function granted(body: Node): string[] {
  const roles = children(body, 'grantees').map((role) => text(unwrap(role)[1], 'rolename') ?? 'public');
  const objects = children(body, 'objects').map((item) => {
    const [, node] = unwrap(item);
    return text(node, 'relname') ?? lastName(children(node, 'objname')) ?? text(node, 'sval') ?? '';
  });
  return objects.flatMap((object) => roles.map((role) => `grant ${object} to ${role}`));
}

/** Functions that make or remove a thing, by the name that they are given. */
const MAKERS: readonly (readonly [RegExp, string, makes: boolean])[] = [
  [/^pg_create_(?:logical|physical)_replication_slot$/, 'slot', true], [/^pg_drop_replication_slot$/, 'slot', false],
  [/^schedule(?:_in_database)?$/, 'job', true], [/^unschedule$/, 'job', false],
];

/** What a query's calls make or remove: a replication slot, a scheduled job. */
function calledFor(body: Node): [string[], string[]] {
  const made: [string[], string[]] = [[], []];
  visit(body, (key, node) => {
    const called = key === 'FuncCall' ? (lastName(children(node, 'funcname')) ?? '') : '';
    const maker = called === '' ? undefined : MAKERS.find(([form]) => form.test(called));
    const name = maker === undefined ? undefined : text(child(unwrap(children(node, 'args')[0])[1], 'sval') ?? {}, 'sval');
    if (maker !== undefined && name != null) made[maker[2] ? 0 : 1].push(`${maker[1]} ${name}`);
  });
  return made;
}

function dropped(object: string, item: unknown): string {
  const [kind, node] = unwrap(item);
  const kindName = object === 'materialized view' ? object : (object.split(' ')[0] ?? '');
  if (kind === 'ObjectWithArgs') return `${kindName} ${lastName(children(node, 'objname')) ?? ''}`;
  if (kind === 'TypeName') return `${kindName} ${lastName(children(node, 'names')) ?? ''}`;
  const parts = (kind === 'List' ? children(node, 'items') : [item]).map((part) => text(unwrap(part)[1], 'sval') ?? '');
  if (kindName === 'policy' || kindName === 'trigger' || kindName === 'rule') return `${kindName} ${parts.at(-1) ?? ''} on ${parts.at(-2) ?? ''}`;
  return `${kindName} ${parts.at(-1) ?? ''}`;
}

function alterations(table: string, commands: unknown[]): [string[], string[]] {
  const creates: string[] = [];
  const drops: string[] = [];
  for (const command of commands) {
    const [, node] = unwrap(command);
    const [, def] = unwrap(node['def']);
    switch (text(node, 'subtype')) {
      case 'AT_AddColumn': creates.push(`column ${table}.${text(def, 'colname') ?? ''}`); break;
      case 'AT_AddConstraint': creates.push(`constraint ${text(def, 'conname') ?? ''} on ${table}`); break;
      case 'AT_DropColumn': drops.push(`column ${table}.${text(node, 'name') ?? ''}`); break;
      case 'AT_DropConstraint': drops.push(`constraint ${text(node, 'name') ?? ''} on ${table}`); break;
      case 'AT_EnableRowSecurity': creates.push(`rls ${table}`); break;
      case 'AT_DisableRowSecurity': drops.push(`rls ${table}`); break;
      default: break;
    }
  }
  return [creates, drops];
}
