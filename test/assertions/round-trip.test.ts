import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { assertionSchema, type Assertion } from '../../src/assertions/assertion.js';
import { formatExpect } from '../../src/assertions/format.js';
import { parseExpect, type ExpectTable } from '../../src/assertions/parse.js';

/** What a reader of fences hands over: the first line, and the table below it. */
function parseText(text: string): ReturnType<typeof parseExpect> {
  const [line = '', ...rest] = text.split('\n');
  const cells = rest.map((one) => one.trim().replace(/^\||\|$/g, '').split(/(?<!\\)\|/).map((cell) => cell.trim().replaceAll('\\|', '|')));
  const table: ExpectTable | undefined = rest.length > 1 ? { columns: cells[0] ?? [], rows: cells.slice(2) } : undefined;
  return parseExpect(line, table);
}

const text = fc.string({ minLength: 1, maxLength: 20 });
const number = fc.oneof(fc.integer(), fc.double({ noNaN: true, noDefaultInfinity: true })).map((one) => (one === 0 ? 0 : one));
const scalar = fc.oneof(fc.string(), number, fc.boolean(), fc.constant(null));
const deferred = fc.oneof(
  fc.record({ parameter: fc.stringMatching(/^[a-z_]\w{0,10}$/) }),
  fc.constantFrom('SELECT 1', "SELECT count(*) FROM t WHERE a = ')'", 'SELECT max("x)") FROM (SELECT 1) AS y').map((sql) => ({ sql })),
);
const operand = fc.oneof(scalar, deferred);
const compared = fc.oneof(
  fc.record({ op: fc.constantFrom('=' as const, '!=' as const, '<' as const, '<=' as const, '>' as const, '>=' as const, 'contains' as const), value: operand }),
  fc.record({ op: fc.constant('between' as const), value: fc.tuple(operand, operand) }),
  fc.record({ op: fc.constant('in' as const), value: fc.array(operand, { minLength: 1, maxLength: 4 }) }),
  fc.record({ op: fc.constant('matches' as const), value: fc.constantFrom('^a/b$', '\\d+ "x"', 'x|y') }),
);
const ms = fc.oneof(fc.nat(), fc.double({ min: 0.001, max: 1e6, noNaN: true }));
const plan = fc.record({ contains: fc.option(text), excludes: fc.option(text), index: fc.option(text) }).filter((one) => one.contains !== null || one.excludes !== null || one.index !== null);
const table = fc.integer({ min: 1, max: 4 }).chain((width) => fc.record({
  columns: fc.oneof(fc.constant(null), fc.array(fc.stringMatching(/^[a-z][a-z| ]{0,6}[a-z]$/), { minLength: width, maxLength: width })),
  rows: fc.array(fc.array(fc.option(fc.string()), { minLength: width, maxLength: width }), { minLength: 1, maxLength: 4 }),
}));

const assertion: fc.Arbitrary<Assertion> = fc.oneof(
  // `rows contains …` is about cells: a count has no such comparison.
  compared.filter((one) => one.op !== 'contains').map((one) => ({ type: 'rows' as const, ...one })), compared.map((one) => ({ type: 'value' as const, ...one })),
  compared.map((one) => ({ type: 'affected' as const, ...one })), compared.map((one) => ({ type: 'exit' as const, ...one })),
  fc.record({ column: text, quantifier: fc.constantFrom('every' as const, 'any' as const) }).chain((one) => compared.map((two) => ({ type: 'column' as const, ...one, ...two }))),
  fc.record({ column: text, quantifier: fc.constantFrom('every' as const, 'any' as const), where: fc.record({ column: text, value: scalar }) }).chain((one) => compared.map((two) => ({ type: 'column' as const, ...one, ...two }))),
  fc.record({ column: text, quantifier: fc.constantFrom('every' as const, 'any' as const), op: fc.constantFrom('=' as const, '!=' as const, '<' as const, '>=' as const), value: fc.record({ column: text }) }).map((one) => ({ type: 'column' as const, ...one })),
  fc.constantFrom('uuid' as const, 'json' as const, 'timestamp' as const, 'integer' as const, 'number' as const, 'boolean' as const).map((shape) => ({ type: 'shape' as const, shape })),
  fc.array(scalar, { minLength: 1, maxLength: 4 }).map((values) => ({ type: 'contains' as const, values })), fc.array(scalar, { minLength: 1, maxLength: 4 }).map((values) => ({ type: 'excludes' as const, values })),
  table.map((one) => ({ type: 'table' as const, ...one, ordered: false })), table.map((one) => ({ type: 'includes' as const, ...one })),
  fc.record({ sqlstate: fc.option(fc.stringMatching(/^[0-9A-Z]{5}$/)), message: fc.option(fc.string()) }).map((one) => ({ type: 'error' as const, ...one })),
  fc.constant({ type: 'success' as const }),
  fc.record({ op: fc.constantFrom('<' as const, '<=' as const, '>' as const, '>=' as const), value: ms }).map((one) => ({ type: 'time' as const, ...one })),
  plan.map((one) => ({ type: 'plan' as const, ...one })),
  fc.record({ contains: fc.string(), present: fc.boolean() }).map((one) => ({ type: 'notice' as const, ...one })),
  fc.constant({ type: 'tests' as const, op: '=' as const, value: null }), fc.nat().map((value) => ({ type: 'tests' as const, op: '>=' as const, value })),
  fc.record({ op: fc.constantFrom('contains' as const, '=' as const, '!=' as const), value: fc.string() }).map((one) => ({ type: 'output' as const, ...one })),
  fc.string().map((one) => ({ type: 'operator' as const, text: one })),
);

test('what is formatted parses to the same assertion', () => {
  fc.assert(fc.property(assertion, (one) => {
    expect(parseText(formatExpect(one))).toEqual({ statement: null, assertion: one });
  }), { numRuns: 3000 });
});

test('any line gives an assertion of the schema, or a problem with a column in it', () => {
  const words = fc.array(fc.constantFrom('rows', 'value', '=', '3', '"a"', 'between', 'and', 'in', ',', '(', ')', 'plan', 'has', 'no', 'is', 'time', '<', 'ms', 'result', 'any', 'column', ':', "'"), { maxLength: 8 });
  fc.assert(fc.property(fc.oneof(fc.string(), words.map((one) => one.join(' '))), (line) => {
    const read = parseExpect(line);
    if ('problem' in read) expect(read.column >= 1 && read.column <= line.length + 1).toBe(true);
    else expect(assertionSchema.safeParse(read.assertion).success).toBe(true);
  }), { numRuns: 2000 });
});

describe('exact lines', () => {
  test.each<[string, number | null, Assertion]>([
    ['statement 2: rows = 3', 1, { type: 'rows', op: '=', value: 3 }],
    ['no rows', null, { type: 'rows', op: '=', value: 0 }],
    ['rows between 1 and 5', null, { type: 'rows', op: 'between', value: [1, 5] }],
    ["value = :'before_count'", null, { type: 'value', op: '=', value: { parameter: 'before_count' } }],
    ['value = (SELECT count(*) FROM auth.users)', null, { type: 'value', op: '=', value: { sql: 'SELECT count(*) FROM auth.users' } }],
    ['value = 9223372036854775807', null, { type: 'value', op: '=', value: '9223372036854775807' }],
    ['value is true', null, { type: 'value', op: '=', value: true }],
    ['value is uuid', null, { type: 'shape', shape: 'uuid' }],
    ['column cmd in "SELECT", "INSERT"', null, { type: 'column', column: 'cmd', quantifier: 'every', op: 'in', value: ['SELECT', 'INSERT'] }],
    ['column total >= 30 where name = "grain"', null, { type: 'column', column: 'total', quantifier: 'every', op: '>=', value: 30, where: { column: 'name', value: 'grain' } }],
    ['column body matches /a b/ where name = true', null, { type: 'column', column: 'body', quantifier: 'every', op: 'matches', value: 'a b', where: { column: 'name', value: true } }],
    ['any column qual contains "user_profiles"', null, { type: 'column', column: 'qual', quantifier: 'any', op: 'contains', value: 'user_profiles' }],
    ['column done = column "of all"', null, { type: 'column', column: 'done', quantifier: 'every', op: '=', value: { column: 'of all' } }],
    ['error 42501 "denied"', null, { type: 'error', sqlstate: '42501', message: 'denied' }],
    ['time < 1.5s', null, { type: 'time', op: '<', value: 1500 }],
    ['plan has no Seq Scan', null, { type: 'plan', contains: null, excludes: 'Seq Scan', index: null }],
    ['tap ok', null, { type: 'tests', op: '=', value: null }],
    ['output matches /a/b$/', null, { type: 'output', op: 'matches', value: 'a/b$' }],
    ['output is empty', null, { type: 'output', op: '=', value: '' }],
    ['exit 0', null, { type: 'exit', op: '=', value: 0 }],
  ])('%s', (line, statement, want) => {
    expect(parseExpect(line)).toEqual({ statement, assertion: want });
  });

  test.each([
    ['row = 3', 1, 'rows = 3'], ['column a in column b', 20, 'two columns'], ['rows 3', 6, '='], ['value = OK', 9, '"OK"'], ['rows = 3 extra', 10, 'extra'], ['time < 100', 8, 'unit'],
    ['statement 0: rows = 1', 1, 'from 1'], ['result is', 10, 'table'], ['value matches /(/', 18, 'regular expression'],
  ])('%s names its fault', (line, column, part) => {
    expect(parseExpect(line)).toMatchObject({ column, problem: expect.stringContaining(part) });
  });
});
