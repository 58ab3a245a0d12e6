import type { Scalar } from '../../assertions/assertion.js';

/** As guides call types, and as `information_schema.columns.data_type` does. */
const TYPES: Readonly<Record<string, string>> = {
  varchar: 'character varying', char: 'character', bpchar: 'character', timestamptz: 'timestamp with time zone', timestamp: 'timestamp without time zone', timetz: 'time with time zone', time: 'time without time zone',
  int: 'integer', int4: 'integer', serial: 'integer', int8: 'bigint', bigserial: 'bigint', int2: 'smallint', bool: 'boolean', decimal: 'numeric', float4: 'real', float8: 'double precision', array: 'ARRAY', 'user-defined': 'USER-DEFINED',
};
const KNOWN = new Set([...Object.values(TYPES), 'uuid', 'text', 'json', 'jsonb', 'date', 'bytea', 'inet', 'cidr', 'interval', 'name', 'oid', 'tsvector', 'xml', 'money', 'point', 'record', 'void', 'trigger']);

/** A type as the catalog has it; undefined where that is not known: of an enum's name it says `USER-DEFINED`. */
export function catalogType(text: string): string | undefined {
  const plain = text.trim().toLowerCase().replace(/\s*\(\s*\d+(?:\s*,\s*\d+)?\s*\)/, '');
  if (plain.endsWith('[]')) return 'ARRAY';
  const own = Object.hasOwn(TYPES, plain) ? TYPES[plain] : plain;
  return own !== undefined && KNOWN.has(own) ? own : undefined;
}

/** A type that a guide calls in its own way, where a column holds types; any other value as it is. */
export function typeInCatalog<Value>(column: string, value: Value): Value | string {
  return /^data_type$/i.test(column) && typeof value === 'string' ? (catalogType(value) ?? value) : value;
}

/** What a cell of the catalog's own columns is compared with; undefined where a guide's word for it may not be the catalog's. */
export function catalogCell(column: string | null, cell: Scalar): Scalar | undefined {
  if (cell === null && column?.toLowerCase() === 'is_nullable') return 'YES';
  if (typeof cell !== 'string' || /…|\.{3}/.test(cell)) return cell;
  switch (column?.toLowerCase()) {
    case 'data_type':
      return catalogType(cell);
    case 'is_nullable':
      return /^(?:yes|null|nullable)$/i.test(cell) ? 'YES' : /^(?:no|not null)$/i.test(cell) ? 'NO' : undefined;
    case 'qual': case 'with_check':
      // The server sets brackets around what is more than one value.
      return /^\(?(true|false)\)?$/i.exec(cell)?.[1]?.toLowerCase() ?? (/^\(.*\)$/s.test(cell) ? cell : undefined);
    case 'column_default':
      if (/^(?:-|–|—|none|no default)$/i.test(cell)) return null;
      // The server writes the cast as well.
      return /^'[^']*'$/.test(cell) ? `${cell}…` : cell;
    case 'permissive':
      return /^(?:yes|t|true|permissive)$/i.test(cell) ? 'PERMISSIVE' : /^(?:no|f|false|restrictive)$/i.test(cell) ? 'RESTRICTIVE' : undefined;
    case 'rowsecurity': case 'relrowsecurity': case 'forcerowsecurity': case 'relforcerowsecurity':
      if (/^(?:t \(true\)|f \(false\))$/i.test(cell)) return cell[0]?.toLowerCase();
      if (/^(?:enabled|on|yes)$/i.test(cell)) return 'true';
      return /^(?:disabled|off|no)$/i.test(cell) ? 'false' : /^(?:t|f|true|false)$/i.test(cell) ? cell : undefined;
    default:
      // The server sets what a check says in brackets once more, and writes it in its own way.
      return /^CHECK \((?!\()/.test(cell) ? 'CHECK (…' : cell;
  }
}

/** The roles of a policy as `pg_policies` has them, a list in braces; any other cell as it is. */
export function rolesInCatalog(column: string | null, cell: Scalar | undefined, tables: readonly string[]): Scalar | undefined {
  const listed = column?.toLowerCase() === 'roles' && tables.includes('pg_policies') && typeof cell === 'string' && /^[a-z_]\w*(?:, ?[a-z_]\w*)*$/i.test(cell);
  return listed ? `{${cell.replaceAll(', ', ',')}}` : cell;
}
