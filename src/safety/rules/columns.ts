import { child, children, lastName, text, visit } from '../../guide/sql-nodes.js';
import type { Node } from '../../guide/sql-parse.js';
import type { Rule } from '../rule.js';
import { alterations, columnsAdded, constraintsOf, tableOf, typeOf } from '../tree.js';

/** Functions that give another value for each row: adding a column with one rewrites the table. */
const VOLATILE = new Set(['random', 'gen_random_uuid', 'uuid_generate_v1', 'uuid_generate_v1mc', 'uuid_generate_v4', 'uuidv4', 'uuidv7', 'clock_timestamp', 'timeofday', 'nextval', 'gen_random_bytes']);
const SERIAL = new Set(['serial', 'serial2', 'serial4', 'serial8', 'bigserial', 'smallserial']);

function volatileDefault(column: Node): string | null {
  let found: string | null = null;
  for (const one of constraintsOf(column, 'CONSTR_DEFAULT')) {
    visit(one['raw_expr'], (key, node) => {
      const name = key === 'FuncCall' ? lastName(children(node, 'funcname')) : null;
      if (name !== null && VOLATILE.has(name)) found = name;
    });
  }
  return found;
}

const nameOf = (column: Node) => text(column, 'colname') ?? '';

/** Columns of tables that are in use. */
export const columnRules: Rule[] = [
  {
    id: 'add-required-column', severity: 'error', why: 'it fails as soon as the table has a row', safer: 'give it a constant DEFAULT, or add it nullable, fill it, then demand it',
    find: (one, { created }) => columnsAdded(one).filter(({ column, isNew }) => !isNew && !created.has(tableOf(one)) && constraintsOf(column, 'CONSTR_NOTNULL').length > 0 && ['CONSTR_DEFAULT', 'CONSTR_GENERATED', 'CONSTR_IDENTITY'].every((type) => constraintsOf(column, type).length === 0) && !SERIAL.has(typeOf(column)))
      .map(({ column }) => ({ what: `adds the column ${nameOf(column)}, NOT NULL without a default`, mark: /not\s+null/i })),
  },
  {
    id: 'add-column-rewrite', severity: 'error', why: 'the whole table is rewritten while nobody can read it', safer: 'add the column without it, set the default for new rows, and fill the old ones in batches',
    find: (one, { created }) => columnsAdded(one).filter(({ isNew }) => !isNew && !created.has(tableOf(one))).flatMap(({ column }) => {
      const volatile = volatileDefault(column);
      if (volatile !== null) return [{ what: `adds the column ${nameOf(column)} with the volatile default ${volatile}()`, mark: /default/i }];
      if (SERIAL.has(typeOf(column)) || constraintsOf(column, 'CONSTR_IDENTITY').length > 0) return [{ what: `adds the numbered column ${nameOf(column)}` }];
      return constraintsOf(column, 'CONSTR_GENERATED').some((generated) => text(generated, 'generated_kind') !== 'v') ? [{ what: `adds the stored generated column ${nameOf(column)}`, mark: /generated/i }] : [];
    }),
  },
  {
    id: 'change-column-type', severity: 'error', why: 'most changes of a type rewrite the table and its indexes under an exclusive lock', safer: 'add a column of the new type, fill it in batches, then change the names',
    find: (one, { created }) => alterations(one, 'AT_AlterColumnType').filter(() => !created.has(tableOf(one))).map((cmd) => ({ what: `changes the type of ${text(cmd, 'name') ?? ''}`, mark: /\btype\b/i })),
  },
  {
    id: 'set-not-null', severity: 'error', why: 'every row is checked while nobody can read or write the table', safer: 'add CHECK (column IS NOT NULL) NOT VALID, validate it in another transaction, then SET NOT NULL (it needs no scan then)',
    find: (one, { created, all, index }) => alterations(one, 'AT_SetNotNull').filter(() => !created.has(tableOf(one)) && !all.slice(0, index).some((before) => tableOf(before) === tableOf(one) && alterations(before, 'AT_ValidateConstraint').length > 0)).map((cmd) => ({ what: `demands NOT NULL of ${text(cmd, 'name') ?? ''}`, mark: /set\s+not\s+null/i })),
  },
  {
    id: 'drop-not-null', severity: 'warning', why: 'programs that never met a NULL there may fail', safer: 'make sure that every reader expects it',
    find: (one, { created }) => alterations(one, 'AT_DropNotNull').filter(() => !created.has(tableOf(one))).map((cmd) => ({ what: `lets ${text(cmd, 'name') ?? ''} be NULL`, mark: /drop\s+not\s+null/i })),
  },
  {
    id: 'json-column', severity: 'warning', why: 'json has no equality: DISTINCT, GROUP BY and UNION over it fail', safer: 'use jsonb',
    find: (one) => columnsAdded(one).filter(({ column }) => typeOf(column) === 'json').map(({ column }) => ({ what: `the column ${nameOf(column)} is json`, mark: /\bjson\b/i })),
  },
  {
    id: 'char-column', severity: 'warning', why: 'char(n) pads with blanks and saves nothing', safer: 'use text, with a CHECK for the length',
    find: (one) => columnsAdded(one).filter(({ column }) => typeOf(column) === 'bpchar').map(({ column }) => ({ what: `the column ${nameOf(column)} is char`, mark: /\bchar(?:acter)?\b/i })),
  },
  {
    id: 'timestamp-without-zone', severity: 'warning', why: 'the moment it means hangs on the settings of whoever wrote it', safer: 'use timestamptz',
    find: (one) => columnsAdded(one).filter(({ column }) => typeOf(column) === 'timestamp').map(({ column }) => ({ what: `the column ${nameOf(column)} is timestamp without time zone`, mark: /\btimestamp\b/i })),
  },
  {
    id: 'small-primary-key', severity: 'warning', why: 'an integer key ends at 2,147,483,647, and widening it rewrites the table', safer: 'use bigint generated always as identity, or uuid',
    find: (one) => columnsAdded(one).filter(({ column }) => ['int4', 'int2', 'serial', 'serial4', 'smallserial'].includes(typeOf(column)) && constraintsOf(column, 'CONSTR_PRIMARY').length > 0).map(({ column }) => ({ what: `the primary key ${nameOf(column)} is ${typeOf(column).replace('int4', 'integer').replace('int2', 'smallint')}` })),
  },
  {
    id: 'rename', severity: 'error', why: 'every program that runs now knows the old name only', safer: 'keep the old name as a view or a second column until nothing uses it',
    find: (one, { created }) => {
      const type = text(one.body, 'renameType') ?? '';
      if (one.kind === 'AlterEnumStmt') return text(one.body, 'oldVal') === null ? [] : [{ what: 'renames a value of an enum' }];
      if (one.kind !== 'RenameStmt' || created.has(text(child(one.body, 'relation') ?? {}, 'relname') ?? '')) return [];
      const what: Record<string, string> = { OBJECT_TABLE: 'a table', OBJECT_COLUMN: 'a column', OBJECT_SCHEMA: 'a schema', OBJECT_VIEW: 'a view', OBJECT_TYPE: 'a type', OBJECT_FUNCTION: 'a function' };
      return what[type] === undefined ? [] : [{ what: `renames ${what[type]}` }];
    },
  },
  {
    id: 'long-name', severity: 'warning', why: 'PostgreSQL cuts names after 63 bytes, and two may become one', safer: 'choose a shorter name',
    find: (one) => {
      const long = new Set<string>();
      visit({ one: one.body }, (_key, node) => {
        for (const field of ['relname', 'colname', 'idxname', 'conname', 'policy_name', 'trigname']) if (Buffer.byteLength(text(node, field) ?? '') >= 63 && one.kind !== 'SelectStmt') long.add(text(node, field) ?? '');
      });
      return [...long].filter((name) => new RegExp(`${name.replace(/[^\w]/g, '.')}\\w`).test(one.sql) || Buffer.byteLength(name) > 63).map((name) => ({ what: `a name that begins with ${name.slice(0, 30)} is longer than 63 bytes` }));
    },
  },
];

