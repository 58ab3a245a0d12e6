import { describe, expect, it } from 'vitest';
import { nextForward } from '../../src/engine/plan.js';
import { fold } from '../../src/engine/reduce.js';
import { emptyStep } from '../../src/engine/state.js';
import { optionOfSection } from '../../src/guide/options.js';
import type { Section } from '../../src/guide/section.js';
import { numbered, started } from '../engine/support.js';
import { compile, forward } from './compile.js';

const sql = (text: string) => `\`\`\`sql\n${text}\n\`\`\`\n`;
const told = async (text: string) => forward(await compile(text)).map((step) => [step.kind, step.choice?.option ?? null, step.statements[0]?.sql ?? null]);

/** Ways to do one thing, of which one is taken. */
describe('ways that are named by their manner', () => {
  it.each([
    ['Quick Method: the whole file', 'Line-by-Line Method (If You Need to Debug)', 'QUICK', 'LINE-BY-LINE'],
    ['CLI method', 'Manual method', 'CLI', 'MANUAL'],
    ['🚀 Recommended approach – psql', 'Dashboard approach (if you prefer)', 'RECOMMENDED', 'DASHBOARD'],
    ['Método rápido', 'Método manual', 'RÁPIDO', 'MANUAL'],
    ['Method A: whole', 'Method B: in parts (if needed)', 'A', 'B'],
    ['Approach 1', 'Approach 2', '1', '2'],
    ['A. Primary path (cli, recommended)', 'B. Fallback/manual SQL path (if the cli is down)', 'A', 'B'],
  ])('%s / %s', async (one, other, first, second) => {
    const text = `# Harbour\n\n## ${one}\n\n${sql('SELECT 1;')}\n## ${other}\n\n### Step 1: Boats\n\n${sql('CREATE TABLE boats (id int);')}\n### Step 2: Berths\n\n${sql('CREATE TABLE berths (id int);')}\n## Verify\n\n${sql('SELECT 2;')}`;
    expect(await told(text)).toEqual([
      ['choice', null, null], ['sql', first, 'SELECT 1'], ['sql', second, 'CREATE TABLE boats (id int)'], ['sql', second, 'CREATE TABLE berths (id int)'], ['sql', null, 'SELECT 2'],
    ]);
  });

  it('in bold lines', async () => {
    const text = (one: string, other: string) => `# G\n\n## Apply\n\n**${one}:**\n\n${sql('SELECT 1;')}\n**${other}:**\n\n${sql('SELECT 2;')}`;
    expect(await told(text('Fast way', 'Safe way'))).toEqual([['choice', null, null], ['sql', 'FAST', 'SELECT 1'], ['sql', 'SAFE', 'SELECT 2']]);
    expect(await told(text('Fast way', 'What it returns'))).not.toContainEqual(['choice', null, null]);
  });

  it.each([['Backup method', 'Verification method'], ['Manual method', 'Manual approach'], ['Old method', 'New method'], ['Quick method', 'Quick method (again)']])('but not what is done by a method, or is called otherwise: %s / %s', async (one, other) => {
    expect((await told(`# G\n\n## ${one}\n\n${sql('SELECT 1;')}\n## ${other}\n\n${sql('SELECT 2;')}`)).filter(([kind]) => kind === 'choice')).toEqual([]);
  });
});

/** What is walked where these options are chosen, in the order they are asked for; what is asked that is not among them. */
async function walked(text: string, picks: string[]): Promise<string[]> {
  const graph = await compile(text);
  let state = fold(numbered([started]));
  if (!state) throw new Error('no run');
  const found: string[] = [];
  for (;;) {
    const next = nextForward(graph, state, 'forward', { pastFailures: false, mode: 'run', values: {} });
    if (next.kind === 'done') return found;
    if (next.kind === 'choice') state = { ...state, choices: { ...state.choices, [next.group]: picks.shift() ?? `${next.group}?` } };
    else if (next.kind === 'settle' || next.kind === 'step') {
      if (next.kind === 'step' && next.step.kind !== 'choice') found.push(next.step.statements[0]?.sql ?? next.step.title);
      const verdict = next.kind === 'settle' ? next.verdict : 'passed';
      state = { ...state, passes: { forward: { ...state.passes['forward'], [next.step.id]: { ...emptyStep(next.step.id), verdict } } } };
    } else throw new Error(next.kind);
  }
}

describe('ways within a way', () => {
  const inner = `### Option A: slow\n\n${sql('SELECT 2;')}\n### Option B: fast\n\n${sql('SELECT 3;')}\n`;
  const text = `# G\n\n## CLI method\n\n${sql('SELECT 1;')}\n${inner}## Manual method\n\n${sql('SELECT 4;')}\n## Verify\n\n${sql('SELECT 5;')}`;

  it('are not asked for, nor walked, where theirs is not chosen', async () => {
    expect(await walked(text, ['MANUAL'])).toEqual(['SELECT 4', 'SELECT 5']);
    expect(await walked(text, ['CLI', 'B'])).toEqual(['SELECT 1', 'SELECT 3', 'SELECT 5']);
    expect(await walked(text.replace(`${sql('SELECT 1;')}\n`, ''), ['CLI', 'A'])).toEqual(['SELECT 2', 'SELECT 5']);
    expect(await walked(text.replace(inner, `**Option A: slow**\n\n${sql('SELECT 2;')}\n**Option B: fast**\n\n${sql('SELECT 3;')}\n---\n\n${sql('SELECT 6;')}\n`), ['MANUAL'])).toEqual(['SELECT 4', 'SELECT 5']);
  });

  it('and lead on to what stands behind all of them', async () => {
    const { edges, steps } = await compile(text);
    const last = steps.find((step) => step.statements[0]?.sql === 'SELECT 5')?.id;
    const from = edges.filter((edge) => edge.to === last).map((edge) => steps.find((step) => step.id === edge.from)?.statements[0]?.sql);
    expect(from.sort()).toEqual(['SELECT 2', 'SELECT 3', 'SELECT 4']);
  });
});

it('the titles of a chapter are looked at once, not once for each of its sections', () => {
  let looks = 0;
  const parent: Section = { title: 'Deployment', task: false, depth: 2, line: 1, endLine: 1, parent: null, blocks: [], children: [] };
  const children = Array.from({ length: 500 }, (_, index): Section => ({ ...parent, parent, children: [], get title() { looks += 1; return `Step ${index}`; } }));
  parent.children.push(...children);
  expect(children.map((one) => optionOfSection(one)).every((one) => one === null)).toBe(true);
  expect(looks).toBeLessThan(5 * children.length);
});

it('the step that offers the ways is the question which of them, and no other', async () => {
  const graph = await compile(`# G\n\n## Deployment\n\n### Option A: slow\n\n${sql('SELECT 1;')}\n### Option B: fast\n\n${sql('SELECT 2;')}`);
  const next = (events: Parameters<typeof numbered>[0]) => {
    const state = fold(numbered([started, ...events]));
    if (state === null) throw new Error('no run');
    return nextForward(graph, state, 'forward', { pastFailures: false, mode: 'run', values: {} });
  };
  const [offer] = graph.steps;
  expect(next([])).toMatchObject({ kind: 'choice', group: offer?.id, options: [{ option: 'A' }, { option: 'B' }] });
  expect(next([{ type: 'choice.made', group: offer?.id ?? '', option: 'B', by: 'ada' }])).toMatchObject({ kind: 'settle', step: { id: offer?.id }, verdict: 'passed' });
});
