import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { formatExpect } from '../../src/assertions/format.js';
import { compile, errors, forward } from './compile.js';
import { READINGS } from './nasty/tables.js';

/** Line of a piece of text, or of its n-th occurrence. */
function lineOf(text: string, piece: string): number {
  const [part = '', nth = '1'] = piece.split(' ## ');
  let at = -1;
  for (let turn = 0; turn < Number(nth); turn += 1) at = text.indexOf(part, at + 1);
  expect(at, piece).not.toBe(-1);
  return text.slice(0, at).split('\n').length;
}

const text = (name: string): string => readFileSync(join(import.meta.dirname, 'nasty', name), 'utf8');
const sorted = (lines: number[]): number[] => [...lines].sort((a, b) => a - b);

/** UTF-8 read as if it were Windows-1252: what copying through the wrong editor makes of a text. */
function damaged(whole: string): string {
  const decoder = new TextDecoder('windows-1252');
  return whole.replace(/\p{Extended_Pictographic}\ufe0f?/gu, (sign) => decoder.decode(new TextEncoder().encode(sign)));
}

const GUIDES = Object.keys(READINGS);
const FORMS: [string, (whole: string) => string | Uint8Array][] = [
  ['as it is', (whole) => whole],
  ['with CRLF and a BOM', (whole) => `\uFEFF${whole.replaceAll('\n', '\r\n')}`],
  ['with damaged signs', damaged],
];

describe.each(FORMS)('nasty guides, %s', (_form, made) => {
  it.each(GUIDES)('%s agrees with its reading by hand', async (name) => {
    const whole = text(name);
    const reading = READINGS[name];
    const graph = await compile(made(whole));
    const line = (piece: string): number => lineOf(whole, piece);
    expect(errors(graph)).toEqual([]);
    expect(sorted(forward(graph).flatMap((step) => step.statements.map((one) => one.line)))).toEqual(reading?.forward.map(line));
    expect(sorted(graph.rollback.flatMap((part) => part.statements.map((one) => one.line)))).toEqual(sorted(reading?.rollback.map(line) ?? []));
    const items = graph.steps.filter((step) => step.kind === 'checklist').flatMap((step) => step.items);
    expect([...items].sort((a, b) => a.line - b.line).map((item) => item.text)).toEqual(reading?.items);
    const found = graph.steps.flatMap((step) => step.expectations.map((one) => [
      one.line, one.statement === null ? null : (step.statements[one.statement]?.line ?? null), one.assertion.type === 'operator' ? '?' : formatExpect(one.assertion),
    ]));
    const wanted = reading?.expectations.map(([wording, statement, want]) => [line(wording), statement === null ? null : statement === '*' ? '*' : line(statement), want]) ?? [];
    const free = new Set(wanted.filter((one) => one[1] === '*').map((one) => one[0]));
    const order = (a: unknown[], b: unknown[]): number => Number(a[0]) - Number(b[0]) || Number(a[1]) - Number(b[1]);
    expect(found.map((one) => (free.has(one[0] ?? null) ? [one[0], '*', one[2]] : one)).sort(order)).toEqual([...wanted].sort(order));
    if (reading?.asked) expect(sorted(graph.steps.filter((step) => step.kind === 'operator').map((step) => step.line))).toEqual(reading.asked.map(line));
    if (reading?.tolerate) expect(graph.steps.flatMap((step) => step.tolerate)).toEqual(reading.tolerate);
    if (reading?.triggers) expect(graph.triggers.map((one) => one.text)).toEqual(reading.triggers);
    if (reading?.log) expect(graph.log?.fields.map((field) => field.label)).toEqual(reading.log);
  });
});
