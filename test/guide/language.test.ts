import { describe, expect, it } from 'vitest';
import { compileGuide } from '../../src/graph/compile.js';
import { codes, compile, errors, expectations, forward, memoryFiles } from './compile.js';

const guide = (front: string, body: string) => `---\nguide: g\n${front}---\n\n# G\n\n## Apply\n\n${body}`;
const sql = (info: string, body = 'SELECT 1;') => `\`\`\`sql ${info}\n${body}\n\`\`\`\n`;

describe('errors that stop a run before anything is touched', () => {
  it.each([
    ['unknown attribute', guide('', sql('tiemout=5s')), 'unknown-attribute', /timeout/],
    ['bad duration', guide('', sql('timeout=soon')), 'bad-attribute', null],
    ['flag with a value', guide('', sql('discard=please')), 'bad-attribute', null],
    ['unknown key', guide('databse: postgres\n', sql('')), 'unknown-key', /database/],
    ['bad value', guide('risk: huge\n', sql('')), 'front-matter', null],
    ['broken YAML', guide('title: [\n', sql('')), 'front-matter', null],
    ['duplicate id', guide('', sql('id=a') + '\n' + sql('id=a')), 'duplicate-id', null],
    ['edge to nowhere', guide('', sql('id=apply-1') + '\n' + sql('needs=aply-1')), 'edge-to-nowhere', /apply-1/],
    ['on-fail to nowhere', guide('', sql('on-fail=gone')), 'edge-to-nowhere', null],
    ['cycle', guide('', sql('id=a needs=b') + '\n' + sql('id=b needs=a')), 'cycle', null],
    ['need of a later step', guide('', sql('id=a needs=b') + '\n' + sql('id=b')), 'unreachable', null],
    ['parameter without a value', guide('', sql('', "SELECT :'who';")), 'parameter-without-value', null],
    ['capture used before it is made', guide('', sql('', "SELECT :'n';") + '\n' + sql('capture=n')), 'parameter-without-value', null],
    ['expect without a step', guide('', '```expect\nrows = 1\n```\n'), 'expect-without-step', null],
    ['bad expect line', guide('', `${sql('')}\n\`\`\`expect\nrows are nice\n\`\`\`\n`), 'bad-expect', null],
    ['statement that is not there', guide('', `${sql('')}\n\`\`\`expect\nstatement 3: rows = 1\n\`\`\`\n`), 'bad-expect', null],
  ])('%s', async (_name, text, code, hint) => {
    const found = (await compile(text)).diagnostics.filter((one) => one.severity === 'error');
    expect(found.map((one) => one.code)).toEqual(expect.arrayContaining([code]));
    if (hint) expect(found.map((one) => one.hint ?? '').join()).toMatch(hint);
    for (const one of found) expect(text.split('\n').length).toBeGreaterThanOrEqual(one.line);
  });
});

describe('reviewed guides', () => {
  it('read front matter', async () => {
    const graph = await compile(guide('title: T\ndatabase: supabase\nestimate: 1h30m\nrisk: low\nenvironments: [staging]\nparameters:\n  who: { type: email, ask: Whose?, default: a@example.com }\n  n:\n', sql('', "SELECT :'who', :n;")));
    expect(errors(graph)).toEqual([]);
    expect(graph.guide).toMatchObject({ id: 'g', title: 'T', reviewed: true, database: 'supabase', estimateMs: 5_400_000, risk: 'low', environments: ['staging'] });
    expect(graph.parameters).toMatchObject([{ name: 'who', type: 'email', ask: 'Whose?', line: 9 }, { name: 'n', type: 'text', line: 10 }]);
  });

  it('read every attribute', async () => {
    const attributes = 'id=x timeout=5s lock-timeout=500ms retries=2 tolerate="42710 42P07" capture="a,b" optional run-once no-return no-skip as=authenticated claims=\'{"sub":"1"}\' discard rehearse=only on-fail=continue';
    const [step] = (await compile(guide('', sql(attributes)))).steps;
    expect(step).toMatchObject({
      id: 'x', timeoutMs: 5000, lockTimeoutMs: 500, retries: 2, tolerate: ['42710', '42P07'], capture: ['a', 'b'], optional: true, runOnce: true, noReturn: true, noSkip: true,
      as: 'authenticated', claims: '{"sub":"1"}', discard: true, rehearse: 'only', onFail: 'continue',
    });
    expect((await compile(guide('', sql('repeat="30s for 30m"')))).steps[0]).toMatchObject({ kind: 'monitor', repeat: { everyMs: 30_000, forMs: 1_800_000 } });
  });

  it('take attributes from a comment before a fence, a list and a heading', async () => {
    const graph = await compile('---\nguide: g\n---\n\n# G\n\n<!-- step: role=verify -->\n## Odds and ends\n\n<!-- step: id=boxes no-skip -->\n\n- [ ] a\n\n<!-- step: id=q timeout=1s -->\n```sql\nSELECT 1;\n```\n');
    expect(graph.steps).toMatchObject([{ id: 'boxes', noSkip: true, role: 'verify' }, { id: 'q', timeoutMs: 1000, role: 'verify' }]);
  });

  it('judge by explicit expectations only', async () => {
    const graph = await compile(guide('', `${sql('', 'SELECT count(*) FROM t;\n-- Expected: 7')}\n\`\`\`expect\nvalue = 3\n\`\`\`\n`));
    expect(expectations(graph)).toMatchObject([{ source: 'explicit', statement: 0, assertion: { type: 'value', op: '=', value: 3 } }]);
  });

  it('take exact tables, in order only with ORDER BY', async () => {
    const table = '```expect\nresult is\n| a | b |\n|---|---|\n| 1 | x |\n```\n';
    const found = expectations(await compile(guide('', `${sql('', 'SELECT a, b FROM t ORDER BY a;')}\n${table}\n${sql('', 'SELECT a, b FROM t;')}\n${table}`)));
    expect(found.map((one) => one.assertion)).toMatchObject([{ type: 'table', columns: ['a', 'b'], rows: [['1', 'x']], ordered: true }, { type: 'table', ordered: false }]);
  });

  it('capture before use is fine', async () => {
    expect(errors(await compile(guide('', `${sql('capture=n')}\n${sql('', "SELECT :'n';")}`)))).toEqual([]);
  });

  it('words after the language are no attributes in a plain document', async () => {
    expect(codes(await compile('# G\n\n## Apply\n\n```sql title here\nSELECT 1;\n```\n'))).toEqual([]);
  });

  it('front matter whose one key of ours is mistyped does not pass for another tool\'s in silence', async () => {
    const graph = await compile('---\ngide: boats\n---\n\n# G\n\n## Apply\n\n- [ ] a\n');
    expect(graph.diagnostics).toMatchObject([{ severity: 'warning', code: 'unknown-key', line: 2, hint: 'did you mean `guide`?' }]);
  });

  it('front matter of other tools is theirs', async () => {
    const graph = await compile('---\nsidebar_position: 2\nslug: /x\n---\n\n# G\n\n## Apply\n\n- [ ] a\n');
    expect(graph.guide.reviewed).toBe(false);
    expect(errors(graph)).toEqual([]);
  });

  it('reach the migrations beside a folder called guides, and no further', async () => {
    const text = guide('migrations: ../migrations/x\n', sql('file=one.sql', ''));
    const read = async (path: string) => errors(await compileGuide({ path, text }, memoryFiles({ '/p/migrations/x/one.sql': 'SELECT 1;' })));
    expect(await read('/p/guides/g.md')).toEqual([]);
    expect(await read('/p/docs/g.md')).toEqual(['file-outside']);
  });

  it('run a file', async () => {
    const graph = await compile(guide('migrations: sql\n', '```sql file=one.sql\n```\n'), { '/guides/sql/one.sql': 'CREATE TABLE a (id int);\n\nCREATE TABLE b (id int);\n' });
    expect(forward(graph)[0]?.statements.map((one) => [one.file, one.line, one.command])).toEqual([['sql/one.sql', 1, 'CREATE TABLE'], ['sql/one.sql', 3, 'CREATE TABLE']]);
  });
});
