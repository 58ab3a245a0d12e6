import type { SqlRead } from './statement.js';

/** Texts remembered at once. */
const ROOM = 500;
/** Characters beyond which a text is not worth remembering. */
const LONGEST = 4000;
/** Stands for the figure; a text that holds it is read as it is. */
const FIGURE = '\u0001';
/** Figures that are as good as any other of their length, unless they are the one. */
const OTHERS = ['76842', '68351'];
/** How often two figures are tried: one may be the place of a statement, too. */
const TRIES = 3;

type Read = (text: string, firstLine: number) => SqlRead;

/**
 * A reader of SQL for guides whose steps differ in one number alone, which stands in the names of what they make. What is
 * read of a number is what is read of another of its length in its place, where two were tried and it was so. The first
 * text of its kind is read as any other: most have no second.
 */
export function ofAnyNumber(read: Read): Read {
  const known = new Map<string, number | string>();
  return (text, firstLine) => {
    const figure = text.length > LONGEST ? null : onlyFigure(text);
    if (figure === null) return read(text, firstLine);
    const marks = FIGURE.repeat(figure.length);
    const form = text.replaceAll(figure, marks);
    const found = known.get(form) ?? 0;
    if (typeof found === 'string') return moved(JSON.parse(found.replaceAll(marks, figure)) as SqlRead, firstLine);
    if (found > TRIES) return read(text, firstLine);
    if (known.size >= ROOM) known.clear();
    known.set(form, found === 0 ? 1 : (tried(read, form, marks, figure) ?? found + 1));
    return read(text, firstLine);
  };
}

/** The one number of two places and more that a text holds, as often as it likes, behind letters or in comments alone: as a value it may mean anything. */
function onlyFigure(text: string): string | null {
  const [figure, ...more] = text.match(/\d{2,}/g) ?? [];
  if (figure === undefined || figure.length > 5 || text.includes(FIGURE) || more.some((one) => one !== figure)) return null;
  return /(?<![a-z_\d])\d{2}/i.test(text.replace(/--[^\n]*/g, '')) ? null : figure;
}

/** What is read of a text with any figure where the marks stand, as from its first line; null where it hangs on the figure, or is more than statements. */
function tried(read: Read, form: string, marks: string, figure: string): string | null {
  const other = OTHERS.map((one) => one.slice(0, figure.length)).find((one) => one !== figure) ?? '';
  const [one, two] = [figure, other].map((each) => {
    const made = read(form.replaceAll(marks, each), 0);
    return made.cuts.length > 0 || made.faults.length > 0 || made.refused !== null ? null : JSON.stringify(made).replaceAll(each, marks);
  });
  return one === two ? (one ?? null) : null;
}

/** The same further down. */
function moved(made: SqlRead, by: number): SqlRead {
  for (const one of made.statements) {
    one.line += by;
    one.endLine += by;
  }
  for (const one of made.controls) one.line += by;
  const line = (at: number | null): number | null => (at === null ? null : at + by);
  return { ...made, takesBack: line(made.takesBack), endsLocal: line(made.endsLocal) };
}
