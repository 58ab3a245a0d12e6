import { CONNECTION_KEYWORDS } from './connection-keywords.js';
import { isConnectionUrl, piecesOf } from './connection-pieces.js';

const MASK = '***';
/** Fewer characters stand in too many words to be taken out of a message. */
const TELLING = 4;

/** What is hidden of a text: from where to where, and what it stands for. */
interface Secret { from: number; to: number; value: string }

/** A program's arguments with the passwords in connection texts masked; null where there is none. */
export function withoutPasswords(args: readonly string[]): string[] | null {
  const hidden = args.map(masked);
  return hidden.some((arg, index) => arg !== args[index]) ? hidden : null;
}

/** Takes the passwords of these arguments out of a message that may repeat them. */
export function passwordHider(args: readonly string[]): (message: string) => string {
  const whole = args.map((arg): [string, string] => [arg, masked(arg)]).filter(([arg, shown]) => arg !== shown);
  const parts = args.flatMap((arg) => secretsIn(arg).flatMap(({ from, to, value }) => [arg.slice(from, to), value]));
  const pairs = [...whole, ...parts.filter((part) => part.length >= TELLING).map((part): [string, string] => [part, MASK])].sort(([a], [b]) => b.length - a.length);
  return (message) => pairs.reduce((text, [from, to]) => text.replaceAll(from, to), message);
}

function masked(arg: string): string {
  return secretsIn(arg).reduceRight((shown, { from, to }) => `${shown.slice(0, from)}${MASK}${shown.slice(to)}`, arg);
}

function secretsIn(arg: string): Secret[] {
  const start = /^--[\w-]+=/.exec(arg)?.[0].length ?? 0;
  const text = arg.slice(start);
  return (written(text) ?? guessed(text)).filter(({ from, to }) => from < to).map(({ from, to, value }) => ({ from: from + start, to: to + start, value }));
}

/** The passwords of a text that can be read; null where it cannot, or holds a word that may be the rest of a password. */
function written(text: string): Secret[] | null {
  if (!isConnectionUrl(text) && !text.includes('=')) return null;
  try {
    const pieces = piecesOf(text);
    return pieces.every(({ key }) => CONNECTION_KEYWORDS.has(key)) ? pieces.filter(({ key }) => /password$/.test(key)) : null;
  } catch {
    return null;
  }
}

/** All behind the first place where a password may begin. */
function guessed(text: string): Secret[] {
  const starts = [
    /\bp(?:ass|w)\w*\s*=|(?:password|passwd|pwd)\s*=/i, /^postgres(?:ql)?:\/\/[^:?]*[:?]/i, /^[a-z][\w+.-]*:\/*[^\s:/@]*:(?=[\s\S]*@)/i,
  ].flatMap((place) => { const match = place.exec(text); return match ? [match.index + match[0].length] : []; });
  return starts.length === 0 ? [] : [{ from: Math.min(...starts), to: text.length, value: text.slice(Math.min(...starts)) }];
}
