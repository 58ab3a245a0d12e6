/** Addresses one catalog object: the catalog by name, or as an SQL expression of its class; oid and column number as SQL expressions. */
export type Address = readonly [catalog: string, oid: string, column?: string];

/** A query that lists objects of one kind with what is known of each. */
export interface ObjectQuery {
  object?: Address;
  /** SQL expression of the whole name, for what PostgreSQL has no address for. */
  name?: string;
  /** What the object is part of: when that is left behind or missing as a whole, this needs no line of its own. */
  parent?: Address;
  /** The object whose schema and extension decide whether this one is ours; default: the object itself. */
  root?: Address;
  /** Members of extensions too, which are left out otherwise: their definitions come with the extension, what people granted on them does not. */
  members?: boolean;
  /** SQL expression of the schema's oid; objects without a schema have none. */
  schema?: string;
  /** SQL expressions put before and after the object's name: `'grant on '`. */
  before?: string;
  after?: string;
  /** Property name → SQL expression (text, boolean, number or NULL for "as usual"). */
  facets: Partial<Record<string, string>>;
  /** FROM, WHERE and GROUP BY. */
  from: string;
}

/** One kind of things in a database. */
export interface Family {
  name: string;
  /** Catalogs it covers, so that what no family covers can be told. */
  catalogs: string[];
  queries(major: number): ObjectQuery[];
}

/** Objects below this number were made by initdb (FirstNormalObjectId of the server's source). */
export const FIRST_OWN_OID = 16384;

/** Schemas that are not the guide's: the system's (unless somebody put something there), sessions' temporary ones, and our own ledger. */
const foreignSchemas = `(s.nspname LIKE 'pg\\_%' OR s.nspname IN ('information_schema', 'deploy_wizard'))`;

/** The text of an array of `name=value` options, in an order of its own. */
export const sorted = (array: string): string => `(SELECT nullif(string_agg(o, ', ' ORDER BY o), '') FROM unnest(${array}) AS o)`;

/** A role's name: asked of the server's cache, which costs less than planning a query for each. */
export const role = (oid: string): string => `pg_catalog.pg_get_userbyid(${oid})`;

/** The class of an address, and whether it is one catalog or differs from row to row. */
const classOf = (catalog: string): string => (isCatalog(catalog) ? `'${catalog}'::regclass` : catalog);
export const isCatalog = (catalog: string): boolean => /^pg_\w+$/.test(catalog);

/** The name PostgreSQL gives an object, qualified and quoted wherever it must be. */
export const nameOf = ([catalog, oid, column = '0']: Address): string =>
  `(SELECT type || ' ' || identity FROM pg_catalog.pg_identify_object(${classOf(catalog)}, ${oid}, ${column}))`;

/** Whether an object came with an extension. */
export const isMember = (catalog: string, oid: string): string =>
  `EXISTS (SELECT FROM pg_catalog.pg_depend d WHERE d.classid = ${classOf(catalog)} AND d.objid = ${oid} AND d.deptype = 'e')`;

/** The type that an object was made for and goes with: constructors and casts of a range. A multirange goes with its range. */
export const madeForType = (catalog: string, oid: string): string =>
  `(SELECT i.type || ' ' || i.identity FROM pg_depend d LEFT JOIN pg_range r ON r.rngmultitypid = d.refobjid, pg_identify_object('pg_type'::regclass, coalesce(r.rngtypid, d.refobjid), 0) AS i
    WHERE d.classid = '${catalog}'::regclass AND d.objid = ${oid} AND d.refclassid = 'pg_type'::regclass AND d.deptype = 'i' LIMIT 1)`;

/**
 * Makes the whole query: names by pg_identify_object, which qualifies and
 * quotes; members of extensions and other people's schemas left out.
 * @returns SQL with columns object, parent, facets
 */
export function objectSql(query: ObjectQuery): string {
  const root = query.root ?? query.object;
  const facets = Object.entries(query.facets).map(([name, expression]) => `'${name}', (${expression ?? 'NULL'})::text`).join(',\n    ');
  const object = query.object ? nameOf(query.object) : `''`;
  // Names cost more than anything else here: that of a thing and its grants' parent is asked for once.
  const same = query.object !== undefined && query.parent !== undefined && query.object.join() === query.parent.join();
  const parent = query.parent && !same ? nameOf(query.parent) : 'NULL::text';
  return `
SELECT f.before || f.name || f.after AS object, ${same ? 'f.name' : 'f.parent'} AS parent, f.facets
FROM (
  SELECT ${query.before ?? `''`} AS before, ${query.name ?? object} AS name, ${query.after ?? `''`} AS after, ${parent} AS parent,
    ${root ? classOf(root[0]) : '0'}::oid AS root_class, (${root ? root[1] : '0'})::oid AS root_id, (${query.schema ?? '0'})::oid AS schema,
    jsonb_strip_nulls(jsonb_build_object(${facets || `'exists', 'yes'`})) AS facets
  ${query.from}
) AS f
WHERE ${query.members ? '' : `NOT ${isMember('f.root_class', 'f.root_id')} AND `}NOT EXISTS (SELECT FROM pg_catalog.pg_namespace s WHERE s.oid = f.schema AND ${foreignSchemas}
    AND NOT (s.nspname = 'pg_catalog' AND f.root_id >= ${FIRST_OWN_OID}))`;
}
