import { expect, it } from 'vitest';
import { formatExpect } from '../../../src/assertions/format.js';
import { compile } from '../compile.js';
import { DOUBTS } from './corpus-doubts.js';
import { FRONTS_MORE } from './corpus-fronts-more.js';
import { FRONTS } from './corpus-fronts.js';

it('reads each sentence below its statement as it is meant', async () => {
  const differing = [];
  for (const [sql, said, reading] of [...FRONTS, ...FRONTS_MORE]) {
    // A comment stands in the fence.
    const { steps } = await compile(said.startsWith('--') ? `# G\n\n## Verify\n\n\`\`\`sql\n${sql};\n${said}\n\`\`\`\n` : `# G\n\n## Verify\n\n\`\`\`sql\n${sql};\n\`\`\`\n\n${said}\n`);
    const numbered = sql.includes('\n');
    const got = steps.flatMap((step) => step.expectations.map((one) => `${one.source === 'operator' ? '? ' : ''}${numbered ? `${one.statement ?? '-'} ` : ''}${formatExpect(one.assertion)}`)).join(' & ');
    if (got !== reading) differing.push({ sql, said, reading, got });
  }
  expect(differing).toEqual([]);
});

/** Labels that mean what is expected. */
const LABELS = [
  'Success:', '**Success:**', 'Success looks like:', 'Success =', 'Success if:', '**Success if:**', 'Succeeds when:', 'Acceptance criterion:', 'Assert:', 'Validation result:', 'Gate:', 'Go if:', 'Green if:', 'OK when:', 'Healthy if:', 'Good if:', 'Anticipated result:', 'What to expect:', "You'll see:", 'Expectation:', 'Desired result:', 'Ideal:', 'Correct output:', 'Right answer:', 'Expected (post-migration):', 'Expected after migration:', 'Expected post-migration:', 'Expected result set:', 'Expected SQL result:', 'Expected answer:', 'Expected record count:', 'Expected test result:', 'After:', 'After the migration:', 'Now:', 'New value:', 'Pass when:', '✅ PASS IF:', 'Passing:', 'Exp.:', 'Expecting:',
];
it.each(LABELS)('"%s" is a label of what is expected', async (label) => {
  for (const [sql, said, reading] of [['SELECT count(*) FROM t', '0', 'value = 0'], ['SELECT id, name FROM t', '3 rows', 'rows = 3']]) {
    const { steps } = await compile(`# G\n\n## Verify\n\n\`\`\`sql\n${sql ?? ''};\n\`\`\`\n\n${label} ${said ?? ''}\n`);
    expect(steps.flatMap((step) => step.expectations.map((one) => formatExpect(one.assertion)))).toEqual([reading]);
  }
});

it.each(['Success: the boats are there', 'Requirement: PostgreSQL 15', 'After: take a rest', 'Now: go on with step 3', 'Validation: done by the crew', 'Criteria: see the plan', 'Required: a backup', 'Gate: open at 8'])('"%s" expects nothing of a statement', async (said) => {
  const { steps } = await compile(`# G\n\n## Verify\n\n\`\`\`sql\nSELECT count(*) FROM t;\n\`\`\`\n\n${said}\n`);
  expect(steps.flatMap((step) => step.expectations)).toEqual([]);
});

it('judges nothing by a sentence that speaks of something else, leaves it open or means the contrary', async () => {
  const judged = [];
  for (const [sql, said] of DOUBTS) {
    const { steps } = await compile(said.startsWith('--') ? `# G\n\n## Verify\n\n\`\`\`sql\n${sql};\n${said}\n\`\`\`\n` : `# G\n\n## Verify\n\n\`\`\`sql\n${sql};\n\`\`\`\n\n${said}\n`);
    for (const one of steps.flatMap((step) => step.expectations)) if (one.source !== 'operator') judged.push({ sql, said, got: formatExpect(one.assertion) });
  }
  expect(judged).toEqual([]);
});
