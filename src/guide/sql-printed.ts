/** A rule under the header of a table as psql prints it. */
const RULE = /^\s*-{4,}(?:\+-+)*\s*$/;
const RECORD = /^-\[ RECORD \d+ \]-/;

/**
 * SQL with what psql printed below its statements made a comment: the header, the
 * rule and the rows, each of which begins with a space, or a record a line. Rows may
 * look like statements themselves. Lines stay as many.
 */
export function withoutPrinted(body: string): string {
  if (!/^\s*-{4,}|^-\[ RECORD/m.test(body)) return body;
  const lines = body.split('\n');
  const printed = new Set<number>();
  lines.forEach((line, at) => {
    const header = lines[at - 1] ?? '';
    if (RECORD.test(line)) {
      for (let row = at; /\|| RECORD /.test(lines[row] ?? ''); row += 1) printed.add(row);
    } else if (RULE.test(line) && /^\s+[^\s;-]/.test(header) && !/;\s*$/.test(header) && (line.includes('+') === header.includes('|'))) {
      const rows: number[] = [];
      for (let row = at + 1; /^\s+\S/.test(lines[row] ?? ''); row += 1) rows.push(row);
      const after = lines[at + 1 + rows.length] ?? '';
      if (after.trim() === '' || /^\(\d+ rows?\)/.test(after)) for (const row of [at - 1, at, ...rows, ...(/^\(/.test(after) ? [at + 1 + rows.length] : [])]) printed.add(row);
    }
  });
  return printed.size === 0 ? body : lines.map((line, at) => (printed.has(at) ? `-- ${line}` : line)).join('\n');
}
