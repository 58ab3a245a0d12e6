import { expect, it } from 'vitest';
import { stepNames } from '../../src/graph/step-name.js';
import { isUsageTitle, roleOfTitle } from '../../src/guide/roles.js';
import { compile, forward } from './compile.js';

const sql = '```sql\nSELECT 1;\n```\n';
const titles = async (text: string) => forward(await compile(text)).map((step) => step.title);
const under = (text: string) => titles(`# Harbour\n\n## Apply\n\n### Berths\n\n${text}\n\n${sql}`);

/** A step is called by a sentence or a line of its own, never by the tail of one. */
it.each([
  ['a line of its own', 'Open the editor\nCount the boats:', 'Count the boats'],
  ['the sentence that is wrapped', 'The chart is new. Count the boats that have no\nberth at all:', 'Count the boats that have no berth at all'],
  ['the heading, where the sentence is long', 'Every berth that was given to a boat before the storm has to be looked at once more, and the ones that are\nempty, as the harbour\nmaster said:', 'Berths'],
  ['the sentence, where a name begins the last line', 'All that is known of the boats stands in the register, which is kept by\nHarbour Office:', 'All that is known of the boats stands in the register, which is kept by Harbour Office'],
  ['the heading, where it only leads to the code', 'Run this after the berths were moved, and before the\ncall:', 'Berths'],
  ['bold words over two lines', '**Boats without\na berth:**', 'Boats without a berth'],
])('%s', async (_name, text, title) => {
  expect(await under(text)).toEqual([title]);
});

it('numbers the steps that are called by their heading', async () => {
  const wrapped = 'Every berth that was given to a boat before the storm has to be looked at once more, and the ones that are\nempty:';
  const graph = await compile(`# Harbour\n\n## Apply\n\n### Berths\n\n${wrapped}\n\n${sql}\n${wrapped}\n\n${sql}`);
  expect([...stepNames(graph).values()]).toEqual(['Berths · 1/2', 'Berths · 2/2']);
});

it('calls a step of a list by the bold words or the sentence its item begins with', async () => {
  const item = (text: string) => titles(`# Harbour\n\n## Apply\n\n- ${text}\n\n  ${sql.replace(/\n(?=.)/g, '\n  ')}`);
  expect(await item('**Berths are not moved twice.** It takes\n  the next one.')).toEqual(['Berths are not moved twice']);
  expect(await item('Look for boats that lie where\n  no berth is. Then go on.')).toEqual(['Look for boats that lie where no berth is.']);
});

/** What a title says of its section: what is done, or what is only told. */
it.each<[string, string | null]>([
  ['What You Need To Do', null],
  ['What This Fixes', 'reference'],
  ['Expected Behavior', 'reference'],
  ['COMPORTAMIENTO ESPERADO', 'reference'],
  ['Error Checking', 'verify'],
  ['3. Verification of Part 8 (Shallow vs Deep Berths)', 'verify'],
  ['Berths vs Moorings', 'reference'],
  ['3A – Roles in the harbour · DONE, with a caveat', null],
  ['Caveats', 'reference'],
  ['🔧 Key Features', 'reference'],
  ['Step 3: Make the pier number optional', null],
  ['Step 3: The pier number (optional)', 'reference'],
  ['Step 2: Add optional columns', null],
  ['As crew1@example.test (or by the harbour)', null],
  ['1.3 `boats` vs `berths` (late)', null],
  ['🚀 NEXT STEPS TO COMPLETE', null],
  ['🧪 NEXT STEP: TESTING', null],
  ['Next steps', 'reference'],
  ['Verify the berths + rollback note', 'verify'],
  ['Rollback notes', 'rollback'],
  ['Useful Harbour Queries', 'reference'],
  ['Managing Boats Later', 'reference'],
])('"%s" is %s', (title, role) => {
  const found = roleOfTitle(title);
  expect(role === null ? found !== 'reference' && found !== 'rollback' : found === role || (title.includes('Features') && isUsageTitle(title))).toBe(true);
});

it('leaves it to the operator to do what a numbered step says is done if needed', async () => {
  const graph = await compile(`# Harbour\n\n## Step 1: Apply\n\n${sql}\n## Step 2 – Promote the crew (if needed)\n\n${sql}\n## Step 3 – Roll back (if needed)\n\n${sql}`);
  expect(forward(graph).map((step) => [step.title, step.optional])).toEqual([['Step 1: Apply', false], ['Step 2 – Promote the crew (if needed)', true]]);
});

it('leaves it to the operator to do what a title calls optional in front', async () => {
  const graph = await compile(`# Harbour\n\n## Step 1: Apply\n\n${sql}\n## Step 2: Optional - Move the old berths\n\n${sql}`);
  expect(forward(graph).map((step) => [step.title, step.optional])).toEqual([['Step 1: Apply', false], ['Step 2: Optional - Move the old berths', true]]);
});

it('does not take an address for an example', async () => {
  const graph = await compile(`# Harbour\n\n## Test\n\n### 2. Moor\n\nAs \`crew1@example.test\` (or by the harbour, for the test):\n\n${sql}`);
  expect(forward(graph).map((step) => step.kind)).toEqual(['sql']);
});
