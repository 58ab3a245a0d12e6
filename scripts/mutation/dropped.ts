import type { Graph } from '../../src/graph/graph.js';
import { migrationSteps, kinds, type Kind, type Mutant } from './mutant.js';

/**
 * Statements that take one thing away again, or give one thing too much, for
 * everything in schema public and every trigger: (kind, object, statement).
 * Whatever made the object, a loop or a default privilege included, it is here.
 */
export const sabotages = `
SELECT 'policy', policyname || ' on ' || tablename, format('DROP POLICY %I ON %I.%I', policyname, schemaname, tablename) FROM pg_policies WHERE schemaname = 'public'
UNION ALL SELECT 'index', c.oid::regclass::text, format('DROP INDEX %s', c.oid::regclass)
  FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid WHERE c.relnamespace = 'public'::regnamespace AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = c.oid)
  AND NOT EXISTS (SELECT FROM pg_inherits WHERE inhrelid = c.oid)
UNION ALL SELECT CASE WHEN contype IN ('p', 'u', 'x') THEN 'index' ELSE 'constraint' END, conname || ' of ' || conrelid::regclass, format('ALTER TABLE %s DROP CONSTRAINT %I CASCADE', conrelid::regclass, conname)
  FROM pg_constraint WHERE connamespace = 'public'::regnamespace AND conrelid <> 0 AND conparentid = 0 AND coninhcount = 0 AND contype IN ('p', 'u', 'x', 'c', 'f')
UNION ALL SELECT 'trigger', tgname || ' on ' || tgrelid::regclass, format('DROP TRIGGER %I ON %s', tgname, tgrelid::regclass) FROM pg_trigger WHERE NOT tgisinternal AND tgparentid = 0
UNION ALL SELECT 'trigger', tgname || ' on ' || tgrelid::regclass || ' disabled', format('ALTER TABLE %s DISABLE TRIGGER %I', tgrelid::regclass, tgname) FROM pg_trigger WHERE NOT tgisinternal AND tgparentid = 0
UNION ALL SELECT 'row security', oid::regclass::text, format('ALTER TABLE %s DISABLE ROW LEVEL SECURITY', oid::regclass) FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relrowsecurity
UNION ALL SELECT 'grant', r || ' may read ' || oid::regclass, format('GRANT SELECT ON %s TO %I', oid::regclass, r)
  FROM pg_class, unnest(ARRAY['anon', 'authenticated', 'service_role']) r WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p', 'v', 'm') AND NOT has_table_privilege(r, oid, 'SELECT')
UNION ALL SELECT 'grant', r || ' may write ' || oid::regclass, format('GRANT INSERT, UPDATE, DELETE, TRUNCATE ON %s TO %I', oid::regclass, r)
  FROM pg_class, unnest(ARRAY['anon', 'authenticated', 'service_role']) r WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') AND NOT has_table_privilege(r, oid, 'INSERT, UPDATE, DELETE')
UNION ALL SELECT 'grant', r || ' has nothing on ' || oid::regclass, format('REVOKE ALL ON %s FROM %I', oid::regclass, r)
  FROM pg_class, unnest(ARRAY['anon', 'authenticated', 'service_role']) r WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p', 'v', 'm') AND has_any_column_privilege(r, oid, 'SELECT, INSERT, UPDATE')
UNION ALL SELECT 'grant', 'everybody may call ' || oid::regprocedure, format('GRANT EXECUTE ON FUNCTION %s TO PUBLIC', oid::regprocedure) FROM pg_proc WHERE pronamespace = 'public'::regnamespace AND prokind = 'f' AND NOT has_function_privilege('anon', oid, 'EXECUTE')
UNION ALL SELECT 'grant', r || ' may not call ' || oid::regprocedure, format('REVOKE EXECUTE ON FUNCTION %s FROM %I', oid::regprocedure, r)
  FROM pg_proc, unnest(ARRAY['anon', 'authenticated', 'service_role']) r WHERE pronamespace = 'public'::regnamespace AND prokind = 'f' AND EXISTS (SELECT FROM aclexplode(proacl) WHERE grantee = r::regrole)
UNION ALL SELECT 'function', oid::regprocedure || ' without its settings', format('ALTER FUNCTION %s RESET ALL', oid::regprocedure) FROM pg_proc WHERE pronamespace = 'public'::regnamespace AND prokind = 'f' AND proconfig IS NOT NULL
UNION ALL SELECT 'function', oid::regprocedure || CASE WHEN prosecdef THEN ' with the caller''s rights' ELSE ' with its owner''s rights' END,
  format('ALTER FUNCTION %s SECURITY %s', oid::regprocedure, CASE WHEN prosecdef THEN 'INVOKER' ELSE 'DEFINER' END) FROM pg_proc WHERE pronamespace = 'public'::regnamespace AND prokind = 'f'
ORDER BY 1, 2, 3`;

/** One mutant per sabotage that the migrations made possible: it runs at the end of the last migration. */
export function droppedMutants(graph: Graph, before: readonly string[][], after: readonly string[][]): Mutant[] {
  const last = migrationSteps(graph).at(-1);
  const known = new Set(before.map(([, , sql]) => sql));
  return after.filter(([, , sql]) => !known.has(sql)).map(([kind = '', object = '', sql = '']): Mutant => ({
    kind: kindNamed(kind), where: 'after the last migration', change: sql.split(' ').slice(0, 2).join(' '), statement: object, tries: [sql],
    put: (whole, text) => ({
      ...whole,
      steps: whole.steps.map((step) => (step.id !== last?.id ? step : {
        ...step, statements: [...step.statements, { line: step.line, endLine: step.line, command: 'ALTER', transactional: true, sql: text, file: null, writes: true, copyData: null, copyRows: null, parameters: [] }],
      })),
    }),
  }));
}

function kindNamed(name: string): Kind {
  return kinds.find((one) => one === name) ?? 'other';
}
