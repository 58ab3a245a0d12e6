/** A pure function of one text that is asked about the same one several times in a row: it remembers the last few. */
export function remember<T>(work: (text: string) => T, room = 8): (text: string) => T {
  const known = new Map<string, T>();
  return (text) => {
    const found = known.get(text);
    if (found !== undefined) return found;
    const made = work(text);
    if (known.size >= room) known.clear();
    known.set(text, made);
    return made;
  };
}
