import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { eventSchema, type NewEvent } from '../../src/engine/event.js';
import { isAggregate } from '../../src/log/aggregate.js';
import { readsCatalogueOnly } from '../../src/log/catalogue-query.js';
import { logHtml } from '../../src/log/html.js';
import { logJson } from '../../src/log/json.js';
import { logMarkdown } from '../../src/log/markdown.js';
import { privacy } from '../../src/log/privacy.js';
import { graph, result, Script, statement, step } from './support.js';

const recorder = (options: Parameters<typeof privacy>[0]): ((event: NewEvent) => NewEvent) => privacy(options).event;
const PLANTED = ['ada.love@example.com', 'hunter2-Zx9', 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl', '9b2f0c1e-6f6d-4f0c-8d5e-2f7d9a1b3c4d', 'Ada Lovelace'];
const rowsGuide = graph([step('look', {
  statements: [statement('SELECT name, email FROM users', 'SELECT')],
  expectations: [{ line: 12, text: 'value = "x"', statement: 0, source: 'explicit', assertion: { type: 'value', op: '=', value: 'x' }, alternative: null, remedy: null }],
})]);

/** A run in which every planted text turns up in every place a text can come from. */
function everywhere(planted: readonly string[], safe: boolean, secrets: readonly string[]): Script {
  const text = planted.join(' and ');
  const mask = recorder({ secrets: () => secrets, safe, salt: 'pepper', graph: rowsGuide });
  const script = new Script({ privacy: safe ? 'safe' : 'full' });
  const envelope = { pass: 'forward', step: 'look', attempt: 1 };
  const events: NewEvent[] = [
    { type: 'parameter.set', name: 'token', value: planted[1] ?? '', secret: true, origin: 'flag', by: 'dana' },
    { type: 'parameter.set', name: 'mail', value: planted[0] ?? '', secret: false, origin: 'flag', by: 'dana' },
    { type: 'step.started', ...envelope, attemptId: 'a1' },
    { type: 'statement.finished', ...envelope, result: result({ sql: `SELECT '${text}'`, columns: ['name'], types: ['text'], rows: planted.map((one) => [one]), rowCount: planted.length, notices: [{ severity: 'NOTICE', message: planted.slice(0, 4).join(' ') }], error: { sqlstate: '23505', message: `Key (name)=(${text}) already exists`, line: null } }) },
    { type: 'statement.finished', ...envelope, result: result({ index: 1, sql: 'curl', command: 'curl', output: `out ${planted.slice(0, 4).join('\n')}`, exitCode: 0 }) },
    { type: 'expectation.judged', ...envelope, index: 0, verdict: 'failed', expected: 'value = "x"', actual: `value = "${text}"`, note: text, by: null },
    { type: 'capture.set', ...envelope, name: 'found', value: text },
    { type: 'question.asked', question: { kind: 'verdict', step: 'look', expectation: 0, text: 'right?', actual: `value = "${text}"` } },
    { type: 'step.finished', ...envelope, verdict: 'failed', applied: false, durationMs: 1, reason: `expected x, got value = "${text}"`, problem: { code: 'x', what: text } },
    { type: 'deviation', ...envelope, what: 'waived', reason: `because ${text}`, by: 'dana' },
    { type: 'connection.lost', pass: 'forward', step: 'apply', attempt: 1, text: 'postgres://app:hunter2-Zx9@db.example.com/shop' },
  ];
  for (const event of events) script.add(mask(event));
  return script.finished('failed', 1);
}

function outputs(script: Script): string[] {
  const state = script.state();
  return [script.events.map((event) => JSON.stringify(event)).join('\n'), JSON.stringify(logJson(state, rowsGuide)), logMarkdown(state, rowsGuide), logHtml(state, rowsGuide)];
}

describe('privacy: safe', () => {
  it('lets no planted secret or personal datum reach an event or a log', () => {
    const script = everywhere(PLANTED, true, ['hunter2-Zx9']);
    for (const event of script.events) expect(eventSchema.safeParse(event).error).toBeUndefined();
    for (const output of outputs(script)) {
      for (const planted of PLANTED.slice(0, 4)) expect(output).not.toContain(planted);
    }
    // A name has no shape to know it by: it is masked where it is a result's value, and in what is said of that result.
    const events = script.events.filter((event) => event.type !== 'statement.finished').map((event) => JSON.stringify(event)).join('\n');
    expect(events).not.toContain('Ada Lovelace');
    expect(JSON.stringify(script.state().passes['forward']?.['look']?.statements[0]?.rows)).not.toContain('Ada');
  });

  it('keeps counts, NULLs and correlation', () => {
    const mask = recorder({ secrets: () => [], safe: true, salt: 'pepper' });
    const envelope = { pass: 'forward', step: 's', attempt: 1 };
    const masked = mask({ type: 'statement.finished', ...envelope, result: result({ sql: 'SELECT id, name FROM users', columns: ['id', 'name'], types: ['uuid', 'text'], rows: [[PLANTED[3]!, null], [PLANTED[3]!, 'Ada']], rowCount: 2 }) });
    if (masked.type !== 'statement.finished') throw new TypeError('changed its type');
    const [first, second] = masked.result.rows;
    expect(first?.[0]).toBe(second?.[0]);
    expect(first?.[0]).toMatch(/^id:[0-9a-f]{12}$/);
    expect(first?.[1]).toBeNull();
    expect(second?.[1]).toBe('‹private›');
    expect(masked.result.rowCount).toBe(2);
    expect(mask(masked)).toEqual(masked);
    expect(mask({ type: 'expectation.judged', ...envelope, index: 0, verdict: 'passed', expected: 'rows = 2', actual: 'rows = 2', note: null, by: null })).toMatchObject({ actual: 'rows = 2' });
  });

  it('keeps the run\'s own id readable in remedies', () => {
    const mask = recorder({ secrets: () => [], safe: true, salt: 's', keep: new Set(['7C9E6679-7425-40de-944b-e07fc1f90ae7']) });
    expect(mask({ type: 'connection.lost', pass: 'forward', step: 'apply', attempt: 1, text: 'resume 7c9e6679-7425-40de-944b-e07fc1f90ae7' })).toMatchObject({ text: 'resume 7c9e6679-7425-40de-944b-e07fc1f90ae7' });
  });

  it.each([
    ['SELECT count(*) FROM users', true], ['SELECT count(*) AS n, sum(x)::bigint total FROM t WHERE a = \'b\'', true], ['select exists (select 1 from t) as there', true],
    ['SELECT count(*) FILTER (WHERE x) FROM t', true], ['SELECT count(*) = 0 FROM t', true], ['SELECT name, count(*) FROM users GROUP BY name', false], ['SELECT max(email) FROM users', false],
    ['SELECT (SELECT email FROM users LIMIT 1)', false], ['SELECT count(*), name FROM t', false], ['SELECT 1', false], ['SELECT id FROM users', false], ['WITH x AS (SELECT 1) SELECT count(*) FROM x', false], ['UPDATE t SET a = 1 RETURNING count', false],
  ])('%s is %s', (sql, aggregate) => {
    expect(isAggregate(result({ sql, rowCount: 1, columns: ['c'], types: ['int8'] }))).toBe(aggregate);
  });
});

describe('results of the catalogue', () => {
  it.each([
    ['SELECT policyname, cmd FROM pg_policies WHERE tablename = \'users\' ORDER BY 1', true], ['SELECT indexname FROM pg_catalog.pg_indexes', true], ['SELECT c.relname, pg_get_userbyid(c.relowner) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace', true],
    ['SELECT column_name, data_type FROM information_schema.columns WHERE table_name = \'users\'', true], ['SELECT proname FROM pg_proc WHERE pronamespace = (SELECT oid FROM pg_namespace WHERE nspname = \'public\')', true],
    ['WITH t AS (SELECT relname FROM pg_class) SELECT * FROM t', true],
    ['SELECT usename, query FROM pg_stat_activity', false], ['SELECT most_common_vals FROM pg_stats', false], ['SELECT rolname, rolpassword FROM pg_authid', false], ['SELECT umoptions FROM pg_user_mappings', false], ['SELECT data FROM pg_largeobject', false],
    ['SELECT relname FROM pg_class, users', false], ['SELECT relname, (SELECT email FROM users LIMIT 1) FROM pg_class', false], ['SELECT relname, first_email() FROM pg_class', false], ['SELECT relname, query_to_xml(\'table users\', true, true, \'\') FROM pg_class', false],
    ['SELECT u.email FROM pg_class c CROSS JOIN users u', false], ['SELECT relname FROM pg_class UNION TABLE users', false], ['SELECT relname FROM pg_class; SELECT email FROM users', false], ['SELECT email FROM public.pg_class', false],
    ['WITH t AS (SELECT email FROM users) SELECT * FROM t', false], ['WITH t AS (TABLE users) SELECT email FROM t', false], ['SELECT relname FROM "pg_class", "users"', false], ['SELECT 1', false], ['SELECT a FROM f(x) AS a', false], ['DELETE FROM pg_class RETURNING relname', false],
  ])('%s: %s', (sql, open) => {
    expect(readsCatalogueOnly(sql)).toBe(open);
  });

  it('stay readable, shapes of personal data apart', () => {
    const mask = recorder({ secrets: () => [], safe: true, salt: 'pepper' });
    const masked = mask({ type: 'statement.finished', pass: 'forward', step: 's', attempt: 1, result: result({ sql: 'SELECT policyname, qual FROM pg_policies', columns: ['policyname', 'qual'], types: ['name', 'text'], rows: [['Users see their own', "(email = 'ada.love@example.com')"]], rowCount: 1 }) });
    expect(masked).toMatchObject({ result: { rows: [['Users see their own', "(email = '‹e-mail›')"]] } });
  });
});

describe('messages of errors', () => {
  it.each([
    ['invalid input syntax for type integer: "Ada Lovelace"', 'invalid input syntax for type integer: "‹private›"'], ['date/time field value out of range: "1815-12-40"', 'date/time field value out of range: "‹private›"'], ['malformed array literal: "{Ada"', 'malformed array literal: "‹private›"'],
    ['Key (name)=(Ada Lovelace) already exists', 'Key (name)=(‹private›) already exists'], ['relation "public.users" does not exist', 'relation "public.users" does not exist'], ['Failing row contains (1, Ada, (x))', 'Failing row contains (‹private›)'],
  ])('%s', (message, shown) => {
    const mask = recorder({ secrets: () => [], safe: true, salt: '' });
    const problem = { code: 'statement-failed', what: `22P02 ${message}` };
    expect(mask({ type: 'step.finished', pass: 'forward', step: 's', attempt: 1, verdict: 'failed', applied: false, durationMs: 1, reason: message, problem })).toMatchObject({ reason: shown, problem: { what: `22P02 ${shown}` } });
  });
});

describe('queries of other sessions', () => {
  it('keep no literal, whole or cut off', () => {
    const mask = recorder({ secrets: () => [], safe: true, salt: '' });
    const blocker = { pid: 1, user: 'app', application: 'shop', state: 'active', since: null, holds: ['orders AccessShare'] };
    const seen = mask({ type: 'waiting.seen', pass: 'forward', step: 's', attempt: 1, blockers: ["SELECT 1 FROM t WHERE a = 'Ada' AND b = 'O''Brien", 'DO $x$ Ada $x$'].map((query) => ({ ...blocker, query })) });
    expect(seen).toMatchObject({ blockers: [{ ...blocker, query: "SELECT 1 FROM t WHERE a = '‹private›' AND b = '‹private›'" }, { query: "DO '‹private›'" }] });
  });
});

describe('secrets', () => {
  const secret = fc.string({ minLength: 4, maxLength: 24, unit: fc.constantFrom(...'abcXYZ0189\'"\\`|<>&%$ @*_-/'.split('')) }).filter((one) => one.trim().length >= 4 && /[a-zA-Z0-9]/.test(one));

  it('reach no output in any spelling, private or not', () => {
    fc.assert(fc.property(secret, fc.boolean(), (value, safe) => {
      const planted = `Q7${value}Q7`;
      for (const output of outputs(everywhere([`x@example.com`, planted], safe, [planted]))) {
        for (const form of [planted, planted.replaceAll("'", "''"), JSON.stringify(planted).slice(1, -1), encodeURIComponent(planted)]) expect(output.includes(form)).toBe(false);
      }
    }), { numRuns: 60 });
  });

  it('of two or three characters are masked where they stand alone, and nowhere else', () => {
    const mask = recorder({ secrets: () => ['ab'], safe: false, salt: '' });
    expect(mask({ type: 'connection.lost', pass: 'forward', step: 'apply', attempt: 1, text: "pin 'ab', tab, ab" })).toMatchObject({ text: "pin '••••', tab, ••••" });
  });

  it('are told from their shape in every mode', () => {
    const mask = recorder({ secrets: () => [], safe: false, salt: '' });
    const text = (given: string): string => { const event = mask({ type: 'connection.lost', pass: 'forward', step: 'apply', attempt: 1, text: given }); return event.type === 'connection.lost' ? event.text : ''; };
    expect(text('postgresql://u:pw@h/db')).toBe('postgresql://u:••••@h/db');
    expect(text('password=abc123 host=h')).toBe('password=•••• host=h');
    expect(text('Authorization: Bearer abcdefghijk')).toBe('Authorization: Bearer ••••');
    expect(text("CREATE ROLE r PASSWORD 'abcdef'")).toBe("CREATE ROLE r PASSWORD '••••'");
    for (const plain of ['the password is long', 'SET token = NEW.token', 'SELECT token::text FROM t', 'CREATE TABLE t (secret text NOT NULL)', "VALUES (password=:'pw')"]) expect(text(plain)).toBe(plain);
  });

  it('are looked for in time that grows with the text alone', () => {
    const mask = recorder({ secrets: () => ['hunter2-Zx9'], safe: true, salt: '' });
    const took = (size: number): number => {
      const start = performance.now();
      for (const unit of ['a', 'a.', '%40', "'", '-', 'eyJ', '=', '\\_']) mask({ type: 'connection.lost', pass: 'forward', step: 'apply', attempt: 1, text: unit.repeat(size / unit.length) });
      return performance.now() - start;
    };
    took(1000);
    // A square law would take minutes.
    expect(took(300_000)).toBeLessThan(5000);
  });
});
