import type { Scalar } from '../../assertions/assertion.js';
import { named, numberOf } from './normal.js';

/** `KEY_xxxxxxxx`, `task:<JOB>`: what a value may look like. */
export const isMasked = (text: string): boolean => /<[A-Za-z][\w -]{0,40}>|(?:^|[^a-z\d])x{4,}(?![a-z\d])|\w(?:\.{3,}|…)[\w.]*\w|\d\.{2}_|^uuid-\w{1,8}$/i.test(text);

/** `NOW()`, "Timestamp", "UUID": what a value is made by, or of what kind it is. */
export const isKind = (text: string): boolean => /^(?:now(?:\(\))?|current_(?:timestamp|date|time|user|role|database|schema)|localtime(?:stamp)?|session_user|timestamp(?:tz)?|uuid|date|time|text|string|numbers?|numeric|integer|int|bool(?:ean)?|jsonb?|array|object|float|decimal)$/i.test(text.trim());

/** A literal as guides write it: number, boolean, NULL or quoted text; undefined for anything else, and for what only stands for one. */
export function literalOf(text: string): Scalar | undefined {
  const plain = text.trim();
  const quoted = /^'(?:[^']*)'(?:::\w+)?$|^"[^"]*"$/.test(plain) ? named(plain.replace(/::\w+$/, '')) : null;
  if (quoted !== null) return isMasked(quoted) ? undefined : quoted;
  if (/^(?:''|"")$/.test(plain)) return '';
  const inner = /^`([^`]+)`$/.exec(plain)?.[1] ?? plain;
  if (/^(?:true|false)$/i.test(inner)) return inner.toLowerCase() === 'true';
  if (/^null$/i.test(inner)) return null;
  // An array as PostgreSQL writes it; one word in braces may stand for a value.
  if (/^\{(?:[\w-]+=[\w ,"$-]+|[\w-]+(?:,[\w-]+)+)?\}$/.test(inner)) return inner;
  const number = /^-?[\d.,]+$/.test(inner) ? numberOf(inner) : null;
  return number === null ? (inner === plain ? undefined : literalOf(inner)) : number;
}
