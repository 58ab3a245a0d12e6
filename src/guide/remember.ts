/** Characters beyond which a text is not worth remembering. */
const LONGEST = 400;
/** Texts that are remembered at once. */
const ROOM = 1000;

/** A pure function of one text that is asked about the same ones again and again, as a long guide says the same of many steps: it remembers the last few. */
export function remember<T>(work: (text: string) => T, room = ROOM): (text: string) => T {
  const known = new Map<string, T>();
  let last: { text: string; made: T } | null = null;
  return (text) => {
    if (last?.text === text) return last.made;
    const found = text.length > LONGEST ? undefined : known.get(text);
    if (found !== undefined) return found;
    const made = work(text);
    if (text.length > LONGEST) {
      last = { text, made };
      return made;
    }
    if (known.size >= room) known.clear();
    known.set(text, made);
    return made;
  };
}

/** Figures of two places and more; unless they are a year, a text with others in their place is of the same kind. */
const FIGURES = /\d{2,}/g;
const YEAR = /^(?:19|20)\d\d$/;

const SEVENS = Array.from({ length: 40 }, (_, length) => '7'.repeat(length));
const toSevens = (figure: string): string => (figure.length === 4 && YEAR.test(figure) ? figure : (SEVENS[figure.length] ?? '7'.repeat(figure.length)));

/**
 * The same for a function that gives of what kind a text is: steps of a long guide differ in their numbers alone,
 * and such texts are asked about once. Where the kind is another with other figures, each is asked about.
 */
export function rememberKind<T extends string | null>(work: (text: string) => T): (text: string) => T {
  const own = remember(work);
  const kinds = new Map<string, { kind: T } | null>();
  return (text) => {
    const form = text.length > LONGEST ? text : text.replace(FIGURES, toSevens);
    if (form === text) return own(text);
    const known = kinds.get(form);
    if (known !== undefined) return known === null ? own(text) : known.kind;
    const kind = own(text);
    if (kinds.size >= ROOM) kinds.clear();
    kinds.set(form, work(form) === kind ? { kind } : null);
    return kind;
  };
}

/** Given to many: changed by none. */
export function frozen<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const inner of Object.values(value)) frozen(inner);
  }
  return value;
}
