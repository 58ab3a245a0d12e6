/** One line of the table that `npm run test:faults` prints. */
export interface FaultRow { fault: string; boundaries: number; lost: number; twice: number; unknown: number }

/** Prints a row where a person sees it; the assertions are the tests' own. */
export function report(row: FaultRow): void {
  process.stdout.write(`${row.fault.padEnd(44)} boundaries ${String(row.boundaries).padStart(4)}   lost ${row.lost}   applied twice ${row.twice}   unknown left ${row.unknown}\n`);
}
