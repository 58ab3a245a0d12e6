import { nearest } from '../text/nearest.js';
import { roles, type Place, type Remarks, type Role } from './guide.js';

/** What can be said of a step; absent keys were not written. */
export interface Attributes {
  id?: string;
  file?: string;
  needs?: string[];
  when?: string;
  onFail?: string;
  reverts?: string[];
  transaction?: boolean;
  as?: string;
  claims?: string;
  discard?: boolean;
  timeoutMs?: number;
  lockTimeoutMs?: number;
  retries?: number;
  tolerate?: string[];
  capture?: string[];
  repeat?: { everyMs: number; forMs: number };
  optional?: boolean;
  runOnce?: boolean;
  noReturn?: boolean;
  noSkip?: boolean;
  approve?: boolean;
  role?: Role;
  rehearse?: 'run' | 'skip' | 'only';
}

export const attributeNames = [
  'id', 'file', 'needs', 'when', 'on-fail', 'reverts', 'transaction', 'as', 'claims', 'discard', 'timeout', 'lock-timeout', 'retries',
  'tolerate', 'capture', 'repeat', 'optional', 'run-once', 'no-return', 'no-skip', 'approve', 'role', 'rehearse',
] as const;
type Name = (typeof attributeNames)[number];
const flags: readonly Name[] = ['discard', 'optional', 'run-once', 'no-return', 'no-skip', 'approve'];

const TOKEN = /([^\s=]+)(?:=(?:"((?:[^"\\]|\\.)*)"|'([^']*)'|(\S*)))?/g;
const MOST_FAULTS = 20;
const UNITS: Record<string, number> = { ms: 1, s: 1000, sec: 1000, m: 60_000, min: 60_000, h: 3_600_000, d: 86_400_000 };

/** A duration such as `500ms`, `30s`, `5m` or `1h30m`, in milliseconds; null when it is none. */
export function parseDuration(text: string): number | null {
  const parts = [...text.trim().matchAll(/(\d+(?:\.\d+)?)\s*(ms|sec|s|min|m|h|d)\s*/gy)];
  if (parts.length === 0 || parts.reduce((sum, part) => sum + part[0].length, 0) !== text.trim().length) return null;
  return parts.reduce((sum, part) => sum + Number(part[1]) * (UNITS[part[2] ?? ''] ?? 0), 0);
}

/** Words that site generators read after a fence's language; a plain document may hold them. */
const FOREIGN = new Set(['title', 'filename', 'caption', 'label', 'name', 'linenums', 'linenumbers', 'showlinenumbers', 'hl_lines', 'highlight', 'lines', 'startline', 'start', 'lineno', 'linenos', 'copy', 'theme', 'group', 'tab', 'wrap', 'ins', 'del', 'mark', 'class', 'src', 'path', 'result', 'eval', 'live', 'frame']);

/** Whether words after a fence's language are attributes at all: plain documents write titles and line ranges there. */
export function looksLikeAttributes(text: string): boolean {
  const first = /^[\w-]+/.exec(text.trim())?.[0] ?? '';
  if (FOREIGN.has(first.toLowerCase())) return false;
  return /^[\w-]+=/.test(text.trim()) || (flags as readonly string[]).includes(first);
}

/**
 * Reads `key=value`, `key="two words"` and bare flags. `place` is where the text
 * starts. Every fault is an error that names the nearest known word.
 */
export function readAttributes(text: string, place: Place, remarks: Remarks): Attributes {
  const read: Attributes = {};
  let faults = 0;
  for (const match of text.matchAll(TOKEN)) {
    // A line of nothing but faults is no list of attributes: the first few tell.
    if (faults >= MOST_FAULTS) break;
    const [whole, key = '', double, single, bare] = match;
    const value = double?.replace(/\\(.)/g, '$1') ?? single ?? bare;
    const at = { ...place, column: (place.column ?? 1) + match.index, length: whole.length };
    if (!(attributeNames as readonly string[]).includes(key)) {
      faults += 1;
      const near = nearest(key, attributeNames);
      remarks.error('unknown-attribute', `unknown attribute \`${key}\``, at, near ? `did you mean \`${near}\`?` : `known: ${attributeNames.join(', ')}`);
      continue;
    }
    const name = key as Name;
    if (flags.includes(name) ? !['', 'true', 'false', undefined].includes(value) : value === undefined || value === '') {
      remarks.error('bad-attribute', flags.includes(name) ? `\`${key}\` is a flag and takes no value` : `\`${key}\` needs a value`, at, `write ${flags.includes(name) ? key : `${key}="…"`}`);
      continue;
    }
    const problem = assign(read, name, value ?? '');
    if (problem) remarks.error('bad-attribute', `\`${key}\`: ${problem}`, at);
  }
  return read;
}

function list(value: string): string[] {
  return value.split(/[\s,]+/).filter((part) => part !== '');
}

/** Stores one attribute; gives what is wrong with its value, or null. */
function assign(read: Attributes, name: Name, value: string): string | null {
  const on = value !== 'false';
  switch (name) {
    case 'id':
      if (!/^[\p{L}\p{N}][\p{L}\p{N}._/-]*$/u.test(value)) return 'an id is letters, digits, `-`, `_`, `.` and `/`';
      read.id = value;
      return null;
    case 'file': case 'when': case 'as': case 'claims':
      read[name] = value;
      return null;
    case 'on-fail': read.onFail = value; return null;
    case 'needs': case 'reverts': case 'capture':
      read[name] = list(value);
      return null;
    case 'tolerate':
      read.tolerate = list(value);
      return read.tolerate.every((code) => /^[0-9A-Z]{5}$/.test(code)) ? null : 'SQLSTATEs have five letters or digits, such as 42710';
    case 'transaction':
      if (value !== 'on' && value !== 'off') return 'is `on` or `off`';
      read.transaction = value === 'on';
      return null;
    case 'timeout': case 'lock-timeout': {
      const ms = parseDuration(value);
      if (ms === null) return `\`${value}\` is no duration; write 500ms, 30s or 5m`;
      read[name === 'timeout' ? 'timeoutMs' : 'lockTimeoutMs'] = ms;
      return null;
    }
    case 'retries':
      if (!/^\d{1,4}$/.test(value)) return 'is a whole number';
      read.retries = Number(value);
      return null;
    case 'repeat': {
      const match = /^(?:every )?(.+?) for (.+)$/.exec(value);
      const everyMs = parseDuration(match?.[1] ?? '');
      const forMs = parseDuration(match?.[2] ?? '');
      if (everyMs === null || forMs === null || everyMs < 1) return `\`${value}\` is not of the form "30s for 30m"`;
      read.repeat = { everyMs, forMs };
      return null;
    }
    case 'role':
      if (!(roles as readonly string[]).includes(value)) return `\`${value}\` is no role; known: ${roles.join(', ')}`;
      read.role = value as Role;
      return null;
    case 'rehearse':
      if (value !== 'run' && value !== 'skip' && value !== 'only') return 'is `run`, `skip` or `only`';
      read.rehearse = value;
      return null;
    case 'discard': case 'optional': case 'approve': read[name] = on; return null;
    case 'run-once': read.runOnce = on; return null;
    case 'no-return': read.noReturn = on; return null;
    case 'no-skip': read.noSkip = on; return null;
  }
}
