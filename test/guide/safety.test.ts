import { describe, expect, it } from 'vitest';
import { compile, forward } from './compile.js';

const sql = (text: string) => `\`\`\`sql\n${text}\n\`\`\`\n`;
const commands = async (text: string) => forward(await compile(text)).flatMap((step) => step.statements.map((one) => one.command));

/** Nothing under these may run on the way forward, wherever it stands. */
describe('what never runs forward', () => {
  const titles = [
    'Rollback', '🔄 Rollback Procedure', '‚Ü©Ô∏è Rollback', 'Reverting', 'Undo the change', 'Emergency Procedures', 'Recovery', 'Rollback (if needed)', 'Down migration',
    'Troubleshooting', 'Common Issues', 'Overview', 'What this migration does', 'What if it fails', 'If something goes wrong', 'Promote yourself (Optional)', 'Optional: seed data',
    'Security Considerations', 'FAQ', 'Example', 'Support', 'ロールバック', 'Откат', 'Retour arrière', 'Rückgängig machen', 'Error: "relation does not exist"', 'Database reset (all of it)', 'Complete fresh start', 'How to clean up test boats (if found in production)',
  ];
  it.each(titles)('a section called %s', async (title) => {
    for (const text of [
      `# G\n\n## ${title}\n\n${sql('DROP TABLE t;')}`,
      `# G\n\n## Deployment\n\n### ${title}\n\n${sql('DROP TABLE t;')}`,
      `# G\n\n## Pre-deployment\n\n### ${title}\n\n#### Step 1: Apply\n\n${sql('DROP TABLE t;')}`,
    ]) expect(await commands(text)).toEqual([]);
  });

  it('a section that begins with how to start over, and the ways of it', async () => {
    expect(await commands(`# G\n\n## Apply\n\n${sql('CREATE TABLE a (id int);')}\n## The whole database\n\nIf you want to completely reset your database:\n\n### Option 1: script\n\n\`\`\`bash\nmake reset\n\`\`\`\n\n### Option 2: by hand\n\n${sql('DROP TABLE t;')}`)).toEqual(['CREATE TABLE']);
  });

  it.each(['**Rollback:**', 'If it fails:', 'To undo:', '**If validation fails:**', 'Optional:', 'If you want admin access, run:', '**Rollback SQL**'])('code under the label %s', async (label) => {
    expect(await commands(`# G\n\n## Apply\n\n${sql('CREATE TABLE t ();')}\n${label}\n\n${sql('DROP TABLE t;')}`)).toEqual(['CREATE TABLE']);
  });

  it('code after a comment in the fence that heads a rollback', async () => {
    const graph = await compile(`# G\n\n## Apply\n\n${sql('CREATE TABLE t ();\n\n-- ROLLBACK:\nDROP TABLE t;')}`);
    expect(forward(graph).flatMap((step) => step.statements.map((one) => one.command))).toEqual(['CREATE TABLE']);
    expect(graph.rollback[0]?.reverts).toEqual([forward(graph)[0]?.id]);
  });

  it('a commented-out rollback', async () => {
    expect(await commands(`# G\n\n## Apply\n\n${sql('CREATE TABLE t ();\n-- DROP TABLE t;')}`)).toEqual(['CREATE TABLE']);
  });

  it('a numbered rollback item between forward ones', async () => {
    expect(await commands(`# G\n\n## Steps\n\n1. Create it:\n   ${sql('CREATE TABLE t ();').replace(/\n(?=.)/g, '\n   ')}\n2. To roll back:\n   ${sql('DROP TABLE t;').replace(/\n(?=.)/g, '\n   ')}\n3. Check it:\n   ${sql('SELECT 1;').replace(/\n(?=.)/g, '\n   ')}`)).toEqual(['CREATE TABLE', 'SELECT']);
  });

  it('goes on forward after the label has ended', async () => {
    expect(await commands(`# G\n\n## Apply\n\n1. One:\n${sql('SELECT 1;')}\nIf it fails:\n${sql('SELECT 2;')}\n2. Two:\n${sql('SELECT 3;')}`)).toEqual(['SELECT', 'SELECT']);
  });

  it.each(['Opción', 'Opção', 'Méthode', 'Variante', '方案', 'Вариант'])('only one of two ways called %s', async (word) => {
    const graph = await compile(`# G\n\n## Deployment\n\n### ${word} A: CLI\n\n${sql('SELECT 1;')}\n### ${word} B: editor\n\n${sql('SELECT 2;')}`);
    expect(forward(graph).map((step) => step.kind)).toEqual(['choice', 'sql', 'sql']);
  });

  it('asks which tool is at hand without leaving the way', async () => {
    const graph = await compile('# G\n\n## Apply\n\nIf you have the CLI installed:\n\n```bash\nnpm run up\n```\n');
    expect(forward(graph).map((step) => step.kind)).toEqual(['shell']);
  });

  it.each([
    'Reverse the change', 'Reversal', 'Abort', 'Backing out', 'Restore', 'Fallback plan', 'Contingency Plan', 'Emergency', 'Emergency Stop', 'Uninstall', 'Tear down', 'Remove the migration', 'Cleanup if it failed', 'When things go wrong',
    'Failure Scenarios', 'Handling errors', 'Plan B', 'Old approach', 'Deprecated', 'Manual fix', 'Nice to have', 'Sample queries', 'Useful SQL', '⚠️ Danger zone', 'Reset the database', 'Starting over', 'Development only', 'Issue 1: access is refused',
    'Deshacer', 'Restauración', 'Vuelta atrás', 'Reversão', 'Zurücksetzen', 'Wiederherstellung', '回退', '撤销', '元に戻す', '롤백', 'Отмена', 'Wycofanie', 'Ripristino', 'Terugdraaien', 'Återställning', 'Problèmes courants', 'Problemas comunes', 'Häufige Probleme', '常见问题', 'よくある問題', '문제 해결',
    'Falls etwas schiefgeht', 'Fehlersuche', 'Consultas útiles', "Exemples d'utilisation", 'Ejemplos', 'Beispiele', '如果失败', 'Se algo der errado', 'Als er iets misgaat', 'Если что-то пошло не так', '常用查询', 'Vue d\'ensemble', 'Hinweise', 'Adding a new migration', 'Known gotchas', 'Day-2 operations', 'Routine maintenance',
    'TL;DR', 'Current state vs. target state', 'Plan if it goes south', 'Worst case', 'Follow-ups', 'Index on prices (separate PR)', 'Lessons learned', 'Implementation details', 'Common tasks', 'Admin queries', 'Rationale', 'Drop the old column (if no longer needed)', 'Reload the cache (if needed)', 'Solutions', 'Solution 2: the user is missing', 'Annex A: queries used', 'Anhang',
    'Criar nova migration', 'Crear una nueva migración', 'Neue Migration anlegen', '新增迁移', 'Issues found in the files', 'Policy analysis results', 'Audit findings', 'Haeufige Probleme', '维护计划', 'Notas de implementación', 'Como isso é implementado', 'Backlog hors session (à ouvrir séparément)', 'Cosa viene applicato', 'O que será criado', 'Ce qui est modifié', 'Was wird geändert', '变更内容', 'Problema identificato', 'Тестовые данные (опционально)', 'Dati di prova (opzionale)', 'Что создаётся',
  ])('a section called %s', async (title) => {
    expect(await commands(`# G\n\n## Deployment\n\n### ${title}\n\n${sql('DROP TABLE t;')}`)).toEqual([]);
    expect(await commands(`# G\n\n## ${title}\n\n${sql('DROP TABLE t;')}`)).toEqual([]);
  });

  it.each(['Reverse proxy settings', 'Add a fallback column', 'Create emergency_contacts', 'Drop deprecated columns', 'Insertar datos de ejemplo', 'Beispieldaten einfügen', 'Enable maintenance mode', 'Check migration history', 'Create extension (if not already there)', 'Create the current_state table'])('but one called %s does', async (title) => {
    expect(await commands(`# G\n\n## Deployment\n\n### ${title}\n\n${sql('SELECT 1;')}`)).toEqual(['SELECT']);
  });

  it.each([
    'Should you need to undo, run:', '- **Rollback:**', '* Rollback:', 'To reverse this:', 'As a last resort:', 'In an emergency:', 'Not recommended:', 'Never do this:', 'Old version:', 'Before:', 'e.g.:', 'For reference:', 'To start over:', 'Pour annuler :', '❌ **Wrong:**', '**Correct:**', 'Ejemplo:', '如果失败：',
    '<summary>Rollback</summary>', '<details><summary><b>Rollback</b> (if needed)</summary>', '<h3>Rollback</h3>', '> **Rollback**',
  ])('code under the label %s', async (label) => {
    expect(await commands(`# G\n\n## Apply\n\n${sql('CREATE TABLE t ();')}\n${label}\n\n${sql('DROP TABLE t;')}`)).toEqual(['CREATE TABLE']);
  });

  it.each([['Cambios en schema', 'Migration script completo'], ['Schemaänderungen', 'How to apply'], ['Changements de schéma', 'Complete migration script']])('what "%s" shows before "%s" does it', async (changes, script) => {
    expect(await commands(`# G\n\n## ${changes}\n\n${sql('ALTER TABLE t ADD COLUMN a int;')}\n## ${script}\n\n${sql('SELECT 1;')}`)).toEqual(['SELECT']);
  });

  it('what shows how a state was made, while what looks at it runs', async () => {
    const under = (label: string, text: string) => commands(`# G\n\n## Security\n\n${label}\n\n${sql(text)}`);
    expect(await under('All tables have row level security enabled:', 'CREATE POLICY p ON t USING (true);')).toEqual([]);
    expect(await under('Todas las tablas tienen RLS:', 'ALTER TABLE t ENABLE ROW LEVEL SECURITY;')).toEqual([]);
    expect(await under('All tables have row level security enabled:', 'SELECT relname FROM pg_class;')).toEqual(['SELECT']);
    expect(await under('All tables must have row level security:', 'ALTER TABLE t ENABLE ROW LEVEL SECURITY;')).toEqual(['ALTER TABLE']);
  });

  it('goes on forward after a folded part is closed', async () => {
    expect(await commands(`# G\n\n## Apply\n\n<details>\n<summary>Rollback</summary>\n\n${sql('DROP TABLE t;')}\n</details>\n\n${sql('CREATE TABLE t ();')}`)).toEqual(['CREATE TABLE']);
  });

  it('a bullet that only mentions a rollback takes nothing off the way', async () => {
    expect(await commands(`# G\n\n## Apply\n\n- The rollback was tested\n- Everyone knows\n\n${sql('CREATE TABLE t ();')}`)).toEqual(['CREATE TABLE']);
  });

  it.each([
    '-- To undo:', '-- Emergency rollback', '-- Reverse migration', '-- Rollback script', '-- Rollback plan', '-- BEGIN ROLLBACK', '-- ROLLBACK PROCEDURE (run by hand)', '-- Example rollback', '-- ====\n-- ROLLBACK\n-- ====', '/* Rollback */', '-- +goose Down', '-- migrate:down', '-- @down',
  ])('code in the fence under the comment %s is a rollback', async (comment) => {
    const graph = await compile(`# G\n\n## Apply\n\n${sql(`CREATE TABLE t ();\n\n${comment}\nDROP TABLE t;`)}`);
    expect(forward(graph).flatMap((step) => step.statements.map((one) => one.command))).toEqual(['CREATE TABLE']);
    expect(graph.rollback.map((part) => part.reverts)).toEqual([[forward(graph)[0]?.id]]);
  });

  it.each(['-- Optional: an index', '-- If something goes wrong:', '-- If it fails, run:', '-- In case of failure', '-- Troubleshooting:', '-- Alternative:', '-- DO NOT RUN', '-- one more (optional)', '-- Step 3: clean up (run this only if step 2 found rows)', '-- If needed:', '-- 4. drop the old name (if no longer needed)', '-- Only if the count above was 0:'])('code in the fence under the comment %s is left out, with a warning', async (comment) => {
    const graph = await compile(`# G\n\n## Apply\n\n${sql(`CREATE TABLE t ();\n\n${comment}\nDROP TABLE t;\n\n-- 2. look\nSELECT 1;`)}`);
    expect(graph.steps.flatMap((step) => step.statements.map((one) => one.command))).toEqual(['CREATE TABLE', 'SELECT']);
    expect(graph.diagnostics.filter((one) => one.code === 'left-out')).toHaveLength(1);
    expect(graph.rollback).toEqual([]);
  });

  it.each(['-- Rollback: DROP TABLE t;', '-- Rollback script: t_down.sql', '-- Rollback plan: drop the table'])('a note of the way back above what builds stays a note: %s', async (note) => {
    expect(await commands(`# G\n\n## Apply\n\n${sql(`-- Migration 5\n${note}\nCREATE TABLE t ();`)}`)).toEqual(['CREATE TABLE']);
  });

  it('a section whose title says nothing, but which drops all that was built, is the way back', async () => {
    const text = (title: string, drops: string) => `# G\n\n## Deployment\n\n${sql('CREATE TABLE goods (id int);\nCREATE FUNCTION f() RETURNS int LANGUAGE sql AS $$SELECT 1$$;')}\n## ${title}\n\n${sql(drops)}`;
    const graph = await compile(text('Getting rid of it', 'DROP FUNCTION f();\nDROP TABLE goods;'));
    expect(graph.steps.map((step) => step.role)).toEqual(['deploy', 'rollback']);
    expect(graph.rollback[0]?.reverts).toEqual([graph.steps[0]?.id]);
    expect(graph.diagnostics.map((one) => one.code)).toContain('read-as-rollback');
    // Part of it may be a step; so may what the author calls one.
    expect(await commands(text('Tidy', 'DROP FUNCTION f();'))).toEqual(['CREATE TABLE', 'CREATE FUNCTION', 'DROP FUNCTION']);
    expect(await commands(text('Step 2', 'DROP FUNCTION f();\nDROP TABLE goods;'))).toHaveLength(4);
    expect(await commands(text('Getting rid of it', 'DROP FUNCTION f();\nDROP TABLE goods;').replace('## Getting', '<!-- step: role=deploy -->\n\n## Getting'))).toHaveLength(4);
  });

  it('a chapter without a name of its own behind verification and troubleshooting destroys nothing', async () => {
    const text = `# G\n\n## Deployment\n\n${sql('CREATE TABLE a (id int);')}\n## Verification\n\n${sql('SELECT 1;')}\n## Troubleshooting\n\nAsk.\n\n## Zebra\n\n${sql('DROP TABLE other;')}`;
    expect(await commands(text)).toEqual(['CREATE TABLE', 'SELECT']);
    expect(await commands(text.replace('## Troubleshooting', '## Step 2: Swap'))).toEqual(['CREATE TABLE', 'DROP TABLE', 'SELECT']);
  });

  it.each(['Going back', 'Tear-down', 'How to remove it again', 'Exit strategy', 'How it differs', 'What went wrong last time', 'Unlocking a stuck migration', 'Cleaning up after a failed run', 'Deprecated approach', 'Rolling it back', 'Customization options', 'Customizing the limits', 'Commands used', 'Choose a winner (run every Monday)', 'Cleanup (tùy chọn)', 'Xử lý lỗi', 'Khôi phục'])('a section called %s, seen in guides', async (title) => {
    expect(await commands(`# G\n\n## ${title}\n\n${sql('DROP TABLE t;')}`)).toEqual([]);
  });

  it('what a heading that quotes an error tells, in a language of which no word is known', async () => {
    const graph = await compile(`# G\n\n## Zebra\n\n### Xyzzy: "relation does not exist"\n\n${sql('CREATE TABLE t (id int);')}\n## Apply\n\n${sql('CREATE TABLE u (id int);')}`);
    expect(forward(graph).flatMap((step) => step.statements.map((one) => one.sql))).toEqual(['CREATE TABLE u (id int)']);
    expect(graph.diagnostics.map((one) => one.code)).toContain('left-out');
    // What is done about an error, and what must be refused, are steps.
    for (const title of ['Fix "column does not exist"', 'Test: refused with "permission denied"', 'Add the role that the report "role app does not exist" asks for']) {
      expect(await commands(`# G\n\n## ${title}\n\n${sql('CREATE TABLE u (id int);')}`)).toEqual(['CREATE TABLE']);
    }
  });

  it('the other chapters of a document that is about errors, unless a title places them', async () => {
    const errors = ['already exists', 'does not exist', 'permission denied'].map((error) => `### Xyzzy: "${error}"\n\n${sql('DROP TABLE t;')}`).join('\n');
    const text = `# G\n\n## Zebra\n\n${errors}\n## Quokka\n\n${sql('DROP TABLE u;')}\n## Verification\n\n${sql('SELECT 1;')}`;
    expect(await commands(text)).toEqual(['SELECT']);
    expect(await commands(text.replace('Xyzzy: "permission denied"', 'Wombat'))).toEqual(['DROP TABLE', 'DROP TABLE', 'SELECT']);
  });

  it('a chapter that shows one object built in two ways', async () => {
    const two = `### Wombat\n\n${sql('CREATE INDEX i ON t (a);\nCREATE INDEX CONCURRENTLY i ON t (a);')}\n### Quokka\n\n${sql('DROP TABLE u;')}`;
    const text = (title: string, body: string) => `# G\n\n## ${title}\n\n${body}`;
    expect(await commands(text('Zebra', two))).toEqual([]);
    expect((await compile(text('Zebra', two))).diagnostics.map((one) => one.code)).toContain('left-out');
    // Where the title says what it is for, or the object goes in between, or stands elsewhere, or the same is run again, it runs.
    expect(await commands(text('Apply', two))).toHaveLength(3);
    expect(await commands(text('Zebra', two.replace('CREATE INDEX C', 'DROP INDEX i;\nCREATE INDEX C')))).toHaveLength(4);
    expect(await commands(text('Zebra', sql('CREATE TABLE a.t (id int);\nCREATE TABLE b.t (id bigint);')))).toHaveLength(2);
    expect(await commands(text('Zebra', sql('CREATE TABLE t (id int);\nCREATE TABLE t (id int);')))).toHaveLength(2);
  });

  it.each(['m/3_t.down.sql', 'file: m/3_t_rollback.sql', 'm/t-undo.sql'])('what a comment says stands in %s', async (name) => {
    expect(await commands(`# G\n\n## Apply\n\n${sql(`-- m/3_t.up.sql\nCREATE TABLE t (id int);\n\n-- ${name}\nDROP TABLE t;`)}`)).toEqual(['CREATE TABLE']);
    expect(await commands(`# G\n\n## Apply\n\n${sql(`-- ${name}\nDROP TABLE t;\n\n-- m/3_t.up.sql\nCREATE TABLE t (id int);`)}`)).toEqual(['CREATE TABLE']);
  });

  it.each(['**MySQL:**', 'Oracle syntax:', '**SQL Server 2019 (T-SQL)**:'])('code for another database system, below %s', async (label) => {
    expect(await commands(`# G\n\n## Apply\n\n${label}\n\n${sql('ALTER TABLE t ADD COLUMN n int;')}\n**PostgreSQL:**\n\n${sql('CREATE TABLE t (id int);')}`)).toEqual(['CREATE TABLE']);
    // A title or a sentence that names one is about what is moved.
    expect(await commands(`# Moving from MySQL\n\n## Apply\n\nLoad what MySQL held:\n\n${sql('CREATE TABLE t (id int);')}`)).toEqual(['CREATE TABLE']);
  });

  it('code below a comment that names another database system', async () => {
    expect(await commands(`# G\n\n## Apply\n\n${sql('-- MySQL (8.0)\nALTER TABLE t ADD COLUMN n int, ALGORITHM=INSTANT;\n\n-- PostgreSQL\nCREATE TABLE t (id int);')}`)).toEqual(['CREATE TABLE']);
    expect(await commands(`# G\n\n## Apply\n\n${sql('-- MySQL held this as text\nCREATE TABLE t (id int);')}`)).toEqual(['CREATE TABLE']);
  });

  it('a pattern, about a table that nobody has', async () => {
    const text = (name: string) => `# G\n\n## Apply\n\n${sql(`ALTER TABLE ${name} ADD COLUMN n int;`)}`;
    for (const name of ['your_table', 'table_name', 'my_schema.my_table']) expect(await commands(text(name))).toEqual([]);
    for (const name of ['price_table', 'tables', 'your_boats']) expect(await commands(text(name))).toEqual(['ALTER TABLE']);
    expect((await compile(text('your_table'))).diagnostics.map((one) => one.code)).toContain('left-out');
  });

  it.each(['In case you have to go back, nothing is lost.\n\nRun:', 'If the column is missing, run this statement.', 'If something must be rolled back, keep calm.\n\nThen execute:'])('code below the sentence %j', async (sentence) => {
    expect(await commands(`# G\n\n## Apply\n\n${sql('CREATE TABLE t ();')}\n${sentence}\n\n${sql('DROP TABLE t;')}`)).toEqual(['CREATE TABLE']);
  });

  it.each(["When you're ready, run this statement.", 'If all went well, run the next statement.'])('but below %j it runs', async (sentence) => {
    expect(await commands(`# G\n\n## Apply\n\n${sql('CREATE TABLE t ();')}\n${sentence}\n\n${sql('CREATE INDEX i ON t (a);')}`)).toEqual(['CREATE TABLE', 'CREATE INDEX']);
  });

  it.each([['# Rollback if needed', 'rollback'], ['# Or, all at once', 'another way'], ['# If the push fails', 'a failure'], ['# Optional: notify', 'a choice']])('commands below the comment %s: %s', async (comment) => {
    const graph = await compile(`# G\n\n## Apply\n\n\`\`\`bash\n# Apply\nup.sh\n\n${comment}\ndown.sh\n\`\`\`\n`);
    expect(graph.steps.map((step) => step.shell)).toEqual([expect.stringMatching(/up\.sh(?![\s\S]*down)/)]);
    expect(graph.diagnostics.map((one) => one.code)).toContain('left-out');
  });

  it('what a command above runs inside', async () => {
    const fence = (text: string) => `\`\`\`bash\n${text}\n\`\`\`\n`;
    const shells = async (label: string) => (await compile(`# G\n\n## Apply\n\n${fence('npm run up')}\n${label}\n\n${fence('tool push')}`)).steps.map((step) => step.shell);
    for (const label of ['This runs:', 'Equivalent to:', 'Under the hood:']) expect(await shells(label)).toEqual(['npm run up']);
    expect(await shells('This runs the second part:')).toEqual(['npm run up', 'tool push']);
  });

  it('what a schema looks like when the chapter of steps is over', async () => {
    const text = (title: string) => `# G\n\n## Deployment instructions\n\n${sql('SELECT 1;')}\n## ${title}\n\n${sql('CREATE TABLE t (id int);')}`;
    expect(await commands(text('Database schema'))).toEqual(['SELECT']);
    expect(await commands(text('2. New tables'))).toEqual(['SELECT', 'CREATE TABLE']);
  });

  it('what is to be done after 30 days is a follow-up', async () => {
    const [step] = forward(await compile(`# G\n\n## Cleanup after 30 days\n\n${sql('DROP TABLE t;')}`));
    expect(step?.followUp?.fromMs).toBe(30 * 86_400_000);
  });

  it.each(['Usage', 'How to use', 'How to use the new column', 'Using the tables', 'Utilisation', 'Uso', 'Cómo usar', 'Como usar', 'Verwendung', 'Использование', 'Quick Commands', 'Comandos Rápidos', 'Commandes rapides', 'Schnellbefehle', 'Frequently Used Queries', 'Final Structure', 'Estructura Final', 'Structure finale', 'Correct Database Design'])('what is done with what was built, under %s behind the steps', async (title) => {
    expect(await commands(`# G\n\n## Apply\n\n${sql('ALTER TABLE t ADD c int;')}\n## ${title}\n\n### Add a row\n\n${sql('INSERT INTO t (c) VALUES (1);')}`)).toEqual(['ALTER TABLE']);
  });

  it.each([['Usage', 'CREATE TABLE t ();'], ['Using the SQL editor', 'DELETE FROM t WHERE b;'], ['How to use this guide', 'DELETE FROM t WHERE b;']])('but under "%s", "%s" is a step', async (title, text) => {
    expect(await commands(`# G\n\n## Apply\n\n${sql('SELECT 1;')}\n## ${title}\n\n${sql(text)}`)).toHaveLength(2);
    expect(await commands(`# G\n\n## ${title}\n\n${sql('DELETE FROM t WHERE b;')}\n## Apply\n\n${sql('SELECT 1;')}`)).toHaveLength(2);
  });

  it.each(['Step 3: If Still Having Issues', 'Step 2: If You Still See Errors', 'Step 3: If Problems Persist', 'Paso 3: Si el problema persiste', 'Schritt 3: Falls der Fehler besteht', 'Étape 4 : si le problème persiste', '步骤3：如果仍有问题'])('a remedy counted among the steps, as %s', async (title) => {
    expect(await commands(`# G\n\n## Apply\n\n### ${title}\n\n${sql('DROP TABLE t;')}`)).toEqual([]);
    expect(await commands(`# G\n\n## ${title}\n\n${sql('DROP TABLE t;')}`)).toEqual([]);
  });

  it.each(['Step 3: If no errors, go on', 'Step 2: Fix the errors', 'Paso 3: Si todo va bien'])('but %s is a step', async (title) => {
    expect(await commands(`# G\n\n## Apply\n\n### ${title}\n\n${sql('DROP TABLE t;')}`)).toEqual(['DROP TABLE']);
  });

  it.each(['Problem Analysis', 'Análisis del Problema', 'Analyse du problème', 'Análise do problema', 'Problemanalyse'])('what was wrong, under %s, and its remedy is no way back', async (title) => {
    const graph = await compile(`# G\n\n## ${title}\n\n### How it came\n\n${sql('ALTER TABLE t ADD CONSTRAINT k CHECK (a > 0);')}\n## Solution\n\n${sql('ALTER TABLE t DROP CONSTRAINT k;')}`);
    expect(graph.steps.map((step) => [step.role, step.line])).toEqual([['deploy', 13]]);
    expect(await commands(`# G\n\n## Apply\n\n### The wrong constraint\n\n${sql('DROP TABLE t;')}`)).toEqual([]);
  });
});

it('a heading of rollback swallowed by a fence that was left open heads what stands below it', async () => {
  const text = '# G\n\n## Apply\n\n```sql\nCREATE TABLE t (id int);\n\n### Rollback\n\nDROP TABLE t;\n';
  expect(await commands(text)).toEqual(['CREATE TABLE']);
});

it.each([
  'DO $$\nBEGIN\n  ...\nEND $$;', 'DO $$\nBEGIN\n  -- ...\nEND $$;', 'CREATE FUNCTION f() RETURNS trigger AS $$\nBEGIN\n  -- ... as before\n  RETURN NEW;\nEND;\n$$ LANGUAGE plpgsql;', "INSERT INTO t (v) VALUES ('[0.1, 0.2, ...]'::vector);",
])('asks about what leaves something out where the grammar does not look: %j', async (text) => {
  const graph = await compile(`# G\n\n## Apply\n\n${sql(text)}`);
  expect([forward(graph).map((step) => step.kind), graph.diagnostics.map((one) => one.code)]).toEqual([['operator'], ['not-sql']]);
});

it.each(["DO $$\nBEGIN\n  -- ... and now the rest\n  PERFORM f();\nEND $$;", "DO $$\nBEGIN\n  RAISE NOTICE 'working\n...\n';\nEND $$;", "INSERT INTO t (name) VALUES ('and so on ...'), ('[see below, ...]');"])('and runs %j, which says all', async (text) => {
  expect(forward(await compile(`# G\n\n## Apply\n\n${sql(text)}`)).map((step) => step.kind)).toEqual(['sql']);
});

it('SQL that a command prints is its output, and never runs', async () => {
  const printed = '```bash\ncat boats.sql\n```\n\nExpected output:\n```sql\nALTER TABLE boats ADD COLUMN mast int;\n```\n';
  const graph = await compile(`# G\n\n## Preparation\n\n${printed}\n## Apply\n\n${sql('SELECT 1;')}`);
  expect(forward(graph).map((step) => [step.kind, step.statements.length])).toEqual([['shell', 0], ['sql', 1]]);
  expect(graph.steps[0]?.expectations).toMatchObject([{ source: 'operator', assertion: { text: 'Expected output:\nALTER TABLE boats ADD COLUMN mast int;' } }]);
  // Below a statement it is what the next one is expected to give.
  expect(await commands(`# G\n\n## Apply\n\n${sql('SELECT 1;')}\nExpected output:\n\n${sql('SELECT 2;')}`)).toEqual(['SELECT', 'SELECT']);
});

describe('a sheet of facts about a step, its way back among them', () => {
  const SHEET = ['**What:** makes the boats', '**Blocks:** a short lock', '**Rollback:** easy (before part 2)'];
  const BACK = `## Rollback\n\n${sql('DROP TABLE boats;')}`;
  const guide = (sheet: string[], code: string, back = BACK, before = '') => compile(`# Boats\n\n## Deployment\n\n### Step 1: Boats\n\n${before}${sheet.join('\n')}\n\n${sql(code)}\n${back}`);
  const forwards = async (...given: Parameters<typeof guide>) => forward(await guide(...given)).flatMap((step) => step.statements.map((one) => one.command));

  it('leaves the code below it the step that it is', async () => {
    expect(await forwards(SHEET, 'CREATE TABLE boats (id int);')).toEqual(['CREATE TABLE']);
    expect(await forwards([...SHEET.slice(0, 2), '**Rollback:** remove the column if needed'], 'ALTER TABLE boats ADD COLUMN mast int;\nDELETE FROM piers;')).toEqual(['ALTER TABLE', 'DELETE']);
    expect((await guide(SHEET, 'CREATE TABLE boats (id int);')).rollback.map((one) => one.statements.map(({ command }) => command))).toEqual([['DROP TABLE']]);
  });

  it.each([
    ['leads to the code', [...SHEET.slice(0, 2), '**Rollback:** run the following'], 'CREATE TABLE boats (id int);', BACK, ''],
    ['may be what the code does', [...SHEET.slice(0, 2), '**Rollback:** restore the old names'], "UPDATE boats SET name = 'old';", BACK, ''],
    ['ends with a colon', [...SHEET.slice(0, 2), '**Rollback:** as it was:'], 'CREATE TABLE boats (id int);', BACK, ''],
    ['stands alone', ['**Rollback:** easy'], 'CREATE TABLE boats (id int);', BACK, ''],
    ['stands above code that takes away', SHEET, 'DROP TABLE boats;', BACK, ''],
    ['stands above code that drops and makes again', SHEET, 'DROP VIEW fleet;\nCREATE VIEW fleet AS SELECT 1;', BACK, ''],
    ['is the only rollback of the document', SHEET, 'CREATE TABLE boats (id int);', '', ''],
    ['stands behind the code of its step', SHEET, 'INSERT INTO boats VALUES (1);', BACK, `${sql('SELECT 1;')}\n`],
  ])('is a rollback where it %s', async (_what, sheet, code, back, before) => {
    expect(await forwards(sheet, code, back, before)).toEqual(before === '' ? [] : ['SELECT']);
  });
});
