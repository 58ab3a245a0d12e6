import { describe, expect, it } from 'vitest';
import { chooserLines, freshChooser, pressChooser, type GuideChoice } from '../../src/screens/chooser-view.js';

const guides: GuideChoice[] = [
  { path: 'guides/order-notes.md', id: 'order-notes', title: 'Add order notes', facts: { description: 'Adds a column for notes, and fills it for the tenants that asked.', risk: 'medium', estimateMs: 600_000, steps: 10, problems: 0, lastRehearsal: { at: '2026-02-27T10:00:00.000Z', outcome: 'passed' } } },
  { path: 'guides/broken.md', id: 'broken', title: 'A guide with errors', facts: { description: '', risk: null, estimateMs: null, steps: 3, problems: 2, lastRehearsal: null } },
  { path: 'guides/late.md', id: 'late', title: '支払い and still being read', facts: null },
];
const environments = [{ name: 'staging', protected: false }, { name: 'production', protected: true }];
const text = (ui: typeof freshChooser, columns: number, rows: number): string => `${chooserLines(ui, guides, environments, { columns, rows }).map((line) => line.map((span) => span.text).join('').trimEnd()).join('\n')}\n`;

describe('the chooser', () => {
  it.each([[60, 15], [80, 24], [120, 40], [200, 60]])('at %i×%i looks as kept', async (columns, rows) => {
    await expect(text(freshChooser, columns, rows)).toMatchFileSnapshot(`goldens/chooser.${columns}x${rows}.txt`);
    const chosen = pressChooser(freshChooser, 'return', guides, environments).ui;
    await expect(text(chosen, columns, rows)).toMatchFileSnapshot(`goldens/chooser-ways.${columns}x${rows}.txt`);
    for (const ui of [freshChooser, chosen]) expect(text(ui, columns, rows).trimEnd().split('\n').length).toBeLessThan(rows);
  });

  it('opens no guide with errors', () => {
    const { ui } = pressChooser({ ...freshChooser, cursor: 1 }, 'return', guides, environments);
    expect(ui.path).toBe(null);
  });
});
