import type { Scalar } from '../../assertions/assertion.js';
import { named, numberOf } from './normal.js';

/** `KEY_xxxxxxxx`: what a value may look like. */
export const isMasked = (text: string): boolean => /(?:^|[^a-z\d])x{4,}(?![a-z\d])/i.test(text);

/** A literal as guides write it: number, boolean, NULL or quoted text; undefined for anything else, and for what only stands for one. */
export function literalOf(text: string): Scalar | undefined {
  const plain = text.trim();
  const quoted = /^'(?:[^']*)'(?:::\w+)?$|^"[^"]*"$/.test(plain) ? named(plain.replace(/::\w+$/, '')) : null;
  if (quoted !== null) return isMasked(quoted) ? undefined : quoted;
  if (/^(?:''|"")$/.test(plain)) return '';
  const inner = /^`([^`]+)`$/.exec(plain)?.[1] ?? plain;
  if (/^(?:true|false)$/i.test(inner)) return inner.toLowerCase() === 'true';
  if (/^null$/i.test(inner)) return null;
  const number = /^-?[\d.,]+$/.test(inner) ? numberOf(inner) : null;
  return number === null ? (inner === plain ? undefined : literalOf(inner)) : number;
}
