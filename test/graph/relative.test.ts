import { beforeAll, describe, expect, it } from 'vitest';
import { formatExpect } from '../../src/assertions/format.js';
import { evaluate } from '../../src/assertions/evaluate.js';
import type { Measured } from '../../src/assertions/assertion.js';
import { loadGrammar } from '../../src/guide/sql-parse.js';
import { compile } from '../guide/compile.js';

const guide = (earlier: string, later: string, words: string): string => `# Guide\n\n## Pre-flight\n\n\`\`\`sql\n${earlier}\n\`\`\`\n\n## Verification\n\n\`\`\`sql\n${later}\n-- Expected: ${words}\n\`\`\`\n`;

async function alternativeOf(earlier: string, later: string, words: string): Promise<string | null> {
  const graph = await compile(guide(earlier, later, words));
  const [expectation] = graph.steps.at(-1)?.expectations ?? [];
  expect(expectation?.source).toBe('operator');
  return expectation?.alternative ? formatExpect(expectation.alternative) : null;
}

describe('a number that the guide asked for earlier', () => {
  beforeAll(loadGrammar);

  it('is computed again beside the question to the operator', async () => {
    expect(await alternativeOf('SELECT COUNT(*) FROM auth.users;', 'SELECT count(*) FROM public.preferences;', 'Number of existing users (auto-initialized)')).toBe('value = (SELECT COUNT(*) FROM auth.users)');
    expect(await alternativeOf('SELECT count(*) AS n FROM "entry";', 'SELECT count(*) FROM copies;', 'the same count of entries')).toBe('value = (SELECT count(*) AS n FROM "entry")');
  });

  it.each([
    ['SELECT count(*) FROM users WHERE active;', 'SELECT count(*) FROM preferences;', 'Number of users'],
    ['SELECT count(*) FROM orders;', 'SELECT count(*) FROM preferences;', 'Number of users'],
    ['SELECT count(*) FROM users;', 'SELECT count(*) FROM users;', 'Number of users'],
    ['SELECT count(*) FROM users;', 'SELECT name FROM preferences;', 'Number of users'],
    ['SELECT count(*) FROM users;', 'SELECT count(*) FROM preferences;', 'as many as there are users, more or less'],
  ])('is not made up: %s, then %s, "%s"', async (earlier, later, words) => {
    expect(await alternativeOf(earlier, later, words)).toBeNull();
  });

  it('is shown, and leaves the decision open', () => {
    const measured: Measured = { kind: 'sql', columns: ['count'], types: ['int8'], rows: [['0']], rowCount: 1, truncated: false, affected: null, command: 'SELECT', durationMs: 1, error: null, notices: [], output: null, exitCode: null };
    const sql = 'SELECT count(*) FROM users';
    const judged = (queries: Record<string, string | null>) => evaluate({ type: 'operator', text: 'Number of users' }, measured, { parameters: {}, queries }, { type: 'value', op: '=', value: { sql } });
    expect(judged({ [sql]: '3' })).toMatchObject({ verdict: 'asked', computed: 'failed', actual: 'value = 0, against 3 by SELECT count(*) FROM users' });
    expect(judged({ [sql]: '0' })).toMatchObject({ verdict: 'asked', computed: 'passed' });
    expect(judged({})).toEqual({ verdict: 'asked', expected: 'operator "Number of users"', actual: 'value = 0', note: null });
  });
});
