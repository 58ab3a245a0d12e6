import { appendFileSync } from 'node:fs';

/** One line of the table that `npm run test:faults` prints. */
export interface FaultRow { fault: string; boundaries: number; lost: number; twice: number; unknown: number }

/** Hands a row to the table, or prints it where nobody collects them; the assertions are the tests' own. */
export function report(row: FaultRow): void {
  const rows = process.env['FAULT_ROWS'];
  if (rows !== undefined) appendFileSync(rows, `${JSON.stringify(row)}\n`);
  else process.stdout.write(`${row.fault.padEnd(46)} boundaries ${String(row.boundaries).padStart(4)}   lost ${row.lost}   applied twice ${row.twice}   unknown left ${row.unknown}\n`);
}
