import { Writable } from 'node:stream';
import xterm from '@xterm/headless';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { coloured } from '../../src/terminal/capabilities.js';
import { Painter } from '../../src/terminal/painter.js';
import type { Piece } from '../../src/terminal/style.js';
import { truncate } from '../../src/text/width.js';

const COLUMNS = 20;
const ROWS = 6;

class Sink extends Writable {
  text = '';
  override _write(chunk: Buffer, _encoding: string, done: () => void): void { this.text += chunk.toString('utf8'); done(); }
  take(): string { const { text } = this; this.text = ''; return text; }
}

const row = (text: string, style: Piece['style'] = {}): Piece[] => [{ text, style }];

/** What a terminal shows of bytes: each row's text, and the looks of each cell. */
async function screenOf(bytes: readonly string[]): Promise<string[]> {
  const terminal = new xterm.Terminal({ cols: COLUMNS, rows: ROWS, allowProposedApi: true });
  for (const one of bytes) await new Promise<void>((done) => terminal.write(one, done));
  const seen = Array.from({ length: ROWS }, (_, at) => {
    const line = terminal.buffer.active.getLine(terminal.buffer.active.baseY + at);
    return Array.from({ length: COLUMNS }, (__, column) => line?.getCell(column)).map((cell) => `${cell?.getChars() || ' '}${cell?.getFgColor() ?? ''}${cell?.isBold() ? 'b' : ''}${cell?.isInverse() ? 'i' : ''}`).join('|');
  });
  expect(terminal.buffer.active.baseY).toBe(0);
  terminal.dispose();
  return seen;
}

const piece = fc.record({ text: fc.oneof(fc.constantFrom('', 'a', 'ab', 'abc  d', 'row 1', 'row 2', '│ ', '✓ ', '支払', 'é', ' '), fc.string({ maxLength: 30 }).map((text) => text.replace(/[^ -~]/g, '.'))), style: fc.constantFrom<Piece['style']>({}, { color: 'red' }, { color: 'gray' }, { color: 'red', bold: true, inverse: true }) });
/** Rows as the screens make them: none wider than the window. */
const frame = fc.array(fc.array(piece, { maxLength: 4 }).map((pieces) => {
  let left = COLUMNS;
  return pieces.map((one) => { const text = [...truncate(one.text, left)].join(''); left -= [...text].reduce((sum, sign) => sum + (/[支払]/.test(sign) ? 2 : 1), 0); return { ...one, text: left < 0 ? '' : text }; });
}), { minLength: 1, maxLength: ROWS - 1 });

describe('the painter', () => {
  it('leaves after any frames exactly what the last one alone would show', async () => {
    await fc.assert(fc.asyncProperty(fc.array(frame, { minLength: 2, maxLength: 5 }), async (frames) => {
      const sink = new Sink();
      const painter = new Painter(sink, true);
      const bytes = frames.map((one) => { painter.paint(one, COLUMNS); return sink.take(); });
      new Painter(sink, true).paint(frames.at(-1) ?? [], COLUMNS);
      expect(await screenOf(bytes)).toEqual(await screenOf([sink.take()]));
    }), { numRuns: 150 });
  });

  it('writes nothing for the same frame, and of a row only what follows the change', () => {
    const sink = new Sink();
    const painter = new Painter(sink, true);
    painter.paint([row('00:01 elapsed'), row('below')], COLUMNS);
    sink.take();
    painter.paint([row('00:01 elapsed'), row('below')], COLUMNS);
    expect(sink.take()).toBe('');
    painter.paint([row('00:02 elapsed'), row('below')], COLUMNS);
    expect(sink.take()).toContain('\u001b[1;5H2 elapsed');
    // No row is emptied before it is written: nothing flickers, also where writing is not at once.
    painter.paint([row('short'), row('below')], COLUMNS);
    expect(sink.take()).toMatch(/\u001b\[1;1Hshort\u001b\[K/);
  });

  it('writes nothing while another program has the terminal, and what came meanwhile afterwards', () => {
    const sink = new Sink();
    const painter = new Painter(sink, true);
    painter.paint([row('before')], COLUMNS);
    painter.leave();
    sink.take();
    painter.paint([row('meanwhile')], COLUMNS);
    expect(sink.take()).toBe('');
    painter.comeBack();
    expect(sink.take()).toContain('meanwhile');
  });

  it('uses the terminal\'s own colours on its own background, and none where none is wanted', () => {
    const sink = new Sink();
    const all: Piece[] = (['red', 'green', 'yellow', 'cyan', 'gray'] as const).flatMap((color) => [{ text: color, style: { color } }, { text: ' ', style: {} }, { text: color, style: { color, inverse: true }, bold: true }]);
    new Painter(sink, true).paint([all], 100);
    const codes = [...sink.take().matchAll(/\u001b\[([\d;]*)m/g)].flatMap(([, one = '']) => one.split(';').map(Number));
    expect(new Set(codes)).toEqual(new Set([0, 1, 7, 31, 32, 33, 36, 90]));
    for (const env of [{ NO_COLOR: '1' }, { TERM: 'dumb' }, { FORCE_COLOR: '0' }]) {
      new Painter(sink, coloured(env)).paint([all], 100);
      expect(sink.take()).not.toMatch(/\u001b\[[\d;]*m/);
    }
    expect(coloured({ NO_COLOR: '', TERM: 'xterm' })).toBe(true);
  });
});
