import { describe, expect, it } from 'vitest';
import { adopt } from '../../src/guide/adopt.js';
import { hintMatches } from '../../src/guide/hints.js';
import { fillParameters } from '../../src/guide/parameters.js';
import { codes, compile, forward } from './compile.js';

const fence = (sql: string) => `\`\`\`sql\n${sql}\n\`\`\`\n`;

/** What users reported, each by name. */
describe('reports', () => {
  it('prose that tells of a rollback leaves the step on the way', async () => {
    const graph = await compile(`# G\n\n## Apply\n\nThe trial insert is rolled back at its end, then create:\n\n${fence('CREATE TABLE t (id int);')}`);
    expect(forward(graph).map((step) => step.role)).toEqual(['deploy']);
  });

  it.each(['Rollback:', '**Rollback procedure:**', 'If it must be rolled back, run:', 'To undo this, run:', 'Once it is rolled back, clean up:'])('a label of a rollback takes its SQL off the way: %s', async (label) => {
    const graph = await compile(`# G\n\n## Apply\n\n${fence('CREATE TABLE t (id int);')}\n${label}\n\n${fence('DROP TABLE t;')}`);
    expect(forward(graph).flatMap((step) => step.statements.map((one) => one.command))).toEqual(['CREATE TABLE']);
  });

  it('a hint keeps the quotes inside its message', async () => {
    const graph = await compile('# G\n\n## Troubleshooting\n\n### Error: "relation "public.x" does not exist"\n\nApply the first migration.\n');
    expect(graph.hints.map((one) => one.pattern)).toEqual(['relation "public.x" does not exist']);
    expect(hintMatches("Relation 'public.x' does not exist", 'relation "public.x" does not exist')).toBe(true);
    expect(hintMatches('relation', 'relation "public.x" does not exist')).toBe(false);
  });

  it('a rollback test that leaves nothing verifies, and destroys nothing on the way', async () => {
    const test = '```sql discard\nDELETE FROM t;\n```\n';
    const graph = await compile(`---\nguide: g\n---\n# G\n\n## Apply\n\n${fence('CREATE TABLE t (id int);')}\n${test}\n## Rollback\n\n${fence('DROP TABLE t;')}\n${test}`);
    expect(graph.rollback.map((part) => part.verifies)).toEqual([false, true]);
    expect(codes(graph)).not.toContain('untied-rollback');
    expect(codes(graph)).not.toContain('destructive');
  });

  it('"as test user" in a plain Supabase document runs as that user', async () => {
    const body = fence("-- Change a setting as test user\nUPDATE s SET a = 1 WHERE user_id = '<test-user-id>';\nSELECT * FROM log;");
    const [step] = forward(await compile(`# Supabase\n\n## Test\n\n${body}`));
    expect([step?.as, step?.claims]).toEqual(['authenticated', "{\"sub\": :'test_user_id'}"]);
    const adopted = (await adopt({ path: '/guides/g.md', text: `# Supabase\n\n## Test\n\n${body}` })).text;
    const [kept] = forward(await compile(adopted));
    expect([kept?.as, kept?.claims]).toEqual([step?.as, step?.claims]);
    const anon = forward(await compile(`# Supabase\n\n## Test\n\n${fence('-- as anon\nSELECT * FROM s;')}`))[0];
    expect([anon?.as, anon?.claims]).toEqual(['anon', null]);
    expect(forward(await compile(`# Plain\n\n## Test\n\n${body}`))[0]?.as).toBeNull();
    expect(forward(await compile(`---\nguide: g\ndatabase: supabase\nparameters:\n  test_user_id: { type: uuid }\n---\n# G\n\n## Test\n\n${body}`))[0]?.as).toBeNull();
  });

  it('only a plain word goes into the code of a dollar body', () => {
    const sql = "DO $$ BEGIN PERFORM f(<user-id>, '<user-id>'); END $$";
    expect(fillParameters(sql, { user_id: '7f0c1c1e-0000-4000-8000-000000000001' }).missing).toEqual([]);
    expect(fillParameters(sql, { user_id: '1); DROP TABLE t; --' }).sql).toContain('f(<user-id>,');
  });

  it('a log label that names a capture is answered by it', async () => {
    const graph = await compile('---\nguide: g\n---\n# G\n\n## Verify\n\n```sql capture=user_count\nSELECT 1;\n```\n\n## Migration Log\n\n```\nUser Count: ______\n```\n');
    expect(graph.log?.fields.map((one) => one.fact)).toEqual(['capture:user_count']);
  });
});
