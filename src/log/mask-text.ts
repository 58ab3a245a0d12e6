import { createHash } from 'node:crypto';
import { literalPattern } from '../text/literal-pattern.js';

/** What stands in a log where a secret stood. */
export const MASK = '••••';

/** What a masked value of a private result looks like. */
export const PRIVATE = '‹private›';

/**
 * The ways a secret can be written down: as it is, doubled quotes in an SQL
 * literal, escaped in JSON or the shell, percent-encoded in a URL.
 */
export function spellings(secret: string): string[] {
  const all = [
    secret, secret.replaceAll("'", "''"), secret.replaceAll('"', '""'), JSON.stringify(secret).slice(1, -1), secret.replaceAll("'", String.raw`'\''`),
    secret.replaceAll('\\', '\\\\').replaceAll("'", "''"), percentEncoded(secret), Buffer.from(secret, 'utf8').toString('base64'),
  ];
  // Longest first, so that no spelling leaves a part of a longer one standing.
  return [...new Set(all)].filter((one) => one !== '').sort((a, b) => b.length - a.length);
}

function percentEncoded(secret: string): string {
  try {
    return encodeURIComponent(secret);
  } catch {
    return secret; // a lone surrogate has no such spelling
  }
}

/**
 * A function that masks these secrets wherever they occur. Very short ones
 * only where they stand alone, or every digit of a log would be masked.
 */
export function secretMasker(secrets: Iterable<string>): (text: string) => string {
  const whole = [...secrets].filter((secret) => secret.trim() !== '');
  // Output is shown line by line: of a key with line breaks each line is a secret.
  const lines = whole.flatMap((secret) => (secret.includes('\n') ? secret.split(/\r?\n/).filter((line) => line.trim().length >= 8) : []));
  const forms = [...new Set([...whole, ...lines].flatMap((secret) => spellings(secret)))].sort((a, b) => b.length - a.length);
  if (forms.length === 0) return (text) => text;
  const escaped = forms.map((form) => {
    const literal = literalPattern(form);
    return form.length < 4 ? `(?<![\\p{L}\\p{N}])${literal}(?![\\p{L}\\p{N}])` : literal;
  });
  const pattern = new RegExp(escaped.join('|'), 'gu');
  return (text) => text.replace(pattern, MASK);
}

/** The same identifier gets the same mark within a run, and another one in another run. */
export function hashed(kind: string, value: string, salt: string): string {
  return `${kind}:${createHash('sha256').update(`${salt}\u0000${value.toLowerCase()}`, 'utf8').digest('hex').slice(0, 12)}`;
}

export const uuidPattern = /(?<![0-9a-f-])[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}(?![0-9a-f-])/gi;
// Each begins at the start of a word: a long word is looked at once, not once per letter.
const email = /(?<![\p{L}\p{N}._%+'-])[\p{L}\p{N}._%+'-]+(?:@|%40)[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+/giu;
const jwt = /\beyJ[A-Za-z0-9_-]{5,}(?:\.[A-Za-z0-9_-]*){1,2}/g;
const token = /\b(?:sb[ps]?_(?:secret|publishable)?_?|sk_(?:live|test)_|pk_(?:live|test)_|rk_live_|gh[pousr]_|github_pat_|xox[abprs]-|glpat-|AKIA|ASIA|SG\.)[A-Za-z0-9_.-]{8,}/g;
const bearer = /\b(bearer|basic)\s+[A-Za-z0-9+/_=.-]{8,}/gi;
const urlPassword = /\b([a-z][a-z0-9+.-]{0,30}:\/\/[^\s:/@]*):[^\s/@]+@/gi;
const keyed = /\b((?:pg)?password|passwd|pwd|secret|api[_-]?key|access[_-]?token|auth[_-]?token|token|service[_-]?role[_-]?key)(\s*(?:=>|=|:)\s*|"\s*:\s*|\s+)(["']?)([^\s"',;&]{3,})\3/gi;

/** Connection secrets and tokens of known shapes: masked in every log, private or not. */
export function maskTokens(text: string): string {
  return text
    .replace(urlPassword, `$1:${MASK}@`)
    .replace(jwt, MASK).replace(token, MASK).replace(bearer, `$1 ${MASK}`)
    .replace(keyed, (whole: string, name: string, between: string, quote: string, value: string) =>
      (value === MASK || (quote === '' && isExpression(between, value)) ? whole : `${name}${between}${quote}${MASK}${quote}`));
}

/** `token = NEW.token`, `secret::text`, `password :'pw'` are SQL about a column of that name; `password=x` is a value. */
function isExpression(between: string, value: string): boolean {
  return /^\s+$|\s=|=\s/.test(between) || /^[:$]/.test(value);
}

/** Personal data of known shapes: e-mail addresses masked, UUIDs hashed with the run's salt, but for those in `keep`. */
export function maskPersonal(text: string, salt: string, keep: ReadonlySet<string> = new Set()): string {
  return text.replace(email, (address) => (address.startsWith("'") ? "'‹e-mail›" : '‹e-mail›')).replace(uuidPattern, (uuid) => (keep.has(uuid.toLowerCase()) ? uuid : hashed('id', uuid, salt)));
}
