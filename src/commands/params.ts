import { EXIT, ProblemError } from '../text/problem.js';

/** `--param NAME=VALUE`, repeated, as a map. Throws a ProblemError (exit 2) for one without `=`. */
export function parseParams(list: readonly string[] = []): Record<string, string> {
  return Object.fromEntries(list.map((entry) => {
    const cut = entry.indexOf('=');
    if (cut > 0) return [entry.slice(0, cut), entry.slice(cut + 1)];
    throw new ProblemError({ code: 'param-unreadable', what: `"${entry}" is not NAME=VALUE.`, where: '--param', remedy: 'Write --param name=value.' }, EXIT.usage);
  }));
}
