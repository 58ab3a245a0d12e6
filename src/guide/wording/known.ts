import { frozen } from '../remember.js';
import type { Reading } from './reading.js';
import type { StatementShape, WordingContext } from './shape.js';

/** Wordings remembered: a long guide says the same of many statements. */
const ROOM = 4000;
/** Characters beyond which a wording with its lines is not worth remembering. */
const LONGEST = 600;

/** A word with figures in it, such as the name of a table that is one of many. */
const NUMBERED = /[a-z_]\w*\d/i;

/** "Expected: 17", "should return exactly 17 rows": one figure among words that hang on none; longer ones may be dates or numbers of things. */
const COUNTED = /^([\s:*`-]*(?:(?:expect(?:ed|s)?|results?|outputs?|values?|counts?|totals?|rows?|records?|it|the|should|must|be|is|returns?|exactly|at least|at most)\b[\s:*`-]*)*(?<![\d-]))([2-9]|[1-9]\d{1,4})([*`]*(?: (?:rows?|records?|results?))?(?: (?:returned|total|affected|updated|inserted|deleted))?[\s*`.]*)$/i;
/** Any other words with one larger figure that stands alone, such as the number of a step: no year, no code, and no number of things that are listed beside it. */
const NUMBER_IN = /^((?:[^\d]|(?<![\d.,:/-])[01](?![\d.,:%/-]))*(?<=[\s(]))((?:[2-9]|1(?=[2-9]|\d\d))\d{1,4})((?:(?=[\s).,;]|$)(?!,\d|\.\d)(?:[^\d]|(?<![\d.,:/-])[01](?![\d.,:%/-]))*)?)$/;
const CODES: ReadonlySet<string> = new Set(['100', '200', '201', '202', '204', '301', '302', '304', '307', '308', '400', '401', '403', '404', '405', '409', '410', '415', '422', '429', '500', '501', '502', '503', '504', '3000', '5432', '6543', '8000', '8080']);
/** Stands for the figure; no guide holds it. */
const FIGURE = '\u0001';
/** Figures that are as good as any other of their length, unless they are the one. */
const OTHERS = ['76842', '68351'];
/** The same of what may be a year, which is as good as any other year. */
const YEAR = { form: /^(?:19|20)\d\d$/, mark: '\u0002', others: ['1968', '2057'] };

type Read = (text: string, context: WordingContext) => Reading;

/**
 * A reader of wordings that remembers what it read. Readers compare the names of tables with the words of a text: where
 * none of these has a figure in it, tables that differ in their figures alone are alike. What is read of a figure is
 * what is read of another in its place, where two were tried and it was so.
 */
export function remembering(read: Read): Read {
  const known = new Map<string, Reading>();
  const counted = new Map<string, string | null>();
  return (text, context) => {
    const key = text.length > LONGEST ? '' : keyOf(text, context);
    if (key === '' || key.length > LONGEST * 4) return read(text, context);
    const found = known.get(key);
    if (found !== undefined) return found;
    const made = frozen(ofAnyFigure(counted, read, text, context) ?? read(text, context));
    keep(known, key, made);
    return made;
  };
}

function keyOf(text: string, { shape, extra }: WordingContext): string {
  const said = extra === null ? text : JSON.stringify([text, extra]);
  return shape === null ? said : `${said}\n${keyOfShape(shape, NUMBERED.test(said))}`;
}

const withFigures = new WeakMap<StatementShape, string>();
const withoutFigures = new WeakMap<StatementShape, string>();

/** A shape as text, its tables with their figures or without; several wordings are of one statement. */
function keyOfShape(shape: StatementShape, numbered: boolean): string {
  const keys = numbered ? withFigures : withoutFigures;
  let key = keys.get(shape);
  if (key === undefined) {
    key = JSON.stringify(numbered ? shape : { ...shape, tables: shape.tables.map((table) => table.replace(/\d+/g, '0')) });
    keys.set(shape, key);
  }
  return key;
}

/** What is read of a wording with one figure, by what was read of the same one with another; null for any other wording. */
function ofAnyFigure(counted: Map<string, string | null>, read: Read, text: string, context: WordingContext): Reading | null {
  const [, before = '', figure = '', behind = ''] = COUNTED.exec(text) ?? NUMBER_IN.exec(text) ?? [];
  if (figure === '' || context.extra !== null || CODES.has(figure)) return null;
  const { mark, others } = YEAR.form.test(figure) ? YEAR : { mark: FIGURE, others: OTHERS };
  const key = keyOf(before + mark.repeat(figure.length) + behind, context);
  // A figure that the statement has, too, may be meant.
  if (key.includes(figure)) return null;
  if (!counted.has(key)) {
    const [one, other] = [figure, others.map((one) => one.slice(0, figure.length)).find((one) => one !== figure) ?? ''].map((each) => JSON.stringify(read(before + each + behind, context)).replaceAll(each, FIGURE));
    keep(counted, key, one === other ? (one ?? null) : null);
  }
  const form = counted.get(key) ?? null;
  return form === null ? null : (JSON.parse(form.replaceAll(FIGURE, figure)) as Reading);
}

function keep<Value>(known: Map<string, Value>, key: string, value: Value): void {
  if (known.size >= ROOM) known.clear();
  known.set(key, value);
}
