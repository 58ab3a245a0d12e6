// Makes docs/walk.svg: the screen of a real rehearsal, in a real terminal, walked by keys.
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Terminal } from '../test/support/terminal.js';

const root = resolve(import.meta.dirname, '..');
const COLUMNS = 104;
const ROWS = 30;
const CELL = { width: 8.4, height: 18 };
const PAD = 14;
const INK = { paper: '#11151c', text: '#d7dce5', colours: ['#11151c', '#ff7b72', '#7ee787', '#e3b341', '#79c0ff', '#d2a8ff', '#56d4dd', '#d7dce5', '#8b949e'] };

const escape = (text: string): string => text.replace(/[&<>]/g, (one) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;' })[one] ?? one);

/** The terminal's buffer as SVG text, one run per style. */
async function picture(terminal: Terminal): Promise<string> {
  await terminal.lines();
  const { active } = terminal.screen.buffer;
  const out: string[] = [];
  for (let row = 0; row < ROWS; row += 1) {
    const line = active.getLine(active.baseY + row);
    if (!line) continue;
    for (let column = 0; column < COLUMNS;) {
      const first = line.getCell(column);
      if (!first) break;
      const style = (cell: typeof first): string => `${cell.isFgPalette() ? cell.getFgColor() : -1} ${cell.isBold()} ${cell.isInverse()}`;
      let text = '';
      let end = column;
      for (let cell = line.getCell(end); cell && style(cell) === style(first); cell = line.getCell(end += 1)) text += cell.getChars() || ' ';
      const x = PAD + column * CELL.width;
      const y = PAD + 38 + row * CELL.height;
      const colour = INK.colours[first.isFgPalette() ? first.getFgColor() : 7] ?? INK.text;
      if (first.isInverse()) out.push(`<rect x="${x.toFixed(1)}" y="${y - 13}" width="${(text.length * CELL.width).toFixed(1)}" height="${CELL.height}" fill="${colour}"/>`);
      if (text.trim() !== '') out.push(`<text x="${x.toFixed(1)}" y="${y}" textLength="${(text.length * CELL.width).toFixed(1)}" lengthAdjust="spacingAndGlyphs" fill="${first.isInverse() ? INK.paper : colour}"${first.isBold() ? ' font-weight="700"' : ''} xml:space="preserve">${escape(text)}</text>`);
      column = end;
    }
  }
  const [width, height] = [Math.round(COLUMNS * CELL.width + PAD * 2), Math.round(ROWS * CELL.height + PAD * 2 + 26)];
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" role="img" aria-label="deploy-wizard rehearsing a guide: steps with their verdicts at the left, the current step with its SQL, results and expectations at the right" font-family="ui-monospace, SFMono-Regular, Menlo, Consolas, monospace" font-size="14">
<rect width="${width}" height="${height}" rx="8" fill="${INK.paper}"/><circle cx="20" cy="18" r="5" fill="#ff7b72"/><circle cx="38" cy="18" r="5" fill="#e3b341"/><circle cx="56" cy="18" r="5" fill="#7ee787"/>
${out.join('\n')}
</svg>
`;
}

const cwd = mkdtempSync(join(tmpdir(), 'record-'));
const t = new Terminal(`'${process.execPath}' '${join(root, 'dist/main.js')}' rehearse role-and-ai-usage`, { columns: COLUMNS, rows: ROWS, cwd, env: { COLORTERM: '' } });
try {
  await t.see('Tick what is done: 3 items');
  for (const wanted of [/\[x\]/, /(\[x\][\s\S]*){2}/, 'This step writes']) await t.pressAndSee(' ', wanted);
  await t.pressAndSee('x', /│ Migration 003[\s\S]*This step writes/);
  // Back to a step that has passed: its result and its expectations.
  await t.pressAndSee('\t', '┃');
  await t.pressAndSee('k', /┃ Check migration 001/);
  writeFileSync(join(root, 'docs/walk.svg'), await picture(t));
  process.stdout.write('docs/walk.svg written\n');
} finally {
  t.close();
}
process.exit(0);
