import { describe, expect, it } from 'vitest';
import { fillShell, parametersOfShell } from '../../src/guide/shell-placeholders.js';
import { codes, compile, errors, forward, withSql } from './compile.js';

const sql = (body: string, info = '') => `\`\`\`sql${info}\n${body}\n\`\`\`\n`;
const reviewed = (body: string, front = '') => `---\nguide: g\n${front}---\n# G\n\n## Apply\n\n${body}`;

/** Sentences of the language, where a document once read otherwise. */
describe('the language', () => {
  it('a fence whose only statement is wrong is a syntax error with its place, no question', async () => {
    const graph = await compile(withSql('CREATE TABEL t (id int);'));
    expect(graph.diagnostics.filter((one) => one.severity === 'error')).toMatchObject([{ code: 'sql-syntax', line: 6, column: 8, message: 'syntax error at or near "TABEL"' }]);
    expect(forward(graph).map((step) => step.kind)).toEqual(['sql']);
    const file = await compile('# G\n\n## Apply\n\n```sql file=a.sql\n```\n', { '/guides/a.sql': '\nUPDATE t SET a = WHERE b;\n' });
    expect(file.diagnostics.filter((one) => one.severity === 'error')).toMatchObject([{ code: 'sql-syntax', line: 2, file: 'a.sql' }]);
    expect(codes(file)).not.toContain('empty-file');
  });

  it('ticking a heading changes neither the title nor the ids of its steps', async () => {
    const ids = async (box: string) => (await compile(`# G\n\n## Apply\n\n### ${box} Step 1: x\n\n${sql('SELECT 1;')}`)).steps.map((step) => [step.id, step.title, step.kind]);
    expect(await ids('[ ]')).toEqual([['apply/step-1-x/1', 'Step 1: x', 'checklist'], ['apply/step-1-x/2', 'Step 1: x', 'sql']]);
    expect(await ids('[x]')).toEqual(await ids('[ ]'));
    expect(await ids('  [ ]')).toEqual(await ids('[ ]'));
  });

  it('output shown in a console fence is never run', async () => {
    const [step] = forward(await compile('# G\n\n## Apply\n\n```console\n# as the owner\n$ psql -c "select 1" \\\n>   other\n ?column?\n rm -rf x\n$ echo done\ndone\n```\n'));
    expect(step?.shell).toBe('# as the owner\npsql -c "select 1" \\\n  other\necho done');
  });

  it.each(['sql', 'SQL', ' sql', 'sql:migrations/one.sql', '{.sql .numberLines}', 'sql{1,3}', 'sql title="one.sql"', 'sql showLineNumbers', 'sql linenums="1" hl_lines="2"', 'pgsql', 'postgresql'])('a fence marked `%s` is SQL', async (info) => {
    for (const indent of ['', '  ']) {
      const graph = await compile(`# G\n\n## Apply\n\n${indent === '' ? '' : '- do:\n\n'}${indent}\`\`\`${info}\n${indent}SELECT 1;\n${indent}\`\`\`\n`);
      expect(errors(graph)).toEqual([]);
      expect(forward(graph).flatMap((step) => step.statements.map((one) => one.sql))).toEqual(['SELECT 1']);
    }
  });

  it('in a reviewed guide every word after the language must be known', async () => {
    expect(errors(await compile(reviewed(sql('SELECT 1;', ' title="one.sql"'))))).toEqual(['unknown-attribute']);
  });

  it('an option that is done by hand can be chosen beside one that runs', async () => {
    const graph = await compile('# G\n\n## Apply\n\n**Option A: in the dashboard**\n\n1. Open it\n2. Paste the file\n\n**Option B: by script**\n\n```bash\nmake\n```\n\n---\n\n```sql\nSELECT 1;\n```\n');
    expect(graph.steps.map((step) => [step.kind, step.choice?.option ?? null, step.prompt])).toEqual([
      ['choice', null, 'Which of these applies?'], ['operator', 'A', '- Open it\n- Paste the file'], ['shell', 'B', null], ['sql', null, null],
    ]);
    const headed = await compile(`# G\n\n## Verify\n\n### Option 1: ask\n\n${sql('SELECT 1;')}\n### Option 2: look\n\nLook at the page.\n`);
    expect(headed.steps.map((step) => [step.kind, step.choice?.option ?? null])).toEqual([['choice', null], ['sql', '1'], ['operator', '2']]);
  });

  it('options that only tell, beside none that runs, stay prose', async () => {
    expect((await compile('# G\n\n## Apply\n\n### Option A: this\n\nWords.\n\n### Option B: that\n\nWords.\n')).steps).toEqual([]);
  });

  it('a remedy ends where the next error begins', async () => {
    const graph = await compile('# G\n\n## Troubleshooting\n\n### Error: "no such table"\n\nApply it first.\n\n**Error: permission denied for it**\n\nGrant it.\n');
    expect(graph.hints.map((hint) => [hint.pattern, hint.remedy])).toEqual([['no such table', 'Apply it first.'], ['permission denied for it', 'Grant it.']]);
  });

  it('attributes that reach no step, or are misspelt as a comment, are warned of', async () => {
    expect(codes(await compile(reviewed(`<!-- step: id=x -->\n\nWords.\n`)))).toEqual(['no-steps', 'unused-attributes']);
    expect(codes(await compile(reviewed(`<!-- step id=x -->\n${sql('SELECT 1;')}`)))).toEqual(['step-comment']);
  });
});

describe('values', () => {
  it.each([
    ['an expectation', sql('SELECT 1;') + "\n```expect\nvalue = :'nowhere'\n```\n", 13],
    ["an expectation's query", sql('SELECT 1;') + "\n```expect\nvalue = (SELECT :'nowhere')\n```\n", 13],
    ['claims', sql('SELECT 1;', ` as=anon claims="{\\"sub\\": :'nowhere'}"`), 8],
  ])('without a source are an error in %s', async (_name, body, line) => {
    expect((await compile(reviewed(body))).diagnostics).toMatchObject([{ code: 'parameter-without-value', line }]);
    expect(errors(await compile(reviewed(body, 'parameters:\n  nowhere:\n')))).toEqual([]);
  });

  it('that the step itself captures can be expected', async () => {
    expect(errors(await compile(reviewed(`${sql('SELECT 1;', ' capture=n')}\n\`\`\`expect\nvalue = :'n'\n\`\`\`\n`)))).toEqual([]);
  });

  it('are asked for the placeholders of a command', async () => {
    const graph = await compile('# G\n\n## Apply\n\n```bash\n# YOUR_COMMENT_HERE\nexport MY_NAME=1; tool link --ref <project-ref> --key=YOUR_API_KEY $MY_TOKEN "${YOUR_TOKEN}" <your-app.sql\n```\n');
    expect(graph.parameters).toMatchObject([{ name: 'project_ref', placeholder: '<project-ref>', line: 5, secret: false }, { name: 'your_api_key', secret: true }]);
    expect(errors(graph)).toEqual([]);
  });

  it('are asked for names in braces in a command, and for the UUID that a literal stands for', async () => {
    const graph = await compile(`# G\n\n## Verify\n\n\`\`\`bash\ncurl "https://{project-ref}.example.com/{anon-key}" -d '{"a": 1}' \${home-dir} {a,b}\n\`\`\`\n\n${sql("SELECT 1 FROM boats WHERE owner_id = 'mate-a-uuid';")}`);
    expect(graph.parameters.map(({ name, type }) => [name, type])).toEqual([['project_ref', 'text'], ['anon_key', 'text'], ['mate_a_uuid', 'uuid']]);
    expect(fillShell('curl https://{project-ref}.example.com', { project_ref: 'abc' })).toBe('curl https://abc.example.com');
  });

  it.each([
    ['tool <project-ref>', "a'; rm x", "tool 'a'\\''; rm x'"],
    ['tool "<project-ref>"', 'a"; $(x) `y` \\', 'tool "a\\"; \\$(x) \\`y\\` \\\\"'],
    ["tool '<project-ref>'", "a'; rm x", "tool 'a'\\''; rm x'"],
    ["# don't\ntool <project-ref>", 'a b', "# don't\ntool 'a b'"],
    ['tool <project-ref>', 'abc-1', 'tool abc-1'],
  ])('stay data in a command: %s', (script, value, filled) => {
    expect(fillShell(script, { project_ref: value })).toBe(filled);
    expect(parametersOfShell(script)).toEqual(['project_ref']);
  });
});
