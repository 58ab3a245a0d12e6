import { findBarePlaceholders, findPlaceholders, literalSlots, MAY_HOLD, type Slot } from './placeholders.js';
import { sqlTokens } from './sql-tokens.js';

const VARIABLE = /:(?:'([A-Za-z_]\w*)'|"([A-Za-z_]\w*)"|([A-Za-z_]\w*))/y;

/** What any slot has in it: most statements have none of it and need no look at their tokens. */
const MAY_HOLD_SLOTS = new RegExp(String.raw`:['"a-z_]|\[|'\$[\w{]|[-_]uuid\d?'|_ID'|${MAY_HOLD.source}`, 'i');

/**
 * Every place of an SQL text where a value goes: psql's `:'name'`, `:"name"` and
 * `:name` outside literals, comments and dollar quotes (never the cast `::`), and
 * the placeholders of plain documents, also inside literals and dollar bodies.
 */
export function findSlots(sql: string): Slot[] {
  if (!MAY_HOLD_SLOTS.test(sql)) return [];
  const slots: Slot[] = [];
  let skipTo = 0;
  let bareFrom = -1;
  const bare = (end: number) => {
    if (bareFrom >= 0) slots.push(...findBarePlaceholders(sql.slice(bareFrom, end), bareFrom));
    bareFrom = -1;
  };
  for (const token of sqlTokens(sql)) {
    if (token.start < skipTo) continue;
    if (token.kind === 'string') {
      bare(token.start);
      slots.push(...literalSlots(sql, token));
    } else if (token.kind === 'dollar') {
      bare(token.start);
      slots.push(...findPlaceholders(sql.slice(token.start, token.end), token.start));
    } else if (token.kind === 'identifier') {
      bare(token.start);
      for (const slot of findPlaceholders(sql.slice(token.start, token.end), token.start)) slots.push({ ...slot, form: 'identifier' });
    } else if (token.kind === 'comment' || token.kind === 'block-comment') bare(token.start);
    else if (sql[token.start] === ':' && token.kind === 'symbol') {
      if (sql[token.start + 1] === ':') skipTo = token.start + 2;
      else {
        VARIABLE.lastIndex = token.start;
        const match = VARIABLE.exec(sql);
        if (match) {
          bare(token.start);
          const form = match[1] !== undefined ? 'literal' : match[2] !== undefined ? 'identifier' : 'bare';
          slots.push({ start: token.start, end: token.start + match[0].length, name: match[1] ?? match[2] ?? match[3] ?? '', text: match[0], form, plain: false });
          skipTo = token.start + match[0].length;
        }
      }
    } else if (bareFrom < 0) bareFrom = token.start;
  }
  bare(sql.length);
  return slots;
}

/** The same text with every slot replaced by something the grammar takes, at the same length, so that offsets hold. */
export function maskSlots(sql: string, slots: Slot[]): string {
  let masked = '';
  let at = 0;
  for (const slot of slots) {
    if (slot.form === 'inside' || (slot.plain && slot.form === 'identifier')) continue;
    const text = slot.plain || slot.form === 'bare' ? slot.text.replace(/[^A-Za-z0-9]/g, '_').replace(/^[^_]/, '_') : ` ${slot.text.slice(1)}`;
    masked += sql.slice(at, slot.start) + text;
    at = slot.end;
  }
  return masked + sql.slice(at);
}

/** Names of the parameters a statement needs, in order of appearance, each once. */
export function parametersOf(sql: string): string[] {
  return [...new Set(findSlots(sql).map((slot) => slot.name))];
}

/** Names of the values that a step's claims need: `:'name'`. */
export function namesInClaims(claims: string | null): string[] {
  return claims === null ? [] : [...claims.matchAll(/:'([A-Za-z_]\w*)'/g)].map((match) => match[1] ?? '');
}

/** A value as PostgreSQL reads it back: a literal, E'…' where it holds a backslash. */
export function quoteLiteral(value: string): string {
  const quoted = `'${value.replace(/'/g, "''").replace(/\\/g, '\\\\')}'`;
  return value.includes('\\') ? ` E${quoted}` : quoted;
}

/** A value as a quoted identifier. */
export function quoteIdentifier(value: string): string {
  return `"${value.replace(/"/g, '""')}"`;
}

const PLAIN_VALUE = /^(?:[-+]?\d{1,38}(?:\.\d{1,38})?|true|false)$/i;

/** What stays one value in the code of a dollar-quoted body: a name, a number, a UUID. */
const WORD = /^(?:\w+(?:-\w+)*|\d+\.\d+)$/;

/**
 * Fills values into a statement, as data only: whatever a value holds, it stays
 * inside one literal or one quoted identifier. A name without a value stays as
 * written and is listed in `missing`; so is a value that cannot be kept inside
 * its place (one with `$` in a dollar-quoted body, or more than a word in its code).
 */
export function fillParameters(sql: string, values: Readonly<Record<string, string | null>>): { sql: string; missing: string[] } {
  const missing: string[] = [];
  let filled = '';
  let at = 0;
  for (const slot of findSlots(sql)) {
    const value = Object.hasOwn(values, slot.name) ? values[slot.name] : undefined;
    const text = value === undefined ? null : fill(slot, value, sql);
    if (text === null) {
      if (!missing.includes(slot.name)) missing.push(slot.name);
      continue;
    }
    filled += sql.slice(at, slot.start) + text;
    at = slot.end;
  }
  return { sql: filled + sql.slice(at), missing };
}

function fill(slot: Slot, value: string | null, sql: string): string | null {
  if (value?.includes('\0')) return null;
  switch (slot.form) {
    case 'literal':
      return value === null ? 'NULL' : quoteLiteral(value);
    case 'identifier':
      if (value === null || value === '') return null;
      return slot.plain ? value.replace(/"/g, '""') : quoteIdentifier(value);
    case 'bare':
      if (value === null) return 'NULL';
      // Brackets keep a negative number from joining a minus sign before it into a comment.
      return PLAIN_VALUE.test(value) ? (value.startsWith('-') ? `(${value})` : value) : quoteLiteral(value);
    case 'inside': {
      if (value === null) return null;
      const token = tokenAround(sql, slot);
      const quoted = value.replace(/'/g, "''");
      if (token === 'body') return WORD.test(value) ? value : null;
      if (token === 'dollar') return /[$\\]/.test(value) ? null : quoted;
      return token === 'escape' ? quoted.replace(/\\/g, '\\\\') : quoted;
    }
  }
}

function tokenAround(sql: string, slot: Slot): 'body' | 'dollar' | 'escape' | 'plain' {
  for (const token of sqlTokens(sql)) {
    if (token.start <= slot.start && token.end >= slot.end) {
      if (token.kind === 'dollar') return inLiteral(sql.slice(token.start, token.end), slot.start - token.start) ? 'dollar' : 'body';
      return /^e'/i.test(sql.slice(token.start, token.start + 2)) ? 'escape' : 'plain';
    }
  }
  return 'plain';
}

/** Whether an offset of a dollar-quoted text lies in a literal of the code it holds. */
function inLiteral(quoted: string, offset: number): boolean {
  const open = quoted.indexOf('$', 1) + 1;
  const inner = quoted.slice(open, -open);
  for (const token of sqlTokens(inner)) if (token.kind === 'string' && token.start + open <= offset && token.end + open > offset) return true;
  return false;
}

/** The type that a name, and the placeholder as written, say of a value. */
export function typeOf(name: string, text: string): 'text' | 'uuid' | 'email' | 'integer' | 'timestamp' {
  if (/uuid/i.test(name) || /(?:^|_)(?:user|org|auth|tenant|account|profile)_?id(?:_here)?$/i.test(name)) return 'uuid';
  if (text.includes('@') || /e_?mail/i.test(name)) return 'email';
  if (/^(?:limit|count|number|batch_size|max|min)(?:_|$)/i.test(name)) return 'integer';
  if (/timestamp|_at$|(?:^|_)date(?:_|$)/i.test(name)) return 'timestamp';
  return 'text';
}

/** Whether a name says that its value is not to be shown. */
export function isSecretName(name: string): boolean {
  return /password|passwd|passphrase|secret|token|credential|(?:api|encryption|decryption|private|signing|service|service_role|role|anon|access|master|shared|hmac|jwt|account|publishable|webhook)_?key|^(?:your_|my_|the_)?key$/i.test(name);
}
