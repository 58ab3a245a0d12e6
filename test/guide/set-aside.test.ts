import { expect, it } from 'vitest';
import { compile, forward } from './compile.js';

const section = async (title: string) => (await compile(`# Harbour\n\n## ${title}\n\n- [ ] The boats are counted\n\n\`\`\`sql\nSELECT 1;\n\`\`\`\n`));

/** Words that tell of what is not done stand in these titles as well, and mean nothing of the kind. */
it.each(['Planned downtime: apply the migration', 'Run the planned migrations', 'Add the security layers', 'Verify the integration points', 'Check What You Have', 'Verify what you have', 'Medium-Term (Next 2 Weeks)', 'Checks (next 24 hours)'])('"%s" is on the way', async (title) => {
  const steps = forward(await section(title));
  expect(steps.some((step) => step.kind === 'sql' && step.role !== 'reference')).toBe(true);
});

it.each(['What you get', 'Boats (next release)', 'Planned hardening migrations', 'API integration points', 'Immutability enforcement layers', 'Database schema (after fix)', 'SQL queries that will need updating'])('"%s" is told', async (title) => {
  expect(forward(await section(title)).filter((step) => step.kind === 'sql' && step.role !== 'reference')).toEqual([]);
});

it('scenarios beside one that verifies are tests, in the order of their numbers', async () => {
  const graph = await compile('# Harbour\n\n## Scenario 1: Schema verification\n\n```sql\nSELECT 1;\n```\n\n## Scenario 2: Time trigger\n\n```sql\nUPDATE boats SET at = now();\n```\n');
  expect(forward(graph).map((step) => [step.title, step.role])).toEqual([['Scenario 1: Schema verification', 'verify'], ['Scenario 2: Time trigger', 'verify']]);
  const ways = await compile('# Harbour\n\n## Scenario 1: New harbour\n\n```sql\nCREATE TABLE boats (id int);\n```\n\n## Scenario 2: Old harbour\n\n```sql\nALTER TABLE boats ADD name text;\n```\n');
  expect(forward(ways).map((step) => step.role)).not.toContain('verify');
});

it('errors with boxes in a chapter of tests are tried as well; elsewhere they are told', async () => {
  const under = async (chapter: string) => forward(await compile(`# Harbour\n\n## ${chapter}\n\n### Error handling\n\n- [ ] Sign out\n\n## Apply\n\n\`\`\`sql\nSELECT 1;\n\`\`\`\n`)).map((step) => step.kind);
  expect(await under('Testing')).toContain('checklist');
  expect(await under('Troubleshooting')).not.toContain('checklist');
});

it('what rolls back by itself is no way back', async () => {
  const steps = async (said: string) => forward(await compile(`# Harbour\n\n## Apply\n\n${said}\n\nLook at it:\n\n\`\`\`sql\nSELECT 1;\n\`\`\`\n`)).filter((step) => step.role !== 'rollback').length;
  expect(await steps('It can be run again. A column of another type causes a rollback.')).toBe(1);
  expect(await steps('Rolling back the application does not require dropping the column.')).toBe(1);
  expect(await steps('Keep this at hand. If it must be rolled back, run what stands below.')).toBe(0);
});

it('old code beside new code is told, each alone is not', async () => {
  const labelled = async (...labels: string[]) => forward(await compile(`# Harbour\n\n## Breaking changes\n\n${labels.map((label) => `**${label}:**\n\n\`\`\`sql\nSELECT 1;\n\`\`\`\n`).join('\n')}\n## Apply\n\n\`\`\`sql\nSELECT 2;\n\`\`\`\n`)).filter((step) => step.kind === 'sql').length;
  expect(await labelled('Old code (will break)', 'New code (required)')).toBe(1);
  expect(await labelled('Action required')).toBe(2);
});

it('triggers and functions behind an overview of the schema go on with it, elsewhere they are made', async () => {
  const made = async (before: string) => forward(await compile(`# Harbour\n\n## ${before}\n\nBoats lie at piers.\n\n## Triggers & Functions\n\n\`\`\`sql\nCREATE TRIGGER touch BEFORE UPDATE ON boats FOR EACH ROW EXECUTE FUNCTION touch();\n\`\`\`\n\n## Verify\n\n\`\`\`sql\nSELECT 1;\n\`\`\`\n`)).filter((step) => step.kind === 'sql').length;
  expect(await made('Database Schema Overview')).toBe(1);
  expect(await made('Apply the tables')).toBe(2);
});

it('an optional look that changes nothing stays where it stands, an optional change does not', async () => {
  const statements = async (comment: string, sql: string) => forward(await compile(`# Harbour\n\n## Apply\n\n\`\`\`sql\nSELECT 1;\n\n-- ${comment}\n${sql}\n\`\`\`\n`)).flatMap((step) => step.statements).length;
  expect(await statements('Step 2: check that the old column is gone (optional)', "SELECT column_name FROM information_schema.columns WHERE table_name = 'boats';")).toBe(2);
  expect(await statements('Step 2: clean up (optional)', 'DELETE FROM boats;')).toBe(1);
  expect(await statements('Check what the clean-up does (optional)', 'SELECT clean_up();')).toBe(1);
});

it('a fix that is made if needed is no step, what is missing is', async () => {
  const under = async (label: string) => forward(await compile(`# Harbour\n\n## Verify\n\n\`\`\`sql\nSELECT role FROM crews;\n\`\`\`\n\n**${label}:**\n\n\`\`\`sql\nUPDATE crews SET role = 'mate';\n\`\`\`\n`)).flatMap((step) => step.statements).length;
  expect(await under('Fix if needed')).toBe(1);
  expect(await under('Set the role')).toBe(2);
});

it('a reverse flow is a test, a reverse migration is the way back', async () => {
  const forwardSql = async (title: string) => forward(await compile(`# Harbour\n\n## Testing\n\n### ${title}\n\n\`\`\`sql\nUPDATE boats SET pier = 1;\n\`\`\`\n\n### Look\n\n\`\`\`sql\nSELECT 1;\n\`\`\`\n`)).flatMap((step) => step.statements).length;
  expect(await forwardSql('Test Case 2: Reverse Flow')).toBe(2);
  expect(await forwardSql('Reverse migration')).toBe(1);
});
