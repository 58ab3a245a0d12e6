import { madeForType, role, sorted, type Family } from './family.js';

const enabled = (column: string): string => `CASE ${column} WHEN 'O' THEN 'yes' WHEN 'D' THEN 'no' WHEN 'R' THEN 'replica' WHEN 'A' THEN 'always' END`;
const routine = (oid: string): string => `nullif(${oid}::oid, 0)::regprocedure`;

/** Functions, procedures, aggregates; triggers, event triggers; policies. */
export const routines: Family = {
  name: 'routines, triggers and policies',
  catalogs: ['pg_proc', 'pg_aggregate', 'pg_trigger', 'pg_event_trigger', 'pg_policy'],
  queries: () => [
    {
      object: ['pg_proc', 'p.oid'], schema: 'p.pronamespace',
      facets: {
        'part of': madeForType('pg_proc', 'p.oid'),
        kind: `CASE p.prokind WHEN 'p' THEN 'procedure' WHEN 'a' THEN 'aggregate' WHEN 'w' THEN 'window' END`,
        owner: role('p.proowner'),
        arguments: 'pg_get_function_arguments(p.oid)',
        returns: 'pg_get_function_result(p.oid)',
        language: '(SELECT lanname FROM pg_language WHERE oid = p.prolang)',
        volatility: `CASE p.provolatile WHEN 'i' THEN 'immutable' WHEN 's' THEN 'stable' ELSE 'volatile' END`,
        parallel: `CASE p.proparallel WHEN 's' THEN 'safe' WHEN 'r' THEN 'restricted' ELSE 'unsafe' END`,
        security: `CASE WHEN p.prosecdef THEN 'definer' ELSE 'invoker' END`,
        strict: `CASE WHEN p.proisstrict THEN 'yes' END`,
        leakproof: `CASE WHEN p.proleakproof THEN 'yes' END`,
        cost: 'p.procost', rows: 'nullif(p.prorows, 0)',
        support: routine('p.prosupport'),
        configuration: sorted('p.proconfig'),
        transforms: `(SELECT string_agg(t::regtype::text, ', ') FROM unnest(p.protrftypes) AS t)`,
        body: `CASE WHEN p.prokind <> 'a' THEN coalesce(pg_get_function_sqlbody(p.oid), nullif(p.prosrc, '')) END`,
        library: `convert_from(p.probin::text::bytea, 'UTF8')`,
      },
      from: 'FROM pg_proc p',
    },
    {
      object: ['pg_proc', 'g.aggfnoid'], schema: 'p.pronamespace', before: `'implementation of '`, parent: ['pg_proc', 'g.aggfnoid'],
      facets: {
        kind: 'g.aggkind', steps: `concat_ws(', ', ${['aggtransfn', 'aggfinalfn', 'aggcombinefn', 'aggserialfn', 'aggdeserialfn', 'aggmtransfn', 'aggminvtransfn', 'aggmfinalfn'].map((name) => `'${name.slice(3)} ' || ${routine(`g.${name}`)}`).join(', ')})`,
        state: `concat_ws(' ', g.aggtranstype::regtype, g.aggtransspace, nullif(g.aggmtranstype, 0)::regtype, nullif(g.aggmtransspace, 0), g.aggfinalmodify, g.aggfinalextra, g.aggmfinalmodify, g.aggmfinalextra)`,
        start: 'g.agginitval', 'moving start': 'g.aggminitval', sort: 'nullif(g.aggsortop, 0)::regoperator',
      },
      from: 'FROM pg_aggregate g JOIN pg_proc p ON p.oid = g.aggfnoid',
    },
    {
      object: ['pg_trigger', 't.oid'], parent: ['pg_class', 't.tgrelid'], root: ['pg_class', 't.tgrelid'], schema: 'c.relnamespace',
      facets: { definition: 'pg_get_triggerdef(t.oid)', enabled: enabled('t.tgenabled') },
      from: 'FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid WHERE NOT t.tgisinternal',
    },
    {
      object: ['pg_event_trigger', 'e.oid'],
      facets: { owner: role('e.evtowner'), event: 'e.evtevent', function: 'e.evtfoid::regprocedure', enabled: enabled('e.evtenabled'), tags: sorted('e.evttags') },
      from: 'FROM pg_event_trigger e',
    },
    {
      object: ['pg_policy', 'y.oid'], parent: ['pg_class', 'y.polrelid'], root: ['pg_class', 'y.polrelid'], schema: 'c.relnamespace',
      facets: {
        command: `CASE y.polcmd WHEN 'r' THEN 'select' WHEN 'a' THEN 'insert' WHEN 'w' THEN 'update' WHEN 'd' THEN 'delete' ELSE 'all' END`,
        kind: `CASE WHEN y.polpermissive THEN 'permissive' ELSE 'restrictive' END`,
        roles: `(SELECT string_agg(r, ', ' ORDER BY r) FROM (SELECT CASE WHEN m = 0 THEN 'public' ELSE ${role('m')}::text END AS r FROM unnest(y.polroles) AS m) AS named)`,
        using: 'pg_get_expr(y.polqual, y.polrelid)', 'with check': 'pg_get_expr(y.polwithcheck, y.polrelid)',
      },
      from: 'FROM pg_policy y JOIN pg_class c ON c.oid = y.polrelid',
    },
  ],
};
