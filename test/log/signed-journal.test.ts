import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodeLine, GENESIS, lineHash, readJournalText } from '../../src/engine/journal.js';
import { encodeSignature, readSignatures, statementOf, stillHolds } from '../../src/log/signed-journal.js';
import { fullRun } from './full-run.js';

const { events } = fullRun();
const { run } = fullRun().state();
const lines: string[] = [];
for (const event of events) lines.push(encodeLine(event, lines.length === 0 ? GENESIS : lineHash(lines.at(-1) ?? '')));
const armour = '-----BEGIN SSH SIGNATURE-----\nAAAA\n-----END SSH SIGNATURE-----\n';
const signed = { ...statementOf(run, lines), armour };

/** Whether `log --verify` would find fault with these lines, signed as they were. */
function faulty(changed: readonly string[]): boolean {
  const read = readJournalText(changed.map((line) => `${line}\n`).join(''));
  return read.fault !== null || stillHolds(signed, run, read.lines, 'x') !== null;
}
const index = fc.integer({ min: 0, max: lines.length - 1 });

describe('a signed journal', () => {
  it('holds as it is, and with more lines after it', () => {
    expect(faulty(lines)).toBe(false);
    const more = encodeLine({ type: 'note.added', step: null, text: 'later', by: 'dana', seq: lines.length + 1, at: '2026-03-02T00:00:00.000Z' }, lineHash(lines.at(-1) ?? ''));
    expect(faulty([...lines, more])).toBe(false);
  });

  it('tells any changed character', () => {
    fc.assert(fc.property(index, fc.nat(), fc.constantFrom('0', '1', 'x', ' ', '"'), (at, where, put) => {
      const line = lines[at] ?? '';
      const place = where % line.length;
      fc.pre(line[place] !== put);
      expect(faulty(lines.with(at, line.slice(0, place) + put + line.slice(place + 1)))).toBe(true);
    }), { numRuns: 300 });
  });

  it('tells any removed, doubled or exchanged line, and a cut end', () => {
    for (const [at, line] of lines.entries()) {
      expect(faulty(lines.toSpliced(at, 1))).toBe(true);
      expect(faulty(lines.toSpliced(at, 0, line))).toBe(true);
      expect(faulty(lines.slice(0, at))).toBe(true);
    }
    fc.assert(fc.property(index, index, (a, b) => {
      fc.pre(a !== b);
      expect(faulty(lines.with(a, lines[b] ?? '').with(b, lines[a] ?? ''))).toBe(true);
    }));
  });

  it('reads its signatures again, and nothing that is not one', () => {
    const text = encodeSignature(signed) + encodeSignature({ ...signed, lines: 2 });
    expect(readSignatures(text)).toEqual([signed, { ...signed, lines: 2 }]);
    expect(readSignatures(`${text}more`)).toBeNull();
    expect(readSignatures('')).toBeNull();
    expect(stillHolds(signed, 'other', lines, 'x')?.code).toBe('signature-other');
  });
});
