import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import type { FaultRow } from '../test/faults/report.js';
import { textTable } from '../src/text/table.js';

/** Runs every fault test, or those that are named, and prints one table of what they tried. Run: npm run test:faults [-- FILE…] */
const named = process.argv.slice(2);
const rows = join(mkdtempSync(join(tmpdir(), 'faults-')), 'rows.jsonl');
const ended = await execa('npx', ['vitest', 'run', ...(named.length > 0 ? named : ['test/faults'])], { env: { FAULT_ROWS: rows, FAULTS: 'all' }, stdio: ['ignore', 'inherit', 'inherit'], reject: false });
const found = readFileSync(rows, { encoding: 'utf8', flag: 'a+' }).split('\n').filter((line) => line !== '').map((line) => JSON.parse(line) as FaultRow);
const sum = (of: (row: FaultRow) => number): number => found.reduce((all, row) => all + of(row), 0);
const cells = [...found, { fault: 'all', boundaries: sum((row) => row.boundaries), lost: sum((row) => row.lost), twice: sum((row) => row.twice), unknown: sum((row) => row.unknown) }]
  .map((row) => [row.fault, String(row.boundaries), String(row.lost), String(row.twice), String(row.unknown)]);
process.stdout.write(`\n${await textTable(['fault', 'boundaries tried', 'lost', 'applied twice', 'unknown left'], cells)}\n`);
process.exitCode = ended.exitCode ?? 1;
