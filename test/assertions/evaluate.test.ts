import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Assertion, Measured } from '../../src/assertions/assertion.js';
import { deferredOf, difference, evaluate, explain } from '../../src/assertions/evaluate.js';
import { withValues } from '../../src/assertions/format.js';
import { parseExpect } from '../../src/assertions/parse.js';
import { NOTHING, rows } from './support.js';

function read(line: string): Assertion {
  const parsed = parseExpect(line);
  if ('problem' in parsed) throw new Error(parsed.problem);
  return parsed.assertion;
}
const verdict = (line: string, measured: Measured, resolved: Parameters<typeof evaluate>[2] = NOTHING): string => evaluate(read(line), measured, resolved).verdict;
const typed = (type: string, cell: string | null): Measured => rows(['v'], [[cell]], { types: [type] });
const failed = rows([], [], { rowCount: null, error: { sqlstate: '42501', message: 'permission denied for table users' } });

describe('values are compared by type', () => {
  test.each([
    ['value = 9223372036854775807', typed('int8', '9223372036854775807'), 'passed'],
    ['value = 9223372036854775807', typed('int8', '9223372036854775806'), 'failed'],
    ['value = 0.1', typed('numeric', '0.10'), 'passed'],
    ['value = 0.1', typed('numeric', '0.1000000000000000055511151231257827'), 'failed'],
    ['value < 10', typed('int4', '9'), 'passed'],
    ['value = "10"', typed('int4', '10'), 'passed'],
    ['value = "10.0"', typed('text', '10'), 'failed'],
    ['value is true', typed('bool', 't'), 'passed'],
    ['value is true', typed('bool', 'f'), 'failed'],
    ['value = "f"', typed('bool', 'f'), 'passed'],
    ['value = ""', typed('text', null), 'failed'],
    ['value is null', typed('text', ''), 'failed'],
    ['value is null', typed('text', null), 'passed'],
    ['value > 0', typed('int4', null), 'failed'],
    ['value = "OK"', typed('text', 'ok'), 'failed'],
    ['value = "2024-01-01"', typed('timestamp', '2024-01-01 00:00:00'), 'failed'],
    ['value matches /^a+$/', typed('text', 'aaa'), 'passed'],
    ['value is uuid', typed('uuid', '7d444840-9dc0-11d1-b245-5ffdce74fad2'), 'passed'],
    ['value is json', typed('text', '{"a":'), 'failed'],
    ['value = 1', rows(['v'], []), 'failed'],
    ['value = 1', rows(['v'], [['1'], ['1']]), 'failed'],
  ])('%s (%#)', (line, measured, want) => {
    expect(verdict(line, measured)).toBe(want);
  });

  test('every big integer is told from its neighbour', () => {
    fc.assert(fc.property(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 2n }), (one) => {
      expect(verdict(`value = ${one}`, typed('int8', String(one)))).toBe('passed');
      expect(verdict(`value = ${one}`, typed('int8', String(one + 1n)))).toBe('failed');
      expect(verdict(`value < ${one + 1n}`, typed('int8', String(one)))).toBe('passed');
    }));
  });

  test('what is only known during the run is resolved, or fails', () => {
    const line = "value = :'before'";
    expect(verdict(line, typed('int8', '5'), { parameters: { before: '5' }, queries: {} })).toBe('passed');
    expect(evaluate(read(line), typed('int8', '5'), NOTHING)).toMatchObject({ verdict: 'failed', note: expect.stringContaining('before') });
    expect(verdict('rows = (SELECT 2)', rows(['a'], [['x'], ['y']]), { parameters: {}, queries: { 'SELECT 2': '2' } })).toBe('passed');
    expect(deferredOf(read("value in :'a', (SELECT 1), 3"))).toEqual({ parameters: ['a'], queries: ['SELECT 1'] });
  });
});

describe('rows and cells', () => {
  const policies = rows(['name', 'cmd'], [['read_own', 'SELECT'], ['write_own', 'INSERT']]);
  const cut = { ...policies, rowCount: 900, truncated: true };
  test.each([
    ['rows = 2', policies, 'passed'], ['no rows', policies, 'failed'], ['rows = 900', cut, 'passed'],
    ['rows = 0', rows([], [], { rowCount: null }), 'failed'],
    ['column cmd in "SELECT", "INSERT"', policies, 'passed'], ['column cmd = "SELECT"', policies, 'failed'], ['any column cmd = "SELECT"', policies, 'passed'],
    ['column name != column cmd', policies, 'passed'], ['column name = column cmd', policies, 'failed'], ['any column name = column cmd', policies, 'failed'], ['column name = column nope', policies, 'failed'],
    ['column a = column b', rows(['a', 'b'], [['10', '10'], [null, null]], { types: ['int8', 'int8'] }), 'passed'], ['column a < column b', rows(['a', 'b'], [['9', '10']], { types: ['int8', 'int8'] }), 'passed'],
    ['column a = column b', rows(['a', 'b'], [['9', null]]), 'failed'], ['column a = column b', rows(['a', 'b'], []), 'failed'],
    ['column nope = 1', policies, 'failed'], ['column cmd = "SELECT"', rows(['cmd'], []), 'failed'],
    ['column cmd = "SELECT" where name = "read_own"', policies, 'passed'], ['column cmd = "INSERT" where name = "read_own"', policies, 'failed'], ['column cmd = "SELECT" where name = "other"', policies, 'failed'],
    ['column cmd = "SELECT" where nope = "read_own"', policies, 'failed'], ['column cmd = "SELECT" where name = "other"', cut, 'asked'], ['any column cmd = "SELECT" where name = "write_own"', policies, 'failed'],
    ['column n >= 30 where id = 2', rows(['id', 'n'], [['1', '4'], ['2', '31'], ['2', '30']], { types: ['int4', 'int8'] }), 'passed'], ['column n > 30 where id = 2', rows(['id', 'n'], [['1', '40'], ['2', '31'], ['2', '30']], { types: ['int4', 'int8'] }), 'failed'],
    ['column cmd in "SELECT", "INSERT"', cut, 'asked'], ['any column cmd = "DELETE"', cut, 'asked'],
    ['rows contain "read_own"', policies, 'passed'], ['rows contain "own"', policies, 'failed'], ['rows contain "read_own"', cut, 'passed'], ['rows contain "other"', cut, 'asked'],
    ['rows exclude "other"', policies, 'passed'], ['rows exclude "other"', cut, 'asked'], ['rows exclude "read_own"', cut, 'failed'],
  ])('%s (%#)', (line, measured, want) => {
    expect(verdict(line, measured)).toBe(want);
  });

  const table = (cells: (string | null)[][], ordered = false, columns: string[] | null = ['name', 'cmd']): Assertion => ({ type: 'table', columns, rows: cells, ordered });
  test('tables are multisets unless ordered; an elision matches any text', () => {
    const swapped = table([['write_own', 'INSERT'], ['read_own', 'SELECT']]);
    expect(evaluate(swapped, policies, NOTHING).verdict).toBe('passed');
    expect(evaluate({ ...swapped, ordered: true } as Assertion, policies, NOTHING).verdict).toBe('failed');
    expect(evaluate(table([['…', 'INSERT'], ['read...', 'SELECT']]), policies, NOTHING).verdict).toBe('passed');
    expect(evaluate(table([['read_own', 'SELECT'], ['read_own', 'SELECT']]), policies, NOTHING)).toMatchObject({ verdict: 'failed', actual: expect.stringContaining('write_own') });
    expect(evaluate(table([['x', 'y']], false, ['other', 'cmd']), policies, NOTHING).verdict).toBe('failed');
    expect(evaluate(table([['INSERT'], ['SELECT']], false, ['cmd']), policies, NOTHING)).toMatchObject({ verdict: 'passed', note: expect.stringContaining('name') });
  });

  test('rows among others', () => {
    const among = (columns: string[] | null, cells: (string | null)[][]): Assertion => ({ type: 'includes', columns, rows: cells });
    expect(evaluate(among(['name', 'cmd'], [['write_own', 'INSERT']]), policies, NOTHING)).toMatchObject({ verdict: 'passed', expected: 'result includes\n| name | cmd |\n| --- | --- |\n| write_own | INSERT |' });
    expect(evaluate(among(null, [['write_own', '…']]), policies, NOTHING).verdict).toBe('passed');
    expect(evaluate(among(['cmd'], [['SELECT'], ['INSERT']]), policies, NOTHING)).toMatchObject({ verdict: 'passed', note: 'not compared: name' });
    expect(evaluate(among(['cmd'], [['SELECT'], ['SELECT']]), policies, NOTHING).verdict).toBe('failed');
    expect(evaluate(among(['name', 'cmd'], [['write_own', 'SELECT']]), policies, NOTHING)).toMatchObject({ verdict: 'failed', actual: 'missing (write_own | SELECT) (2 rows)', note: 'there is (write_own | INSERT)' });
    expect(evaluate(among(['name', 'role'], [['write_own', 'x']]), policies, NOTHING)).toMatchObject({ verdict: 'failed', note: 'not all columns of the expected rows are there' });
    expect(evaluate(among(['name'], [['other']]), cut, NOTHING).verdict).toBe('asked');
    expect(evaluate(among(['name'], [['other']]), rows(['name'], []), NOTHING).verdict).toBe('failed');
    expect(evaluate(among(['name'], [['other']]), rows([], [], { rowCount: null }), NOTHING).verdict).toBe('failed');
  });

  test('the difference names what is missing and what is extra', () => {
    expect(difference([['a', '1'], ['b', '2']], [['b', '2.0'], ['c', '3']])).toEqual({ missing: [['a', '1']], extra: [['c', '3']] });
    expect(difference([['…'], ['a…']], [['ab'], ['b']])).toEqual({ missing: [], extra: [] });
    expect(difference([[null]], [['']])).toEqual({ missing: [[null]], extra: [['']] });
  });

  test('any shuffling of rows is the same table', () => {
    const cells = fc.array(fc.tuple(fc.string(), fc.option(fc.string())), { maxLength: 12 });
    fc.assert(fc.property(cells.chain((one) => fc.tuple(fc.constant(one), fc.shuffledSubarray(one, { minLength: one.length }))), ([one, shuffled]) => {
      expect(difference(one, shuffled)).toEqual({ missing: [], extra: [] });
    }));
  });
});

describe('failure, plans, tests and commands', () => {
  test.each([
    ['rows = 0', 'failed'], ['success', 'failed'], ['notice "x"', 'failed'], ['error', 'passed'], ['error 42501', 'passed'], ['error "Permission denied"', 'passed'],
    ['error 23505', 'failed'], ['error 42501 "other"', 'failed'], ['operator "well?"', 'asked'],
  ])('a failed statement and `%s`', (line, want) => {
    expect(verdict(line, failed)).toBe(want);
  });

  test.each([
    ['error', '55P03', 'failed'], ['error', '57014', 'failed'], ['error', '40P01', 'failed'], ['error "denied"', '53100', 'failed'], ['error 55P03', '55P03', 'passed'], ['error "lock timeout"', '55P03', 'passed'], ['error 57014', '55P03', 'failed'], ['error', '42501', 'passed'],
  ])('`%s`, and the server answers %s: what cuts a statement off is no refusal of it', (line, sqlstate, want) => {
    expect(verdict(line, { ...failed, error: { sqlstate, message: 'denied: canceling statement due to lock timeout' } })).toBe(want);
  });

  const plan = rows(['QUERY PLAN'], [['Limit  (cost=0..1)'], ['  ->  Index Only Scan using idx_a on t'], ['Execution Time: 0.231 ms']], { command: 'EXPLAIN', durationMs: 90 });
  const json = rows(['QUERY PLAN'], [['[{"Plan":{"Node Type":"Index Scan","Index Name":"idx_a","Relation Name":"t"},"Execution Time":12.5}]']], { command: 'EXPLAIN' });
  test.each([
    ['plan has Index Scan', plan, 'passed'], ['plan uses index idx_a', plan, 'passed'], ['plan uses index idx', plan, 'failed'], ['plan has no Seq Scan', plan, 'passed'],
    ['plan has Seq Scan', plan, 'failed'], ['time < 1ms', plan, 'passed'], ['plan uses index idx_a', json, 'passed'], ['time > 12ms', json, 'passed'], ['time < 1ms', rows(['a'], []), 'failed'],
    ['plan has Index Scan', rows(['a'], [['Index Scan']]), 'failed'],
    ['tap ok', rows(['t'], [['1..2'], ['ok 1 - a'], ['ok 2 - b']]), 'passed'], ['tap ok', rows(['t'], [['1..3'], ['ok 1'], ['ok 2']]), 'failed'],
    ['tap ok', rows(['t'], [['ok 1'], ['not ok 2']]), 'failed'], ['tap ok', rows(['t'], [['ok 1'], ['not ok 2 # TODO later']]), 'passed'], ['tap ok', rows(['t'], []), 'failed'],
    ['tests = 2', rows([], [], { rowCount: null, notices: [{ severity: 'NOTICE', message: 'TEST 1: PASS' }, { severity: 'NOTICE', message: 'TEST 2: PASSED' }] }), 'passed'],
    ['tests = 2', rows(['name', 'result'], [['a', 'PASS'], ['b', 'FAIL']]), 'failed'],
    ['affected = 3', rows([], [], { rowCount: null, affected: 3 }), 'passed'], ['affected = 3', rows([], [], { rowCount: null }), 'failed'],
    ['exit 0', rows([], [], { kind: 'shell', exitCode: 2, rowCount: null }), 'failed'], ['output contains "done"', rows([], [], { kind: 'shell', exitCode: 0, output: 'all done\n' }), 'passed'],
    ['output is empty', rows([], [], { kind: 'shell', exitCode: 0, output: '\n' }), 'passed'], ['no notice "FAIL"', rows([], []), 'passed'],
  ])('%s (%#)', (line, measured, want) => {
    expect(verdict(line, measured)).toBe(want);
  });

  test('where one of two readings holds, it passes and the note says so', () => {
    const [first, second] = [read('rows = 3'), read('value = 3')];
    expect(evaluate(first, rows(['n'], [['3']]), NOTHING, second)).toMatchObject({ verdict: 'passed', note: expect.stringContaining('other reading') });
    expect(evaluate(first, rows(['n'], [['4']]), NOTHING, second).verdict).toBe('failed');
  });

  test('a judgement is one line', () => {
    expect(explain(evaluate(read('rows = 3'), rows(['a'], [['x'], ['y']]), NOTHING))).toBe('rows = 3, got 2');
    expect(explain(evaluate(read('value = 3'), rows(['a'], []), NOTHING))).toBe('value = 3, got no rows');
  });
});

test('shows a parameter in the form that measured values have', () => {
  const values = { users: '5', name: 'Ada "A"', none: null };
  expect(withValues("affected = :'users'", values)).toBe('affected = 5');
  expect(withValues("column name = :'name'", values)).toBe('column name = "Ada \\"A\\""');
  expect(withValues("value = :'none'", values)).toBe('value = null');
  expect(withValues("value = :'unknown'", values)).toBe("value = :'unknown'");
});
