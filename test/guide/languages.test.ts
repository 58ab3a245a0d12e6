import { describe, expect, it } from 'vitest';
import { compile, expectations, forward, withSql } from './compile.js';

const sql = (text: string) => `\`\`\`sql\n${text}\n\`\`\`\n`;
const roleOf = async (title: string) => (await compile(`# G\n\n## ${title}\n\n${sql('SELECT 1;')}`)).steps.map((step) => step.role);

describe('chapters in other languages', () => {
  it.each(['Verifique se funcionou', 'Verifikasi', 'Testar as funcionalidades', 'Tester dans l\'interface', 'Pruebas', 'Тестирование', '测试', 'テスト手順', '테스트', 'Après la migration', 'Nach der Migration', 'Depois da migração', 'После применения', '部署后', '移行後', 'Sprawdzenie', 'Periksa hasil', 'Validação obrigatória'])('%s looks at the outcome', async (title) => {
    expect(await roleOf(title)).toEqual(['verify']);
  });

  it.each(['Testdaten anlegen', 'テストデータ', '测试数据'])('%s does not', async (title) => {
    expect(await roleOf(title)).not.toContain('verify');
  });

  it.each(['Still not working?', 'It does not work', 'Toujours pas de résultat ?', 'Immer noch Fehler?', 'Incident handling', 'Escalation', 'テストデータの準備（開発環境のみ）', '仅限开发环境', 'Nur für Entwicklung', 'Open backlog', 'Wichtige Hinweise', 'Causa raíz', 'Contexto del problema', 'Sorun 2: eklenti yok', 'Comandos de emergencia', '重要提示', 'Explicación técnica', 'Need help?', '需要帮助？', 'Besoin d\'aide ?'])('%s is not on the way', async (title) => {
    expect(await roleOf(title)).toEqual([]);
  });

  it.each(['Checklist Final', 'Checklist finale', 'Lista de verificación final', '最终检查清单', 'Итоговый чек-лист', 'Checklist complète', 'Checklist de conclusão'])('%s at the end closes the work', async (title) => {
    const graph = await compile(`# G\n\n## Migration\n\n${sql('SELECT 1;')}\n## Vérifier\n\n${sql('SELECT 2;')}\n## ${title}\n\n### Après la migration\n\n- [ ] Fait\n`);
    expect(graph.steps.filter((step) => step.kind === 'checklist').map((step) => step.role)).toEqual(['signoff']);
  });

  it('asks by hand for a result that no code answers', async () => {
    const graph = await compile('# G\n\n## Migrasi\n\n1. Buka dasbor\n2. Klik Run\n\n**Hasil yang diharapkan:**\n\n```\nSukses\n```\n');
    expect(graph.steps.map((step) => step.kind)).toEqual(['operator']);
  });
});

describe('a document whose work is to restore', () => {
  const steps = `## Restore process\n\n### 1. Stop\n\n${sql('SELECT 1;')}\n### 2. Restore the database\n\n${sql('SELECT 2;')}\n## Rollback\n\n${sql('SELECT 3;')}`;
  it('restores on the way', async () => {
    const graph = await compile(`# Harbour database restore drill\n\n${steps}`);
    expect(graph.steps.map((step) => step.role)).toEqual(['deploy', 'deploy', 'rollback']);
  });

  it('is none that migrates', async () => {
    const graph = await compile(`# Migration guide with restore steps\n\n${steps}`);
    expect(graph.steps.filter((step) => step.role !== 'rollback').flatMap((step) => step.statements.map((one) => one.line))).not.toContain(14);
  });
});

it('takes up again what it paused', async () => {
  const graph = await compile(`# G\n\n## Procedure\n\n### 1. Pause the tide job\n\n${sql('SELECT 1;')}\n### 2. Restore the tide job\n\n${sql('SELECT 2;')}\n### 3. Restore the old table\n\n${sql('SELECT 3;')}`);
  expect(graph.steps.map((step) => step.role)).toEqual(['deploy', 'deploy', 'rollback']);
});

it.each([['Before (slow)', 'After (fast)'], ['Önce (eski)', 'Sonra (yeni)'], ['修改前', '修改后']])('"%s" and "%s" compare', async (before, after) => {
  const graph = await compile(`# G\n\n## Indexes\n\n**${before}:**\n${sql('CREATE INDEX a ON t (x);')}\n**${after}:**\n${sql('CREATE INDEX b ON t (y);')}`);
  expect(forward(graph)).toEqual([]);
});

it('reads what is expected in brackets behind what is done', async () => {
  const graph = await compile(withSql('-- Verificar duplicados (debe retornar 0 filas)\nSELECT id FROM berths GROUP BY id HAVING count(*) > 1;'));
  expect(expectations(graph).map((one) => one.assertion)).toEqual([{ type: 'rows', op: '=', value: 0 }]);
});

it('asks about a report of what was run, and runs nothing of it', async () => {
  const graph = await compile('# G\n\n## Verify\n\n```bash\n✓ npm run lint    # no errors\n✓ npm test\n```\n');
  expect(forward(graph).map((step) => step.kind)).toEqual(['operator']);
});

it('reads each line of a plan under a label', async () => {
  const graph = await compile(withSql('EXPLAIN ANALYZE SELECT * FROM berths WHERE pier = 1;\n\n-- Expected:\n-- Index Scan using idx_berths_pier\n-- Execution Time: < 50ms'));
  expect(expectations(graph).map((one) => one.assertion)).toEqual([expect.objectContaining({ type: 'plan', index: 'idx_berths_pier' }), { type: 'time', op: '<', value: 50 }]);
});

it('asks which of the options is to be run that comments of a fence name', async () => {
  const graph = await compile(`# G\n\n## Orphans\n\n${sql('SELECT 1;\n\n-- Option 1: remove\nDELETE FROM berths WHERE boat IS NULL;\n\n-- Option 2: keep\nUPDATE berths SET boat = 1 WHERE boat IS NULL;')}`);
  expect(graph.steps.map((step) => [step.kind, step.choice?.option ?? null])).toEqual([['sql', null], ['choice', null], ['sql', '1'], ['sql', '2']]);
});

it('takes no row that psql printed for a statement', async () => {
  const graph = await compile(withSql("SELECT format('DROP TABLE %I;', relname) FROM pg_class;\n\n      ?column?\n---------------------\n DROP TABLE berths;\n DROP TABLE boats;\n(2 rows)", 'SELECT * FROM settings;\n\n-[ RECORD 1 ]---\nname | tide\nunit | m'));
  expect(forward(graph).flatMap((step) => step.statements.map((one) => one.command))).toEqual(['SELECT', 'SELECT']);
});

it('takes a line of dashes between statements for what it is', async () => {
  const graph = await compile(withSql('  -- Part one\n  ---------\n  SELECT 1;\n\n  SELECT 2;\n  -----\n  SELECT 3;'));
  expect(forward(graph).flatMap((step) => step.statements)).toHaveLength(3);
});

it('asks about what a terminal showed, and calls none of its commands wrong', async () => {
  const graph = await compile(withSql('harbour=# \\d+ berths\n   Table "public.berths"\n Column | Type\n--------+------\n id     | integer'));
  expect([forward(graph).map((step) => step.kind), graph.diagnostics.filter((one) => one.severity === 'error')]).toEqual([['operator'], []]);
});

it.each([
  'Si quieres guardar la historia, añade esto:', 'Se quiser guardar o histórico, adicione isto:', "Si vous voulez garder l'historique, ajoutez ceci :", 'Se vuoi tenere la storia, aggiungi questo:',
  'Wenn du die Geschichte behalten willst, füge dies hinzu:', 'Falls Sie die Geschichte behalten möchten, ergänzen Sie dies:', 'Если хотите сохранить историю, добавьте:', '如果你想保留历史，运行：',
])('leaves out what stands below "%s"', async (text) => {
  expect(forward(await compile(`# G\n\n## Deploy\n\n\`\`\`sql\nSELECT 1;\n\`\`\`\n\n${text}\n\n\`\`\`sql\nALTER TABLE t ADD COLUMN h text;\n\`\`\`\n`)).flatMap((step) => step.statements.map((one) => one.command))).toEqual(['SELECT']);
});

it.each(['If you want to keep the history, add a column. The following example shows it on one table.', 'If you want to keep the history, add a column.', 'The following example shows it on one table.'])('leaves out what stands below "%s"', async (text) => {
  expect(forward(await compile(`# G\n\n## Apply\n\n${sql('SELECT 1;')}\n${text}\n\n${sql('CREATE TABLE t ();')}\nThen go on:\n\n${sql('SELECT 2;')}`)).flatMap((step) => step.statements.map((one) => one.command))).toEqual(['SELECT', 'SELECT']);
});

it.each(['If the test is successful, go on with the rest:', 'If test successful, run the updates:', 'Once the dry run looks good:'])('goes on below "%s"', async (text) => {
  expect(forward(await compile(`# G\n\n## Apply\n\n${sql('SELECT 1;')}\n${text}\n\n${sql('UPDATE t SET a = 1 WHERE b;')}`)).flatMap((step) => step.statements)).toHaveLength(2);
});

it('places each part of a checklist where it says, and one that begins before the change before it', async () => {
  const graph = await compile(`# G\n\n## Migration\n\n${sql('SELECT 1;')}\n## Verify\n\n${sql('SELECT 2;')}\n## Safety checklist\n\nBefore any update:\n\n- [ ] Backup\n\n## Checklist completa\n\n### Prima di eseguire\n\n- [ ] A\n\n### Durante\n\n- [ ] B\n\n### Dopo esecuzione\n\n- [ ] C\n`);
  expect(graph.steps.filter((step) => step.kind === 'checklist').map((step) => [step.items[0]?.text, step.role])).toEqual([['Backup', 'prepare'], ['A', 'prepare'], ['B', 'deploy'], ['C', 'verify']]);
});

it('keeps the snapshot of the schema on the way, and what a comment says of another system off it', async () => {
  const graph = await compile(`# G\n\n## Before the migration\n\n### Current schema snapshot\n\n${sql('-- PostgreSQL: columns\nSELECT 1;\n\n-- MySQL: columns\nSELECT 2;\n\n-- PostgreSQL: indexes\nSELECT 3;')}`);
  expect(forward(graph).flatMap((step) => step.statements.map((one) => one.sql.replace(/\W*$/, '')))).toEqual(['SELECT 1', 'SELECT 3']);
});
