const FIGURE = /^(.*?)(-?\d+(?:\.\d+)?)$/s;

/**
 * What lies between expected and actual, in words: `10 fewer`, or where two
 * texts part. Null where nothing more can be said than both.
 */
export function differenceOf(expected: string, actual: string): string | null {
  const [wanted, got] = [FIGURE.exec(expected.trim()), FIGURE.exec(actual.trim())];
  if (wanted && got && wanted[1] === got[1]) {
    const off = Number(got[2]) - Number(wanted[2]);
    const amount = Number(Math.abs(off).toPrecision(12));
    return off === 0 ? null : `${amount} ${off < 0 ? 'fewer' : 'more'}`;
  }
  const quoted = [/"(.*)"$/s.exec(expected)?.[1], /"(.*)"$/s.exec(actual)?.[1]];
  const [left, right] = quoted;
  if (left === undefined || right === undefined || left === right) return null;
  if (left.trim() === right.trim()) return 'only spaces differ';
  if (left.toLowerCase() === right.toLowerCase()) return 'only upper and lower case differ';
  const at = Array.from(left).findIndex((one, index) => one !== Array.from(right)[index]);
  return `they part at character ${(at === -1 ? Array.from(left).length : at) + 1}`;
}
