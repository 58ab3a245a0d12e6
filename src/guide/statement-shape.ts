import type { Node } from './sql-parse.js';
import { figureOf, sourcesOf, truthsOf } from './statement-columns.js';
import { child, children, lastName, text, unwrap, visit } from './sql-nodes.js';
import { figuresOf, type Figures } from './statement-figures.js';

/** What can be told of a statement's result before it runs; see `wording/shape.ts`. */
export interface StatementShape extends Figures {
  returnsRows: boolean;
  /** One row whatever the data: an aggregate without GROUP BY, or a query without FROM. */
  oneRow: boolean;
  singleColumn: boolean;
  /** Its only value counts something: `count(*)` or a sum, whatever the column is called. */
  counts: boolean;
  /** It looks for something: WHERE, HAVING, EXCEPT or INTERSECT. */
  filtered: boolean;
  /** What it looks for is NULL: `WHERE owner IS NULL`. */
  seeksNull?: true;
  /** Names of the columns; null where only the server knows. */
  columns: (string | null)[];
  /** Of each column the texts that the statement itself may write into it: the outcomes of a CASE. */
  texts?: string[][];
  /** Texts that its WHERE looks for in a column that it selects: `relname IN ('boats', 'berths')`. */
  sought?: string[];
  /** `SELECT DISTINCT`: each of what there is, once. */
  distinct?: true;
  /** The column that it looks for them in, where it is one. */
  soughtIn?: string;
  /** Of the patterns that it compares such a column with, the longest piece: `idx_boats` of `LIKE '%idx_boats%'`. */
  like?: string[];
  /** Tables and views it names, without schema, lower case as the server folds them. */
  tables: string[];
  command: string;
  ordered: boolean;
  /** The column that its rows come in the order of, first of all. */
  sortedBy?: { column: string; falling: boolean };
  /** By the name of a column that it selects under another name, that other name: `relname` of `relname AS boat`. */
  sources?: Record<string, string>;
  /** The one column of its row that counts, where all others are constants. */
  figure?: string;
  /** The columns that hold truth values by how they are made: a comparison, `EXISTS`, `IS NULL`. */
  truths?: string[];
  /** Its only value is made with a factor of a hundred: a share, which guides tell in percent. */
  percent?: true;
  /** `LIMIT 1`, or one group: no more rows than one. */
  atMostOne?: true;
  /** `LIMIT n`: no more rows than that. */
  most?: number;
  /** `ORDER BY … DESC LIMIT n`: the last few of those there are. */
  latest?: true;
}

const AGGREGATES = new Set([
  'count', 'sum', 'avg', 'min', 'max', 'bool_and', 'bool_or', 'every', 'array_agg', 'string_agg', 'json_agg', 'jsonb_agg', 'json_object_agg',
  'jsonb_object_agg', 'stddev', 'variance', 'bit_and', 'bit_or', 'percentile_cont', 'percentile_disc', 'mode',
]);
const COUNTING = new Set(['count', 'sum']);
/** Functions that return sets: a bare call of one is no single row. */
const SETS = /^(?:generate_series|unnest|regexp_matches|regexp_split_to_table|json(?:b)?_(?:each|array_elements|object_keys|to_recordset|populate_recordset).*|string_to_table|pg_ls_.*)$/;

/** The shape of a parsed statement. `command` is its tag. */
export function shapeOf(node: Node, command: string): StatementShape {
  const [kind, body] = unwrap(node);
  const tables = tablesOf(node);
  const base = { tables, command, ordered: false, columns: [] as (string | null)[], singleColumn: false, counts: false, filtered: false };
  switch (kind) {
    case 'SelectStmt':
      return { ...selectShape(body, base), ...figuresOf(body, counting, columnName) };
    case 'InsertStmt': case 'UpdateStmt': case 'DeleteStmt': case 'MergeStmt': {
      // `returningList` in older grammars, `returningClause` from 18 on.
      const returning = child(body, 'returningClause');
      const targets = returning ? children(returning, 'exprs') : children(body, 'returningList');
      const columns = targets.map(columnName);
      return { ...base, returnsRows: targets.length > 0, oneRow: false, columns, singleColumn: single(targets) };
    }
    case 'ExplainStmt': case 'VariableShowStmt':
      return { ...base, returnsRows: true, oneRow: kind === 'VariableShowStmt', columns: [kind === 'ExplainStmt' ? 'QUERY PLAN' : text(body, 'name')], singleColumn: true };
    case 'CallStmt': case 'ExecuteStmt': case 'FetchStmt':
      return { ...base, returnsRows: true, oneRow: false };
    default:
      return { ...base, returnsRows: false, oneRow: false };
  }
}

function selectShape(body: Node, base: Omit<StatementShape, 'returnsRows' | 'oneRow'>): StatementShape {
  const ordered = children(body, 'sortClause').length > 0;
  if (child(body, 'intoClause')) return { ...base, returnsRows: false, oneRow: false };
  const left = child(body, 'larg');
  if (left) {
    const inner = selectShape(left, base);
    return { ...inner, oneRow: false, counts: false, filtered: inner.filtered || /EXCEPT|INTERSECT/.test(text(body, 'op') ?? ''), ordered };
  }
  const lists = children(body, 'valuesLists');
  if (lists.length > 0) {
    const width = children(unwrap(lists[0])[1], 'items').length;
    return { ...base, returnsRows: true, oneRow: lists.length === 1, columns: Array.from({ length: width }, (_, index) => `column${index + 1}`), singleColumn: width === 1, ordered };
  }
  const targets = children(body, 'targetList');
  const grouped = children(body, 'groupClause').length > 0;
  const from = children(body, 'fromClause').length > 0;
  const aggregate = targets.length > 0 && targets.some((target) => holdsCall(target, AGGREGATES));
  const set = targets.some(callsSet);
  const defined = definedBy(body);
  // What counts within another language comes in one row.
  const counted = defined?.length === 1 && unwrap(children(body, 'fromClause')[0])[0] === 'RangeFunction' && /^(?:count|total|cnt|n|sum)$/i.test(defined[0] ?? '');
  const oneRow = !grouped && !set && (aggregate || !from || counted);
  const columns = defined ?? targets.map(columnName);
  const limit = child(child(child(body, 'limitCount') ?? {}, 'A_Const') ?? {}, 'ival');
  const falling = children(body, 'sortClause').some((one) => text(unwrap(one)[1], 'sortby_dir') === 'SORTBY_DESC');
  const percent = targets.length === 1 && /"(?:ival":100|fval":"100(?:\.0*)?")/.test(JSON.stringify(targets[0]));
  return { ...base, ...sortedBy(body, columns), ...(percent ? { percent: true as const } : {}), ...(limit?.['ival'] === 1 || (grouped ? isOneGroup(body) : isById(body)) ? { atMostOne: true as const } : {}), ...(typeof limit?.['ival'] === 'number' ? { most: limit['ival'], ...(falling && limit['ival'] > 1 ? { latest: true as const } : {}) } : {}), returnsRows: true, oneRow, columns, ...(children(body, 'distinctClause').length > 0 ? { distinct: true as const } : {}), ...textsOf(targets), ...sourcesOf(targets, columns), ...truthsOf(targets, columns), ...(oneRow ? figureOf(targets, columns, (target) => holdsCall(target, COUNTING)) : {}), ...soughtBy(body['whereClause'], targets), singleColumn: defined === null ? single(targets) : defined.length === 1, ...(seeksNull(body['whereClause']) ? { seeksNull: true as const } : {}), filtered: body['whereClause'] !== undefined || body['havingClause'] !== undefined, counts: oneRow && targets.length === 1 && holdsCall(targets[0], COUNTING), ordered };
}

/** The columns that a WHERE holds to one value each. */
function heldTo(where: unknown, values: readonly string[]): Set<string> {
  const held = new Set<string>();
  const hold = (part: unknown): void => {
    const [kind, node] = unwrap(part);
    if (kind === 'BoolExpr' && text(node, 'boolop') === 'AND_EXPR') children(node, 'args').forEach(hold);
    else if (kind === 'A_Expr' && text(node, 'kind') === 'AEXPR_OP' && lastName(children(node, 'name')) === '=' && values.includes(unwrap(node['rexpr'])[0] ?? '')) held.add(nameOfValue(node['lexpr']) ?? '');
  };
  hold(where);
  return held;
}

/** Whether it reads one table, and of that the row with one id. */
function isById(body: Node): boolean {
  const [from, ...more] = children(body, 'fromClause');
  return more.length === 0 && unwrap(from)[0] === 'RangeVar' && heldTo(body['whereClause'], ['A_Const', 'ParamRef', 'TypeCast']).has('id');
}

/** Whether all that it groups by is held to one value by its WHERE: there is one group at most. */
function isOneGroup(body: Node): boolean {
  const held = heldTo(body['whereClause'], ['A_Const']);
  return children(body, 'groupClause').every((key) => unwrap(key)[0] === 'ColumnRef' && held.has(nameOfValue(key) ?? '-'));
}

function sortedBy(body: Node, columns: readonly (string | null)[]): Pick<StatementShape, 'sortedBy'> {
  const [first] = children(body, 'sortClause');
  const sort = unwrap(first)[1];
  const place = child(child(unwrap(sort['node'])[1], 'ival') ?? {}, 'ival') ?? child(unwrap(sort['node'])[1], 'ival')?.['ival'];
  const column = typeof place === 'number' ? columns[place - 1] : first === undefined ? null : nameOfValue(sort['node']);
  return column == null || column === '*' ? {} : { sortedBy: { column, falling: text(sort, 'sortby_dir') === 'SORTBY_DESC' } };
}

function seeksNull(where: unknown): boolean {
  const [kind, node] = unwrap(where);
  if (kind === 'NullTest') return text(node, 'nulltesttype') === 'IS_NULL';
  return kind === 'BoolExpr' && text(node, 'boolop') !== 'NOT_EXPR' && children(node, 'args').some(seeksNull);
}

/** Schemas are looked into, not for. */
const PLACES = new Set(['public', 'auth', 'storage', 'extensions', 'information_schema', 'pg_catalog']);

/** Texts that a column which is selected, too, is compared with. */
function soughtBy(where: unknown, targets: unknown[]): Pick<StatementShape, 'sought' | 'soughtIn' | 'like'> {
  if (where === undefined) return {};
  const selected = new Set(targets.map((target) => nameOfValue(unwrap(target)[1]['val'])));
  const sought = new Set<string>();
  const like = new Set<string>();
  const within = new Set<string>();
  let either = false;
  visit(where, (key, node) => {
    if (key === 'BoolExpr' && text(node, 'boolop') === 'OR_EXPR') either = true;
    if (key === 'A_Expr' && /^AEXPR_I?LIKE$/.test(text(node, 'kind') ?? '') && /^~~\*?$/.test(lastName(children(node, 'name')) ?? '') && selected.has(nameOfValue(node['lexpr']))) {
      const said = child(unwrap(node['rexpr'])[1], 'sval');
      const piece = (said && text(said, 'sval'))?.split(/[%]/).reduce((one, other) => (other.length > one.length ? other : one)) ?? '';
      if (piece.length > 2) like.add(piece.toLowerCase());
    }
    const column = key === 'A_Expr' && /^AEXPR_(?:OP|IN|OP_ANY)$/.test(text(node, 'kind') ?? '') && lastName(children(node, 'name')) === '=' ? nameOfValue(node['lexpr']) : null;
    if (column === null || (!selected.has(column) && !selected.has('*'))) return;
    visit(node['rexpr'], (inner, one) => {
      const said = inner === 'A_Const' ? child(one, 'sval') : null;
      const value = said && text(said, 'sval');
      if (value === null || !/^[\w.:@/ -]{2,80}$/.test(value) || PLACES.has(value)) return;
      sought.add(value);
      within.add(column);
    });
  });
  // "LIKE '%a%' OR name = 'b'": a name may come without the piece.
  if (either) like.clear();
  return { ...(sought.size > 0 ? { sought: [...sought], ...(within.size === 1 ? { soughtIn: [...within].join('') } : {}) } : {}), ...(like.size > 0 ? { like: [...like] } : {}) };
}

/** What the outcomes of each column's CASE are; nothing where no column has one. */
function textsOf(targets: unknown[]): Pick<StatementShape, 'texts'> {
  const texts = targets.map((target) => {
    const [kind, node] = unwrap(unwrap(target)[1]['val']);
    return kind !== 'CaseExpr' ? [] : [...children(node, 'args').map((arm) => unwrap(arm)[1]['result']), node['defresult']].flatMap((one) => {
      const said = child(unwrap(one)[1], 'sval');
      return said === null ? [] : [text(said, 'sval') ?? ''];
    });
  });
  return texts.some((own) => own.length > 0) ? { texts } : {};
}

/** `SELECT * FROM f() AS (total int)`: the names that the query itself gives to what the function returns. */
function definedBy(body: Node): (string | null)[] | null {
  const [from, ...others] = children(body, 'fromClause');
  const [target, ...more] = children(body, 'targetList');
  if (others.length > 0 || more.length > 0 || columnName(target) !== '*') return null;
  const [kind, node] = unwrap(from);
  if (kind === 'RangeVar') return ofCommonTable(body, node);
  const defined = kind === 'RangeFunction' ? children(node, 'coldeflist') : [];
  return defined.length === 0 ? null : defined.map((one) => text(unwrap(one)[1], 'colname'));
}

/** `WITH all AS (SELECT id, name …) SELECT * FROM all`: the columns of that query, where each has a name. */
function ofCommonTable(body: Node, table: Node): (string | null)[] | null {
  const name = text(table, 'relname');
  const own = children(child(body, 'withClause') ?? {}, 'ctes').map((one) => unwrap(one)[1]).find((one) => text(one, 'ctename') === name);
  if (own === undefined || text(table, 'schemaname') !== null || children(own, 'aliascolnames').length > 0) return null;
  const [kind, query] = unwrap(own['ctequery']);
  const names = kind === 'SelectStmt' && !child(query, 'larg') ? children(query, 'targetList').map(columnName) : [];
  return names.length === 0 || names.some((one) => one === null || one === '*') ? null : names;
}

function single(targets: unknown[]): boolean {
  return targets.length === 1 && columnName(targets[0]) !== '*';
}

/** The name the server gives an output column. */
function columnName(target: unknown): string | null {
  const [, node] = unwrap(target);
  const named = text(node, 'name');
  if (named !== null) return named;
  return nameOfValue(node['val']);
}

function nameOfValue(value: unknown): string | null {
  const [kind, node] = unwrap(value);
  switch (kind) {
    case 'ColumnRef': {
      const last = children(node, 'fields').at(-1);
      return unwrap(last)[0] === 'A_Star' ? '*' : lastName(children(node, 'fields'));
    }
    case 'FuncCall':
      return lastName(children(node, 'funcname'));
    case 'TypeCast':
      return nameOfValue(node['arg']) ?? lastName(children(child(node, 'typeName') ?? {}, 'names'));
    case 'CaseExpr':
      return 'case';
    case 'CoalesceExpr':
      return 'coalesce';
    case 'SubLink':
      return text(node, 'subLinkType') === 'EXISTS_SUBLINK' ? 'exists' : nameOfSubquery(node);
    case 'SQLValueFunction':
      return (text(node, 'op') ?? '').replace(/^SVFOP_/, '').toLowerCase();
    default:
      return null;
  }
}

function nameOfSubquery(node: Node): string | null {
  const [, select] = unwrap(node['subselect']);
  const [target] = children(select, 'targetList');
  return target === undefined ? null : columnName(target);
}

/** A column that counts or adds up. */
const counting = (target: unknown): boolean => holdsCall(target, COUNTING);

/** A call of one of these aggregates outside sub-queries and window frames. */
function holdsCall(target: unknown, names: ReadonlySet<string>): boolean {
  const stack: unknown[] = [target];
  for (let top = stack.pop(); top !== undefined; top = stack.pop()) {
    if (typeof top !== 'object' || top === null) continue;
    if (Array.isArray(top)) {
      stack.push(...top);
      continue;
    }
    const node = top as Node;
    if ('SubLink' in node) continue;
    const call = child(node, 'FuncCall');
    if (call && !child(call, 'over') && (call['agg_star'] === true || names.has(lastName(children(call, 'funcname')) ?? ''))) return true;
    for (const inner of Object.values(node)) if (typeof inner === 'object') stack.push(inner);
  }
  return false;
}

function callsSet(target: unknown): boolean {
  const [kind, node] = unwrap(unwrap(target)[1]['val']);
  return kind === 'FuncCall' && SETS.test(lastName(children(node, 'funcname')) ?? '');
}

function tablesOf(root: Node): string[] {
  const names = new Set<string>();
  visit(root, (key, node) => {
    if (key !== 'RangeVar' && key !== 'relation' && key !== 'rel') return;
    const name = text(node, 'relname');
    if (name !== null) names.add(name);
  });
  return [...names];
}
