// Preloaded into the program: its clock goes backwards, an hour at every look.
const real = Date;
let looks = 0;
const now = () => real.UTC(2026, 5, 1) - (looks += 1) * 3_600_000;

globalThis.Date = class extends real {
  constructor(...given) { super(...(given.length === 0 ? [now()] : given)); }
  static now() { return now(); }
};
