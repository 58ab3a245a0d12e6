import { nameOf, sorted, type Family } from './family.js';

/** Constraints of tables and domains, with their validity; indexes, with theirs. */
export const constraints: Family = {
  name: 'constraints and indexes',
  catalogs: ['pg_constraint', 'pg_index'],
  queries: (major) => [
    {
      object: ['pg_constraint', 'k.oid'], parent: ['pg_class', 'k.conrelid'], root: ['pg_class', 'k.conrelid'], schema: 'k.connamespace',
      facets: {
        definition: 'pg_get_constraintdef(k.oid)',
        validated: `CASE WHEN k.convalidated THEN 'yes' ELSE 'no' END`,
        inherited: `CASE WHEN k.coninhcount > 0 THEN CASE WHEN k.conislocal THEN 'and local' ELSE 'only' END END`,
        // ALTER TABLE … DISABLE TRIGGER ALL silences foreign keys too, on either side.
        triggers: `(SELECT nullif(string_agg(DISTINCT t.tgrelid::regclass || ' ' || CASE t.tgenabled WHEN 'D' THEN 'disabled' WHEN 'R' THEN 'replica' WHEN 'A' THEN 'always' END, ', '), '')
          FROM pg_trigger t WHERE t.tgconstraint = k.oid AND t.tgisinternal AND t.tgenabled <> 'O')`,
      },
      from: `FROM pg_constraint k WHERE k.conrelid <> 0 AND k.contype NOT IN ('t'${major >= 18 ? `, 'n'` : ''})`,
    },
    {
      object: ['pg_constraint', 'k.oid'], parent: ['pg_type', 'k.contypid'], root: ['pg_type', 'k.contypid'], schema: 'k.connamespace',
      facets: { definition: 'pg_get_constraintdef(k.oid)', validated: `CASE WHEN k.convalidated THEN 'yes' ELSE 'no' END` },
      from: 'FROM pg_constraint k WHERE k.contypid <> 0',
    },
    {
      object: ['pg_class', 'i.indexrelid'], root: ['pg_class', 'i.indrelid'], schema: 'c.relnamespace',
      facets: {
        // An index that a constraint made is part of it, any other of its table.
        'part of': `coalesce((SELECT ${nameOf(['pg_constraint', 'k.oid'])} FROM pg_constraint k WHERE k.conindid = i.indexrelid AND k.conrelid = i.indrelid AND k.contype IN ('p', 'u', 'x')), ${nameOf(['pg_class', 'i.indrelid'])})`,
        definition: 'pg_get_indexdef(i.indexrelid)',
        valid: `CASE WHEN i.indisvalid AND i.indisready AND i.indislive THEN 'yes' ELSE 'no' END`,
        clustered: `CASE WHEN i.indisclustered THEN 'yes' END`,
        tablespace: '(SELECT spcname FROM pg_tablespace WHERE oid = c.reltablespace)',
        options: sorted('c.reloptions'),
        'attached to': '(SELECT inhparent::regclass FROM pg_inherits WHERE inhrelid = i.indexrelid)',
        statistics: `(SELECT string_agg(a.attnum || '=' || a.attstattarget, ', ' ORDER BY a.attnum) FROM pg_attribute a WHERE a.attrelid = i.indexrelid AND a.attstattarget >= 0)`,
      },
      from: 'FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid',
    },
  ],
};
