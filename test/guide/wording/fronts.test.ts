import { expect, it } from 'vitest';
import { formatExpect } from '../../../src/assertions/format.js';
import { compile } from '../compile.js';
import { FRONTS } from './corpus-fronts.js';

it('reads each sentence below its statement as it is meant', async () => {
  const differing = [];
  for (const [sql, said, reading] of FRONTS) {
    // A comment stands in the fence.
    const { steps } = await compile(said.startsWith('--') ? `# G\n\n## Verify\n\n\`\`\`sql\n${sql};\n${said}\n\`\`\`\n` : `# G\n\n## Verify\n\n\`\`\`sql\n${sql};\n\`\`\`\n\n${said}\n`);
    const numbered = sql.includes('\n');
    const got = steps.flatMap((step) => step.expectations.map((one) => `${one.source === 'operator' ? '? ' : ''}${numbered ? `${one.statement ?? '-'} ` : ''}${formatExpect(one.assertion)}`)).join(' & ');
    if (got !== reading) differing.push({ sql, said, reading, got });
  }
  expect(differing).toEqual([]);
});
