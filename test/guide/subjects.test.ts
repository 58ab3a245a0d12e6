import { describe, expect, it } from 'vitest';
import { roleOfTitle } from '../../src/guide/roles.js';
import { compile, forward } from './compile.js';

const F = '```';

describe('a word that may name something of the schema makes no chapter reference', () => {
  it.each([
    'MIGRATION #4: Contact Number Recycling', 'Migration 2: Resources', 'Step 3: FAQs', 'Phase 2: Move the contacts', 'Part 4: Architecture of berths',
    'Add Overview Page', 'Create resources table', 'Backfill contacts', 'Contact numbers of skippers', 'Contacts table', 'Migrate the data model', 'Insert FAQs',
    'Enable background jobs', 'Background workers', 'Add tenant scope', 'Wishlist table', 'Credits columns', 'Move glossary', 'Run the overview migration', 'Apply contacts migration 7',
  ])('%s', (title) => {
    expect(roleOfTitle(title)).not.toBe('reference');
  });

  it.each([
    'Contact', 'Contacts', '9. Contacts', 'Contact support', 'Contact the harbour master', 'Who to contact', 'Support & contacts', 'Support Contacts', 'Emergency contacts', 'Contact Information', 'Contacts & escalation',
    'On-call contacts', 'Points of contact', 'Contacts (on-call)', 'Overview', 'Migration Overview', 'Deployment overview', 'Phase 1: Overview', 'Migration 7 Overview', 'Part 2: Background', 'Additional resources', 'Resources and links',
    'Security considerations', 'Architecture', 'Scope', 'Risks', 'FAQ', 'Roadmap', 'Changelog', 'Overview of the new tables', 'Best practices for policies',
  ])('but a title that is about it does: %s', (title) => {
    expect(roleOfTitle(title)).toBe('reference');
  });

  it('and the whole chapter is walked', async () => {
    const graph = await compile(`# G\n\n## MIGRATION #1: Contact Number Recycling\n\n### Step 1.1: Before\n\n${F}sql\nSELECT 1;\n${F}\n`);
    expect(forward(graph).flatMap((step) => step.statements.map(({ sql }) => sql))).toEqual(['SELECT 1']);
  });
});

describe('"Expected results" that holds SQL', () => {
  const under = async (title: string, text: string) => forward(await compile(`# G\n\n## Apply\n\n${F}sql\nCREATE TABLE berths (id int);\n${F}\n\n## ${title}\n\n${text}\n`)).slice(1).map((step) => `${step.role} ${step.title} ${String(step.expectations.length)}`);
  const sql = (body: string) => `${F}sql\n${body}\n${F}\n`;

  it('verifies, with a write of a test too', async () => {
    expect(await under('Expected Results', `### 1. Berths there\n\n${sql('SELECT count(*) FROM berths;')}\nExpected: 1 row\n\n### 2. Test a mooring\n\n${sql("INSERT INTO berths VALUES (1);\nSELECT * FROM berths;")}\nExpected: 1 row\n`)).toEqual(['verify 1. Berths there 1', 'verify 2. Test a mooring 1']);
  });

  it.each([['builds', 'CREATE TABLE piers (id int);\nSELECT * FROM piers; -- Expected: no rows'], ['writes', 'DELETE FROM berths;'], ['writes beside what it reads', 'SELECT 1; -- Expected: 1\nDELETE FROM berths;'], ['only shows a query', 'SELECT 2;']])('stays aside where it %s', async (_name, body) => {
    expect(await under('Expected Output', sql(body))).toEqual([]);
  });

  it('verifies with what a comment expects', async () => {
    expect(await under('Expected Output', sql('SELECT 1; -- Expected: 1'))).toEqual(['verify Expected Output 1']);
  });

  it('stays aside in what is told', async () => {
    expect(await under('Troubleshooting', `### Expected result\n\n${sql('SELECT 1; -- Expected: 1')}`)).toEqual([]);
  });
});
