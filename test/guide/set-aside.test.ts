import { expect, it } from 'vitest';
import { compile, forward } from './compile.js';

const section = async (title: string) => (await compile(`# Harbour\n\n## ${title}\n\n- [ ] The boats are counted\n\n\`\`\`sql\nSELECT 1;\n\`\`\`\n`));

/** Words that tell of what is not done stand in these titles as well, and mean nothing of the kind. */
it.each(['Check What You Have', 'Verify what you have', 'Medium-Term (Next 2 Weeks)', 'Checks (next 24 hours)'])('"%s" is on the way', async (title) => {
  const steps = forward(await section(title));
  expect(steps.some((step) => step.kind === 'sql' && step.role !== 'reference')).toBe(true);
});

it.each(['What you get', 'Boats (next release)'])('"%s" is told', async (title) => {
  expect(forward(await section(title)).filter((step) => step.kind === 'sql' && step.role !== 'reference')).toEqual([]);
});
