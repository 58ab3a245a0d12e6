import type { Assertion, Scalar } from '../../assertions/assertion.js';
import { catalogType } from './catalog.js';
import { onlyColumn } from './forms.js';
import { numberOf } from './normal.js';
import { flagOf, namingColumn, ofCatalog, pairOf } from './row-of.js';
import { isExplain, listsColumns, type StatementShape } from './shape.js';

/** Lines that name a row each and tell facts of it: "`boat_touch` (BEFORE UPDATE)", "`hulls` — private", "`made_at` (text, default 'x', nullable)". */

/** A cell: its column, and what it holds; of several a row each. `in`: one of them; `contains`: a part of what it holds. */
type Cell = readonly [column: string, values: readonly Scalar[], op?: 'in' | 'contains'];

const LINE = /^[-*•]?\s*(?:✅\s*)?(`[^`]+`|"[^"]+"|[a-z_][\w.]*)\s*(?:\(([^()]*(?:\([^()]*\)[^()]*)*)\)(?:\s*(?:—|–|-|:)\s+(.+?))?|(?:—|–|-|:|→|->)\s+(.+?)|\s((?:on|with)\s.+?))\s*[.]?$/i;
/** "(SELECT only) on `boats` table": both are facts of the row. */
const COMMAND_ON = /\((SELECT|INSERT|UPDATE|DELETE|ALL) only\)(?: (?=on )(on (?:the )?`?[\w.]+`?(?: table)?))?$/;
/** "bigint or uuid": of either type. */
const EITHER_TYPE = /^`?([a-z][a-z ]*)`? or `?([a-z][a-z ]*)`?$/i;
/** What leaves open whether the row is there, or which of two it is. */
const OPEN = /\b(?:optional\w*|or|if|may|might|maybe|either|unless)\b|\?/i;

const TIMING = /^(BEFORE|AFTER|INSTEAD OF) (INSERT|UPDATE|DELETE|TRUNCATE)((?:(?: OR |\/|, ?)(?:INSERT|UPDATE|DELETE|TRUNCATE))*)$/i;

/** "size = 5" of `file_size_limit`: the one column that has the word for a part of its name; any other word as it is. */
function inFull(word: string, shape: StatementShape): string {
  const own = shape.columns.filter((name): name is string => name !== null && name.toLowerCase().split('_').includes(word.toLowerCase()));
  return own.length === 1 ? (own[0] ?? word) : word;
}

/** What one fact says, as far as the result has a column for it. */
function cellsOf(fact: string, name: string, naming: string, shape: StatementShape): Cell[] | null {
  const said = fact.trim();
  const only = (called: RegExp): string | undefined => onlyColumn(shape, called);
  const one = (cell: readonly [string, Scalar] | null): Cell[] | null => (cell === null || cell[0] === naming ? null : [[cell[0], [cell[1]]]]);
  const [, timing, first = '', others = ''] = TIMING.exec(said) ?? [];
  if (timing !== undefined) {
    const [when, event] = [only(/^action_timing$/i), only(/^event_manipulation$/i)];
    const events = [first, ...(others.match(/[A-Z]{6,}/gi) ?? [])].map((each) => each.toUpperCase());
    return when === undefined && event === undefined ? null : [...(when === undefined ? [] : [[when, [timing.toUpperCase()]] as const]), ...(event === undefined ? [] : [[event, events] as const])];
  }
  // "SELECT for crews": whom it is for, the name tells already.
  const command = /^`?(SELECT|INSERT|UPDATE|DELETE|ALL)`?(?: (?:for|to) (?:the )?[\w-]+(?: [\w-]+)?)?$/.exec(said)?.[1];
  const commands = only(/^(?:cmd|polcmd|operation|command)$/i) ?? only(/^event_manipulation$/i);
  if (command !== undefined) return commands === undefined ? null : [[commands, [command]]];
  const role = /^`?(anon|authenticated|public|service_role)`?$/i.exec(said)?.[1];
  const roles = only(/^roles$/i);
  if (role !== undefined && roles !== undefined && shape.tables.includes('pg_policies')) return [[roles, [`{${role.toLowerCase()}}`]]];
  // "`idx_boats_pier_id` on `pier_id`", "on (pier_id, made_at)": the columns that an index is over.
  const [, keys, key] = /^on `?(?:[a-z_]\w*)?(\([a-z_]\w*(?:, ?[a-z_]\w*)*\))`?$|^on (?:the )?`?([a-z_]\w*)`?$/i.exec(said) ?? [];
  const definition = only(/^indexdef$/i);
  if (definition !== undefined && (keys !== undefined || (key !== undefined && name.endsWith(`_${key}`)))) return [[definition, [keys?.replace(/,(?=\S)/g, ', ') ?? `(${key ?? ''}`], 'contains']];
  // "with check: `true`", "using: `(owner = 1)`": just as the server writes it, in its brackets.
  const [, clause = '', condition = ''] = /^with (check|using)(?: expression)?:? `(true|false|\(.*\))`$/i.exec(said) ?? [];
  const clauses = clause === '' ? undefined : only(/^c/i.test(clause) ? /^with_check/i : /^(?:qual|using\w*)$/i);
  if (clause !== '') return clauses === undefined ? null : [[clauses, [condition]]];
  const table = /^on (?:the )?(?:table )?`?([a-z_][\w.]*)`?(?: table)?$/i.exec(said)?.[1];
  const tables = only(/^(?:event_object_table|tablename|table_name|relname|on_table|table)$/i);
  if (table !== undefined) return tables === undefined || tables === naming ? null : [[tables, [table.replace(/^table$|^on_table$/i.test(tables) ? /^public\./ : /^\w+\./, '')]]];
  const preset = /^default:? `?(-?\d+(?:\.\d+)?|true|false|now\(\)|gen_random_uuid\(\))`?$/i.exec(said)?.[1] ?? /^`?(now\(\)|gen_random_uuid\(\)|uuid_generate_v4\(\))`?$/i.exec(said)?.[1];
  const kind = /^(PRIMARY KEY|FOREIGN KEY|UNIQUE|CHECK)$/i.exec(said)?.[1] ?? /^(FUNCTION|PROCEDURE)$/i.exec(said)?.[1];
  const kinds = only(/^FUN|^PRO/i.test(kind ?? '') ? /^routine_type$/i : /^constraint_type$/i);
  if (kind !== undefined) return kinds === undefined ? null : [[kinds, [kind.toUpperCase()]]];
  const presets = only(/^column_default$/i);
  if (preset !== undefined) return presets === undefined ? null : [[presets, [`${preset.toLowerCase()}…`]]];
  const types = only(/^data_type$/i);
  if (types !== undefined && /^timestamp$/i.test(said)) return [[types, ['timestamp…']]];
  const either = EITHER_TYPE.exec(said)?.slice(1).map((type) => catalogType(type));
  if (types !== undefined && either?.every((type) => type !== undefined) === true) return [[types, either.map(String), 'in']];
  return one(pairOf(said, shape)) ?? one(pairOf(said.replace(/^([a-z]{4,})(?= ?= ?)/i, (word) => inFull(word, shape)), shape)) ?? one(flagOf(said, shape)) ?? one(ofCatalog(said, shape));
}

/** A row by its name and its facts; `open`: some of it no column shows. Null where the line is none. */
function rowOf(line: string, naming: string, shape: StatementShape): { name: string; cells: Cell[]; open: boolean } | null {
  const [, said = '', inside, remark = '', behind, onTable] = LINE.exec(line.trim().replace(COMMAND_ON, (_, command: string, on?: string) => `(${command}${on === undefined ? '' : `, ${on}`})`)) ?? [];
  const name = said.replace(/^[`"](.*)[`"]$/, '$1');
  const known = said !== name || (/^[a-z_]/.test(name) && (name.includes('_') || listsColumns(shape)));
  if (name === '' || !known || /^(?:yes|no|true|false|null|all|any|each|every|both|none|t|f)$/i.test(name) || shape.columns.some((column) => column?.toLowerCase() === name.toLowerCase() && said === name)) return null;
  const facts = (inside ?? behind ?? onTable ?? '').split(/,\s*(?![^()]*\))/);
  const told = facts.map((fact) => cellsOf(fact, name, naming, shape));
  const cells = told.flatMap((each) => each ?? []);
  const open = told.some((each) => each === null) || /\b(?:should|must|not|no|never|only|optional\w*|if|when)\b/i.test(remark);
  return new Set(cells.map(([column]) => column)).size < cells.length ? null : { name, cells, open };
}

/** The column that names the rows: of a query that looks for these names in one of its columns, that one. */
function namedBy(lines: readonly string[], shape: StatementShape): string | null {
  const { sought = [], soughtIn } = shape;
  const own = soughtIn === undefined ? undefined : shape.columns.find((name) => name?.toLowerCase() === soughtIn.toLowerCase());
  return own != null && lines.every((line) => sought.includes(/^\W*([\w.-]+)/.exec(line)?.[1] ?? '')) ? own : namingColumn(shape);
}

/** Rows by their names with what is told of each; what no column of the result shows is one question. Null for other lists. */
export function readFactLines(lines: readonly string[], shape: StatementShape | null): Assertion[] | null {
  const naming = shape?.returnsRows !== true || shape.oneRow || isExplain(shape) || shape.columns.includes('*') ? null : namedBy(lines, shape);
  if (shape === null || naming === null) return null;
  const rows = lines.map((line) => rowOf(line, naming, shape));
  const told = rows.filter((row) => row !== null && row.cells.length > 0).length;
  // "The primary key", among lines that are rows: one question.
  if (told * 2 < rows.length || (rows.includes(null) && told < 2)) return null;
  const unread = lines.filter((_, index) => rows[index]?.open !== false).map((line) => line.trim());
  const groups = new Map<string, { columns: string[]; rows: Scalar[][] }>();
  const others: Assertion[] = [];
  const certain = rows.filter((row, index) => row !== null && !OPEN.test((lines[index] ?? '').replace(/`[^`]*`|"[^"]*"|\b\w+ or \w+(?=\))/g, '')));
  for (const { name, cells, open } of certain.filter((row) => row !== null)) {
    const own = cells.filter(([, , op]) => op === undefined);
    for (const [column, values, op] of cells) if (op !== undefined) others.push({ type: 'column', column, quantifier: 'every', op, value: op === 'in' ? [...values] : (values[0] ?? null), where: { column: naming, value: name } });
    if (own.length === 0 && cells.length > 0 && !open) continue;
    const columns = [naming, ...own.map(([column]) => column)];
    const group = groups.get(columns.join()) ?? { columns, rows: [] };
    groups.set(columns.join(), group);
    const many = Math.max(1, ...own.map(([, values]) => values.length));
    for (let at = 0; at < many; at += 1) group.rows.push([name, ...own.map(([, values]) => values[values.length > 1 ? at : 0] ?? null)]);
  }
  return [...[...groups.values()].map((group): Assertion => ({ type: 'includes', ...group })), ...others, ...(unread.length === 0 ? [] : [{ type: 'operator' as const, text: unread.join('\n') }])];
}

/** "`boats` (rowsecurity = true)", one such line alone: the row of that name; of buckets the name may stand bare. */
export function readFactLine(line: string, shape: StatementShape | null): Assertion[] | null {
  const bare = shape?.tables.includes('buckets') === true ? line.replace(/^([a-z][\w-]*)(?= \([a-z]\w* ?= ?\w+\)$)/, '`$1`') : line;
  const read = /^[`"][^`"]+[`"](?: (?:\([^()]+\)|with (?:check|using)\b.*)|: `?[a-z]\w*`? ?= ?[^,]+(?:, `?[a-z]\w*`? ?= ?[^,]+)*)$/i.test(bare) ? readFactLines([bare], shape) : null;
  return read?.every(({ type }) => type === 'includes') === true ? read : null;
}

/** "2 rows: hull_no (nullable), berth_no (default 0)": as many rows as there are names, and what is told of each. */
export function readCountedFacts(text: string, shape: StatementShape | null): Assertion[] | null {
  const [, said = '', list = ''] = /^(?:exactly )?(\d+|two|three|four|five|six|seven|eight|nine|ten) (?:rows?|columns?|fields?|triggers?|polic(?:y|ies)|buckets?):? (.+\(.+\).*)$/i.exec(text) ?? [];
  const parts = list.split(/,\s+(?:and\s+)?(?![^()]*\))/);
  const facts = parts.length > 1 && numberOf(said) === parts.length && parts.some((part) => /^`?[A-Za-z_]\w*`? \(/.test(part)) ? readFactLines(parts.map((part) => part.replace(/^([A-Za-z_]\w*)/, '`$1`')), shape) : null;
  return facts === null ? null : [{ type: 'rows', op: '=', value: parts.length }, ...facts];
}
