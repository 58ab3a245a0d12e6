import type { Found } from './reading.js';
import { isExplain, type StatementShape } from './shape.js';
import { named } from './normal.js';

const IDENTIFIER = /^[a-z][a-z0-9]*(?:[_.][A-Za-z0-9]+)+$|^[a-z]+[A-Z]\w*$/;

/** A name that cannot be mistaken for an English word: quoted, in backticks, or with an underscore, dot or hump. */
export function nameOf(text: string): string | null {
  const plain = text.trim().replace(/^\d+[.)]\s+/, '');
  const quoted = named(plain);
  if (quoted !== null) return /^[\p{L}\p{N}_.$:-]+(?: [\p{L}\p{N}_.$:-]+){0,7}$/u.test(quoted) ? quoted : null;
  return IDENTIFIER.test(plain) && !/\.(?:sql|md|ts|js|sh|json)$/.test(plain) ? plain : null;
}

/** Names joined by commas or "and"; null unless every part is one. */
export function namesOf(text: string): string[] | null {
  const parts = text.split(/\s*,\s*(?:and\s+)?|\s+and\s+/i).filter((part) => part !== '');
  const names = parts.map(nameOf);
  return names.length > 0 && names.every((name) => name !== null) ? names : null;
}

function canHold(shape: StatementShape | null): boolean {
  return shape !== null && shape.returnsRows && !isExplain(shape) && (!shape.oneRow || !shape.singleColumn);
}

/** Names that must appear (or, negated, must not). A name of a column is about the result's form, not its cells. */
export function readNames(text: string, shape: StatementShape | null, negated: boolean): Found | null {
  if (!canHold(shape)) return null;
  const plain = text.replace(/^(?:include|contain|list|the (?:tables?|columns?|names?|polic(?:y|ies)|index(?:es)?):?)s?\s+/i, '').replace(/^`?([^`]+)`? (?:table|index|policy|function|trigger|column)s?(?: exists?)?$/i, (whole, name: string) => (/^`/.test(whole) ? `\`${name}\`` : name));
  const names = namesOf(plain);
  if (!names || names.some((name) => shape?.columns.some((column) => column?.toLowerCase() === name.toLowerCase()))) return null;
  return { assertions: [negated ? { type: 'excludes', values: names } : { type: 'contains', values: names }] };
}

/** The names that list lines give, one each (a description may follow); null when one line gives none. */
export function listedNames(lines: readonly string[]): string[] | null {
  const names = lines.map((line) => nameOf(line.replace(/\s+(?:-|–|—|:)\s.*$|\s*\([^)]*\)$/u, '')));
  return names.length > 0 && names.every((name) => name !== null) ? names : null;
}
