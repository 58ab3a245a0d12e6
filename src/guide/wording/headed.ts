import type { Assertion } from '../../assertions/assertion.js';
import { literalOf } from './literal.js';
import { readNamed, unsigned } from './names.js';
import { hasColumn, isExplain, type StatementShape } from './shape.js';

/** `` `boats` > 20 rows ``, "boat_fkey: pier → piers(id)", `"Crews read" for SELECT`: the name that a row bears, and what is said of that row. */
const HEADED = /^(?:`([\w.$-]+)`|"([^"]+)"|([a-z]+(?:_[a-z0-9]+)+))(?: (?:table|view))?\s*(?:[:：]\s*|(?=(?:>=|<=|[<>≥≤])\s*\d)|\s(?=(?:(?:has|have|with|for|on)\s|to (?:anon|authenticated|public|\w+_\w+)(?![\w-]))))(\S.*)$/u;
/** Names in quotes, one behind the other, as policies have them. */
const QUOTED = /^"[^"]+"(?:,? (?:and )?"[^"]+")*$/;
/** Names, one behind the other, as those of indexes are. */
const GROUP = /^`?[a-z]\w*_\w+`?(?:,\s*`?[a-z]\w*_\w+`?)*$/;
/** What may say that the row is not there, or need not be. */
const OPEN = /(?<![\p{L}\d])(?:not|no|never|cannot|none|nothing|without|zero|0|removed|dropped|gone|absent|missing|deleted|renamed|replaced|moved|superseded|became|old|optional\w*|may|might|could|if|unless|when|or|either|ignore\w*|deprecated|unused|empty|fewer|less|under|below|at most|up to)(?![\p{L}\d])|n't\b|[❌✗✘🚫<≤]/iu;

interface Head {
  name: string;
  tail: string;
}

function headOf(line: string): Head | null {
  const [, ticked, quoted, plain, tail = ''] = HEADED.exec(line.replace(/\*\*/g, '').trim()) ?? [];
  const name = ticked ?? quoted ?? plain;
  return name === undefined ? null : { name, tail };
}

/** Whether each line begins with a name of its own and goes on about it: rows of one result, told one by one. */
export function areHeaded(lines: readonly string[]): boolean {
  const heads = lines.map((line) => headOf(unsigned(line)));
  return heads.length > 0 && heads.every((head) => head !== null) && new Set(heads.map((head) => head?.name)).size === heads.length;
}

/** The rows of such names must be there; what is said of each of them is one question. */
export function readHeaded(lines: readonly string[], shape: StatementShape | null): Assertion[] | null {
  if (shape === null || !shape.returnsRows || shape.oneRow || isExplain(shape) || !areHeaded(lines)) return null;
  const heads = lines.flatMap((line) => headOf(unsigned(line)) ?? []);
  if (heads.some(({ name, tail }) => hasColumn(shape, name) !== false || OPEN.test(tail.replace(/\bNOT NULL\b/gi, '')))) return null;
  // The table that is read from, rather than the name in one of its rows.
  if (heads.some(({ name }) => shape.tables.includes(name.toLowerCase()) && shape.constants?.includes(name) !== true)) return null;
  // "`mood`: "calm"": a column that the result does not have.
  if (heads.some(({ tail }) => { const value = literalOf(tail); return value !== undefined && typeof value !== 'number' && !QUOTED.test(tail); }) || heads.every(({ tail }) => literalOf(tail) !== undefined)) return null;
  const within = heads.flatMap(({ tail }) => (QUOTED.test(tail) ? [...tail.matchAll(/"([^"]+)"/g)].map(([, name = '']) => name) : []));
  // "boats: idx_boats_name, idx_boats_pier" of a result of such names alone: what they are of is not among them.
  if (shape.singleColumn && heads.every(({ tail }) => GROUP.test(tail))) return readNamed(heads.flatMap(({ tail }) => tail.replaceAll('`', '').split(/,\s*/)), shape, false)?.assertions ?? null;
  const found = readNamed([...heads.map(({ name }) => name), ...within], shape, false);
  return found === null ? null : [...found.assertions, { type: 'operator', text: lines.map((line) => line.trim()).join('\n') }];
}
