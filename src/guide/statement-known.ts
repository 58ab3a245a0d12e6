import { frozen } from './remember.js';
import type { SqlRead } from './statement.js';

/** Texts remembered at once. */
const ROOM = 500;
/** Characters beyond which a text is not worth remembering. */
const LONGEST = 4000;
/** Stands for the figure; a text that holds it is read as it is. */
const FIGURE = '\uE000';
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
  const known = new Map<string, number | Template>();
  return (text, firstLine) => {
    const figure = text.length > LONGEST ? null : onlyFigure(text);
    if (figure === null) return read(text, firstLine);
    const marks = FIGURE.repeat(figure.length);
    const form = text.replaceAll(figure, marks);
    const found = known.get(form) ?? 0;
    if (typeof found !== 'number') return moved(found(figure), firstLine);
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
function tried(read: Read, form: string, marks: string, figure: string): Template | null {
  const other = OTHERS.map((one) => one.slice(0, figure.length)).find((one) => one !== figure) ?? '';
  const [one, two] = [figure, other].map((each) => {
    const made = read(form.replaceAll(marks, each), 0);
    return made.cuts.length > 0 || made.prose.length > 0 || made.faults.length > 0 || made.refused !== null ? null : JSON.stringify(made).replaceAll(each, marks);
  });
  if (one == null || one !== two) return null;
  const made = frozen(JSON.parse(one) as SqlRead);
  return templateOf(made, marks) ?? (() => made);
}

/** What was read, with a number in the place of the marks. */
type Template<T = SqlRead> = (figure: string) => T;

/** The same value with a figure for the marks, by the parts that hold some; null where none does. What holds none is given to all. */
function templateOf<T>(value: T, marks: string): Template<T> | null {
  if (typeof value === 'string') {
    const pieces = value.split(marks);
    return pieces.length === 1 ? null : (figure) => pieces.join(figure) as T;
  }
  if (typeof value !== 'object' || value === null) return null;
  const parts = Object.entries(value).flatMap(([key, one]: [string, unknown]) => {
    const part = templateOf(one, marks);
    return part === null ? [] : [[key as keyof T, part as Template<T[keyof T]>] as const];
  });
  if (parts.length === 0) return null;
  return (figure) => {
    const made = (Array.isArray(value) ? [...(value as unknown[])] : { ...value }) as T;
    for (const [key, part] of parts) made[key] = part(figure);
    return made;
  };
}

/** The same further down. */
function moved(made: SqlRead, by: number): SqlRead {
  const line = (at: number | null): number | null => (at === null ? null : at + by);
  return { ...made, statements: made.statements.map((one) => ({ ...one, line: one.line + by, endLine: one.endLine + by })), controls: made.controls.map((one) => ({ ...one, line: one.line + by })), takesBack: line(made.takesBack), endsLocal: line(made.endsLocal) };
}
