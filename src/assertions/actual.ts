import type { Cell, Judgement, Measured } from './assertion.js';

/** Longest value shown in one line. */
const LIMIT = 200;

/** A cell as it stands in a judgement. */
export function showCell(cell: Cell | undefined, type = ''): string {
  if (cell === null || cell === undefined) return 'NULL';
  if (/^(?:int[248]|numeric|float[48]|oid)$/i.test(type) || /^-?\d+(?:\.\d+)?$/.test(cell)) return cell;
  if (/^bool/i.test(type)) return cell === 't' ? 'true' : cell === 'f' ? 'false' : cell;
  return JSON.stringify(shorten(cell));
}

export function shorten(text: string): string {
  const characters = [...text];
  return characters.length > LIMIT ? `${characters.slice(0, LIMIT).join('')}… (${characters.length} characters)` : text;
}

/** `no rows`, `1 row`, `5 rows`, or that there is no result. */
export function showCount(measured: Measured): string {
  if (measured.rowCount === null) return 'no result';
  return measured.rowCount === 0 ? 'no rows' : `${measured.rowCount} row${measured.rowCount === 1 ? '' : 's'}`;
}

export function showError(error: NonNullable<Measured['error']>): string {
  return `error ${error.sqlstate === null ? '' : `${error.sqlstate} `}${JSON.stringify(shorten(error.message))}`;
}

export function showRow(row: readonly (Cell | number | boolean)[]): string {
  return `(${row.map((cell) => (cell === null ? 'NULL' : shorten(String(cell)))).join(' | ')})`;
}

/** What was measured, in a few words, for a question to the operator. */
export function summary(measured: Measured): string {
  if (measured.error) return showError(measured.error);
  if (measured.kind === 'shell') return `exit ${measured.exitCode ?? '?'}${measured.output ? `, ${JSON.stringify(shorten(measured.output.trim()))}` : ''}`;
  if (measured.rowCount === 1 && measured.columns.length > 0) {
    return measured.columns.length === 1 ? `value = ${showCell(measured.rows[0]?.[0], measured.types[0])}` : measured.columns.map((name, index) => `${name} = ${showCell(measured.rows[0]?.[index], measured.types[index])}`).join(', ');
  }
  if (measured.rowCount !== null) return showCount(measured);
  return measured.affected === null ? measured.command : `${measured.command} ${measured.affected}`;
}

/** One line: `rows = 3, got 2`. */
export function explain(judgement: Judgement): string {
  const { expected, actual } = judgement;
  if (judgement.verdict === 'passed') return expected;
  const subject = /^((?:any )?(?:rows|value|affected|exit|tests|time|column (?:"[^"]*"|\S+))) /.exec(expected)?.[1];
  const prefix = subject === undefined ? '' : `${subject} = `;
  return `${expected}, got ${prefix !== '' && actual.startsWith(prefix) ? actual.slice(prefix.length) : actual}`;
}
