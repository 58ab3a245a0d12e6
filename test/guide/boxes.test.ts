import { expect, it } from 'vitest';
import { compile, forward } from './compile.js';

const items = async (text: string) => forward(await compile(text)).filter((step) => step.kind === 'checklist').flatMap((step) => step.items.map((one) => `${one.line} ${one.text}`));

it('reads boxes drawn as characters in a list', async () => {
  expect(await items('# G\n\n## Before\n\n- ☐ Backup taken\n- ☑ Team told\n')).toEqual(['5 Backup taken', '6 Team told']);
});

it('reads lines of drawn boxes without bullets', async () => {
  expect(await items('# G\n\n## Prerequisites\n\n☐ Backup taken\n☐ Team told\n')).toEqual(['5 Backup taken', '6 Team told']);
});

it('reads boxes in a fence without a language, with labels between them', async () => {
  expect(await items('# G\n\n## Checklist\n\n```\nBefore:\n□ Backup taken\n□ Team told\n\nAfter:\n[ ] Numbers compared\n```\n')).toEqual(['7 Backup taken', '8 Team told', '11 Numbers compared']);
});

it('places a checklist in a fence at the end last', async () => {
  const graph = await compile('# G\n\n## Apply\n\n```sql\nSELECT 1;\n```\n\n## Verify\n\n```sql\nSELECT 2;\n```\n\n## Checklist\n\n```\n□ One\n□ Two\n```\n');
  expect(graph.steps.map((step) => step.role)).toEqual(['deploy', 'verify', 'signoff']);
});

it.each(['**Status:** ☐ Pass ☐ Fail', '☐ Pass\n☐ Fail', '- ☐ Pass ☐ Fail', '```\nStatus: [ ] Success [ ] Failed\nBy: ______\n```'])('but not a choice of outcomes: %s', async (text) => {
  expect(await items(`# G\n\n## Verify\n\n${text}\n`)).toEqual([]);
});

it.each(['Rollback', 'Troubleshooting'])('and none in a fence under %s', async (title) => {
  expect(await items(`# G\n\n## ${title}\n\n\`\`\`\n□ One\n□ Two\n\`\`\`\n`)).toEqual([]);
});

it('reads boxes whose brackets are escaped, and those that a condition only announces', async () => {
  expect(await items('# G\n\n## Before\n\n- \\[ ] Backup taken\n- \\[x\\] Team told\n')).toEqual(['5 Backup taken', '6 Team told']);
  expect(await items('# G\n\n## Go or no-go checklist\n\nIf any of these fails, do not go on:\n\n- [ ] Backup taken\n')).toEqual(['7 Backup taken']);
});

it.each([['Next Steps', 'Open tasks', 'signoff'], ['Próximos pasos', 'Tareas', 'signoff'], ['Communication Plan', 'Before Deployment', 'prepare'], ['Communication Plan', 'After the deployment', 'verify'], ['Troubleshooting', 'Before Deployment', null], ['Rollback', 'Next steps', null]])('places boxes that stand below "%s" and "%s"', async (title, below, role) => {
  const graph = await compile(`# G\n\n## Apply\n\n\`\`\`sql\nSELECT 1;\n\`\`\`\n\n## ${title}\n\n### ${below}\n\n- [ ] Tell the harbour master\n\n\`\`\`sql\nSELECT 2;\n\`\`\`\n`);
  expect(forward(graph).map((step) => step.kind === 'checklist' ? step.role : step.statements[0]?.sql)).toEqual(expect.arrayContaining(role === null ? ['SELECT 1'] : ['SELECT 1', role]));
  expect(forward(graph)).toHaveLength(role === null ? 1 : 2);
});

const kept = async (text: string) => forward(await compile(text)).map((step) => `${step.kind} ${step.role}${step.optional ? ' optional' : ''}: ${step.title}`);
const F = '```';

it.each(['If It Is Not Moored', 'If moored', 'Wenn es schon liegt', '2. If the Boat Is New'])('keeps the boxes of a case as a checklist that may be left out: %s', async (title) => {
  const text = `# G\n\n## Tasks\n\n### Now\n\n- [ ] Look at the mooring\n\n### ${title}\n\nEither of these may be so.\n\n- [ ] Moor it\n  ${F}sql\n  UPDATE boats SET moored = true;\n  ${F}\n- [ ] Tell the harbour master\n`;
  expect(await kept(text)).toEqual(['checklist deploy: Now', `checklist deploy optional: ${title}`]);
});

it.each([['If the mooring fails', '- [ ] Moor it again'], ['If Problems Persist', '- [ ] Call for help'], ['If It Is Not Moored', `- [ ] Moor it\n\n${F}sql\nSELECT 1;\n${F}`]])('but not those of a remedy, nor beside code: %s', async (title, text) => {
  expect(await kept(`# G\n\n## Tasks\n\n### Now\n\n- [ ] Look\n\n### ${title}\n\n${text}\n`)).toEqual(['checklist deploy: Now']);
});

it('looks at what must be true, also where a list of it is called troubleshooting', async () => {
  const list = (...items: string[]) => `# G\n\n## Apply\n\n- [ ] Begin\n\n## Troubleshooting checklist\n\n${items.map((item) => `- [ ] ${item}`).join('\n')}\n`;
  expect(await kept(list('Every boat has a berth', 'No orphans in the log', 'Chart loads without errors'))).toEqual(['checklist deploy: Apply', 'checklist verify: Troubleshooting checklist']);
  expect(await kept(list('Restart the server', 'Check that every boat has a berth', 'Clear the cache'))).toEqual(['checklist deploy: Apply']);
  // What its boxes would run stays off the way.
  const graph = await compile(`${list('Every boat has a berth', 'No orphans in the log')}  ${F}sql\n  DELETE FROM orphans;\n  ${F}\n`);
  expect(forward(graph).map((step) => [step.kind, step.optional])).toEqual([['checklist', false], ['checklist', true]]);
});

it('binds a count that a box right behind its query says, and keeps the box', async () => {
  const under = async (query: string, between: string, ...boxes: string[]) => forward(await compile(`# G\n\n## Verify\n\n${F}sql\n${query}\n${F}\n${between}\n${boxes.map((box) => `- [ ] ${box}`).join('\n')}\n`))
    .map((step) => [...step.items.map((item) => item.text), ...step.expectations.map((one) => one.assertion)]);
  const rows = (op: string, value: number) => ({ type: 'rows', op, value });
  expect(await under('SELECT name FROM berths;', '', '7 berths listed', 'Berth 3 is the long one')).toEqual([[rows('=', 7)], ['7 berths listed', 'Berth 3 is the long one']]);
  expect(await under('SELECT name FROM berths;', '', 'At least one berth exists')).toEqual([[rows('>=', 1)], ['At least one berth exists']]);
  // Of something else, or seen elsewhere.
  expect(await under('SELECT name FROM berths;', '', '2 sailors listed', '2 berths of it were cleaned')).toEqual([[], ['2 sailors listed', '2 berths of it were cleaned']]);
  expect(await under('SELECT name FROM berths;', '\nThen look at the chart:\n', '7 berths shown')).toEqual([[], ['7 berths shown']]);
  expect(await under('SELECT name FROM berths;\nSELECT name FROM old_berths;', '', '7 berths listed')).toEqual([[], ['7 berths listed']]);
});

it('boxes in a fence that begin with "no" are boxes, with headings between them', async () => {
  expect(await items('# G\n\n## Checklist\n\n```text\nHarbour\n[ ] Gates closed\n[ ] No boats left outside\n\nOffice\n[ ] No open invoices\n[ ] [date] noted in the book\n```\n')).toEqual(['7 Gates closed', '8 No boats left outside', '11 No open invoices', '12 [date] noted in the book']);
});
