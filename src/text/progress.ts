interface Sight { command: string; relation: string | null; phase: string; done: number; total: number | null; unit: string }

/** How far a statement is, in a line: `CREATE INDEX on entry: building index, 40 % of 1200 blocks`. */
export function progressText({ command, relation, phase, done, total, unit }: Sight): string {
  const share = total === null ? (done > 0 ? `, ${done} ${unit}` : '') : `, ${Math.min(100, Math.floor((done / total) * 100))} % of ${total} ${unit}`;
  return `${command}${relation === null ? '' : ` on ${relation}`}: ${phase}${share}`;
}
