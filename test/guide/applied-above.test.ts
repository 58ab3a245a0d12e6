import { describe, expect, it } from 'vitest';
import { codes, compile, expectations, forward } from './compile.js';

const F = '```';
const sql = (body: string) => `${F}sql\n${body}\n${F}\n`;
const shell = (body: string) => `${F}bash\n${body}\n${F}\n`;
const boats = sql('CREATE TABLE boats (id int);\nINSERT INTO boats VALUES (1);');

/** What is done on the way: the kinds of the steps. */
const done = async (text: string) => forward(await compile(`# Boats\n\n## Migration\n\n${text}`)).map((step) => step.kind);

describe('SQL that is shown, and then told to be applied', () => {
  const editor = '### Option A: SQL editor\n\nPaste the SQL above and press Run.\n\n';

  it('is applied once: the ways to do it are no steps', async () => {
    expect(await done(`${boats}\n${editor}### Option B: psql\n\n${shell('psql "$DB" -f boats.sql')}`)).toEqual(['sql']);
    expect(codes(await compile(`# Boats\n\n## Migration\n\n${boats}\n${editor}### Option B: psql\n\n${shell('psql "$DB" -f boats.sql')}`))).toContain('left-out');
  });

  it('in a chapter of its own, where the file is named above the SQL', async () => {
    expect(await done(`File: \`migrations/boats.sql\`\n\n${boats}\n## Apply it\n\n**Option A: dashboard**\n\n1. Open the SQL editor\n2. Paste the file\n\n**Option B: psql**\n\n${shell('# once\ncd harbour\npsql "$DB" \\\n  -f migrations/boats.sql')}`)).toEqual(['sql']);
  });

  it('by a single command, and by hand behind it', async () => {
    expect(await done(`${sql('-- boats.sql\nCREATE TABLE boats (id int);')}\n${shell('psql -d harbour < sql/boats.sql')}\n## How to apply\n\n1. Open the editor\n2. Paste the statements shown above\n`)).toEqual(['sql']);
  });

  it('what is to be seen then is expected of the SQL', async () => {
    const graph = await compile(`# Boats\n\n## Migration\n\n${sql('UPDATE boats SET berth = 1;')}\n${editor}Expected: 3 rows updated\n\n### Option B: psql\n\n${shell('psql -f boats.sql')}`);
    expect(expectations(graph).map(({ statement, assertion }) => [statement, assertion])).toEqual([[0, { type: 'affected', op: '=', value: 3 }]]);
  });
});

describe('but what applies other SQL is a step', () => {
  it.each([
    ['another file', `File: boats.sql\n\n${boats}\n${shell('psql -f crews.sql')}`, ['sql', 'shell']],
    ['no file is named', `${boats}\n${shell('psql -f boats.sql')}`, ['sql', 'shell']],
    ['a command that does more', `File: boats.sql\n\n${boats}\n${shell('psql -f boats.sql\nnpm run types')}`, ['sql', 'shell']],
    ['a way that has SQL of its own', `${boats}\n### Option A: editor\n\nPaste the SQL above.\n\n### Option B: in parts\n\n${sql('INSERT INTO boats VALUES (2);')}`, ['sql', 'choice', 'operator', 'sql']],
    ['queries are to be run again', `${boats}\n### Step 2: Look\n\nRun the verification queries above again.\n`, ['sql', 'operator']],
    ['SQL that only reads', `File: boats.sql\n\n${sql('SELECT 1;')}\n${shell('psql -f boats.sql')}`, ['sql', 'shell']],
  ])('%s', async (_, text, kinds) => {
    expect(await done(text)).toEqual(kinds);
  });
});
