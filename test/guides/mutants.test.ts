import { readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { functionChanges } from '../../scripts/mutation/function.js';
import { grantChanges } from '../../scripts/mutation/grant.js';
import { indexChanges } from '../../scripts/mutation/index-changes.js';
import type { Change, Mutant } from '../../scripts/mutation/mutant.js';
import { policyChanges } from '../../scripts/mutation/policy.js';
import { mutantReport } from '../../scripts/mutation/report.js';
import { Rig } from '../../scripts/mutation/rig.js';
import { tableChanges } from '../../scripts/mutation/table.js';
import { triggerChanges } from '../../scripts/mutation/trigger.js';
import { loadGrammar } from '../../src/guide/sql-parse.js';
import { compilePath } from '../../src/project/guides.js';
import { root } from '../cli/support.js';
import { testServer } from '../support/server.js';

const shown = (changes: Change[]): string[] => changes.map((one) => `${one.change}: ${(one.tries[0] ?? '').replace(/\s+/g, ' ')}`);

describe('ways to break a statement', () => {
  beforeAll(loadGrammar);

  it('opens a policy to all rows, roles and commands', () => {
    expect(shown(policyChanges('CREATE POLICY "to own" ON t AS RESTRICTIVE FOR UPDATE TO a, b USING (id = (SELECT f())) WITH CHECK (true)'))).toEqual([
      'USING (true): CREATE POLICY "to own" ON t AS RESTRICTIVE FOR UPDATE TO a, b USING (true) WITH CHECK (true)',
      'WITH CHECK (false): CREATE POLICY "to own" ON t AS RESTRICTIVE FOR UPDATE TO a, b USING (id = (SELECT f())) WITH CHECK (false)',
      'for every command: CREATE POLICY "to own" ON t AS RESTRICTIVE TO a, b USING (id = (SELECT f())) WITH CHECK (true)',
      'to PUBLIC: CREATE POLICY "to own" ON t AS RESTRICTIVE FOR UPDATE TO PUBLIC USING (id = (SELECT f())) WITH CHECK (true)',
      'to anon: CREATE POLICY "to own" ON t AS RESTRICTIVE FOR UPDATE TO anon USING (id = (SELECT f())) WITH CHECK (true)',
      'permissive: CREATE POLICY "to own" ON t FOR UPDATE TO a, b USING (id = (SELECT f())) WITH CHECK (true)',
    ]);
  });

  it('moves a trigger to other events and times, and switches it off', () => {
    expect(shown(triggerChanges('CREATE TRIGGER x AFTER INSERT OR UPDATE OF a ON s.t FOR EACH ROW WHEN (NEW.a > 0) EXECUTE FUNCTION f()'))).toEqual([
      'on UPDATE OF a, not INSERT: CREATE TRIGGER x AFTER UPDATE OF a ON s.t FOR EACH ROW WHEN (NEW.a > 0) EXECUTE FUNCTION f()',
      'on INSERT, not UPDATE OF a: CREATE TRIGGER x AFTER INSERT ON s.t FOR EACH ROW WHEN (NEW.a > 0) EXECUTE FUNCTION f()',
      'on every UPDATE: CREATE TRIGGER x AFTER INSERT OR UPDATE ON s.t FOR EACH ROW WHEN (NEW.a > 0) EXECUTE FUNCTION f()',
      'BEFORE: CREATE TRIGGER x BEFORE INSERT OR UPDATE OF a ON s.t FOR EACH ROW WHEN (NEW.a > 0) EXECUTE FUNCTION f()',
      'for each statement: CREATE TRIGGER x AFTER INSERT OR UPDATE OF a ON s.t FOR EACH STATEMENT WHEN (NEW.a > 0) EXECUTE FUNCTION f()',
      'without its condition: CREATE TRIGGER x AFTER INSERT OR UPDATE OF a ON s.t FOR EACH ROW EXECUTE FUNCTION f()',
      'disabled: CREATE TRIGGER x AFTER INSERT OR UPDATE OF a ON s.t FOR EACH ROW WHEN (NEW.a > 0) EXECUTE FUNCTION f(); ALTER TABLE s.t DISABLE TRIGGER x',
    ]);
  });

  it('empties a function and takes its path and rights', () => {
    expect(shown(functionChanges("CREATE FUNCTION f(a int) RETURNS int LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$ SELECT 1 $$"))).toEqual([
      'returns NULL: CREATE FUNCTION f(a int) RETURNS int LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $empty$ BEGIN RETURN NULL; END $empty$',
      'without its search_path: CREATE FUNCTION f(a int) RETURNS int LANGUAGE sql STABLE SECURITY DEFINER AS $$ SELECT 1 $$',
      "with the caller's rights: CREATE FUNCTION f(a int) RETURNS int LANGUAGE sql STABLE SECURITY INVOKER SET search_path = pg_catalog, pg_temp AS $$ SELECT 1 $$",
      'volatile: CREATE FUNCTION f(a int) RETURNS int LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$ SELECT 1 $$',
    ]);
  });

  it('puts an index on another column and makes it less strict', () => {
    expect(shown(indexChanges('CREATE UNIQUE INDEX i ON t USING btree (lower(a), b DESC) INCLUDE (c) WHERE d > 0', () => ['a', 'b', 'e']))).toEqual([
      'not unique: CREATE INDEX i ON t USING btree (lower(a), b DESC) INCLUDE (c) WHERE d > 0',
      'on another column: CREATE UNIQUE INDEX i ON t USING btree ("e", b DESC) INCLUDE (c) WHERE d > 0',
      'without its last column: CREATE UNIQUE INDEX i ON t USING btree (lower(a)) INCLUDE (c) WHERE d > 0',
      'without its condition: CREATE UNIQUE INDEX i ON t USING btree (lower(a), b DESC) INCLUDE (c) ',
      'without INCLUDE: CREATE UNIQUE INDEX i ON t USING btree (lower(a), b DESC) WHERE d > 0',
      'in the other order: CREATE UNIQUE INDEX i ON t USING btree (lower(a), b ) INCLUDE (c) WHERE d > 0',
      'by another method: CREATE UNIQUE INDEX i ON t USING hash (lower(a), b DESC) INCLUDE (c) WHERE d > 0',
    ]);
  });

  it('grants too little and to the wrong role', () => {
    expect(shown(grantChanges('GRANT SELECT (a, b), INSERT ON TABLE t TO authenticated'))).toEqual([
      'without the privilege SELECT (a, b): GRANT INSERT ON TABLE t TO authenticated',
      'without the privilege INSERT: GRANT SELECT (a, b) ON TABLE t TO authenticated',
      'SELECT on every column: GRANT SELECT , INSERT ON TABLE t TO authenticated',
      'SELECT without the column a: GRANT SELECT (b), INSERT ON TABLE t TO authenticated',
      'SELECT without the column b: GRANT SELECT (a), INSERT ON TABLE t TO authenticated',
      'to anon, not authenticated: GRANT SELECT (a, b), INSERT ON TABLE t TO anon',
    ]);
  });

  it('takes keys, checks and references from a table', () => {
    expect(tableChanges('CREATE TABLE t (id int PRIMARY KEY, p int NOT NULL DEFAULT 1 REFERENCES q (id) ON DELETE CASCADE, CONSTRAINT u UNIQUE (p))').map((one) => `${one.kind} ${one.change}`)).toEqual([
      'index id without PRIMARY KEY', 'constraint p without NOT NULL', 'constraint p without DEFAULT', 'constraint p without REFERENCES', 'constraint p without ON DELETE CASCADE', 'index without CONSTRAINT u UNIQUE (p)',
    ]);
  });
});

/** Kinds of the mutants that the sample draws from, evenly spread. */
const KINDS = new Set(['policy', 'trigger', 'function', 'index', 'grant']);
const PER_GUIDE = 8;

describe.each(readdirSync(join(root, 'guides')).filter((name) => name.endsWith('.md')))('mutants of %s', (name) => {
  it('are caught: a sample', async () => {
    const rig = await Rig.open((await testServer()).url, await compilePath(join(root, 'guides', name)));
    try {
      const all = (await rig.mutants()).filter((one) => KINDS.has(one.kind));
      expect(all.length).toBeGreaterThan(50);
      const sample = Array.from({ length: PER_GUIDE }, (_, index) => all[Math.floor((index + 0.5) * all.length / PER_GUIDE)]).filter((one): one is Mutant => one !== undefined);
      const judged = [];
      for (const mutant of sample) judged.push({ guide: basename(name, '.md'), mutant, ...await rig.judge(mutant) });
      const { text, good } = await mutantReport(judged);
      expect(good, text).toBe(true);
      expect(judged.filter((one) => one.fate === 'caught').length, text).toBeGreaterThanOrEqual(PER_GUIDE / 2);
    } finally {
      await rig.close();
    }
  }, 180_000);
});

it('tells a mutant that lives, one that changes nothing, and one that PostgreSQL refuses', async () => {
  const graph = await compilePath(join(root, 'guides/settings-administration.md'));
  const blind = { ...graph, steps: graph.steps.map((step) => ({ ...step, expectations: [] })).filter((step) => step.role === 'deploy' || step.id === 'users-before' || step.id === 'preflight' || step.id === 'conflicts') };
  const rig = await Rig.open((await testServer()).url, blind);
  try {
    const all = await rig.mutants();
    const one = (where: string, change: string): Mutant => all.find((mutant) => mutant.statement.startsWith(where) && mutant.change === change)!;
    const policy = one('CREATE POLICY "Users can view own preferences"', 'USING (true)');
    const nothing = one('REVOKE ALL ON TABLE public.user_preferences', 'without the role PUBLIC');
    const refused = { ...policy, tries: ['CREATE POLICY broken ON public.not_there'] };
    const judged = await Promise.all([policy, nothing, refused].map(async (mutant) => ({ guide: 'blind', mutant, ...await rig.judge(mutant) })));
    expect(judged.map((each) => each.fate)).toEqual(['living', 'equivalent', 'stillborn']);
    const { text, good } = await mutantReport(judged);
    expect(good).toBe(false);
    expect(text).toMatch(/LIVES: blind, .*20251101_create_user_preferences\.sql:\d+, USING \(true\)/);
  } finally {
    await rig.close();
  }
}, 180_000);
