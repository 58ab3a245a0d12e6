import { findPlaceholders, parameterName, type Slot } from './placeholders.js';

/** `https://{project-ref}.example.com`: a name of several words in braces, which no shell expands. */
const BRACED = /(?<![$\w{])\{([a-z]+(?:-[a-z]+)+)\}(?!\})/g;

/**
 * Placeholders of a command (`<project-ref>`, `YOUR_PROJECT_REF`): not the shell's
 * own variables, assignments, options of that name, or what stands in a comment.
 */
export function shellSlots(script: string): Slot[] {
  const braced = [...script.matchAll(BRACED)].map((match): Slot => ({ start: match.index, end: match.index + match[0].length, name: parameterName(match[1] ?? ''), text: match[0], form: 'inside', plain: true }));
  return [...findPlaceholders(script).filter((slot) => !braced.some((one) => slot.start < one.end && one.start < slot.end)), ...braced].sort((one, other) => one.start - other.start).filter(({ start, end, text }) => {
    const before = script.slice(script.lastIndexOf('\n', start - 1) + 1, start);
    if (/(?:^|\s)#/.test(before)) return false;
    if (text.startsWith('<') || text.startsWith('{')) return !/<$/.test(before);
    return !/[$\w/.-]$|\$\{$/.test(before) && !/^(?:=|[\w/]|\.\w)/.test(script.slice(end));
  });
}

/** Names of the parameters a command needs, each once. */
export function parametersOfShell(script: string): string[] {
  return [...new Set(shellSlots(script).map((slot) => slot.name))];
}

/** Signs that mean nothing to a shell, wherever they stand. */
const HARMLESS = /^[\w@%+:,./-]+$/;

/**
 * Fills values into a command as data: whatever a value holds, it stays one word, or
 * inside the quotes it stands in. A placeholder without a value stays as written.
 */
export function fillShell(script: string, values: Readonly<Record<string, string | null>>): string {
  let filled = '';
  let at = 0;
  for (const slot of shellSlots(script)) {
    const value = Object.hasOwn(values, slot.name) ? values[slot.name] : undefined;
    if (value === undefined || value === null || value.includes('\0')) continue;
    filled += script.slice(at, slot.start) + quoted(value, quoteAround(script, slot.start));
    at = slot.end;
  }
  return filled + script.slice(at);
}

function quoted(value: string, around: '"' | "'" | null): string {
  if (HARMLESS.test(value)) return value;
  switch (around) {
    case '"': return value.replace(/[\\"$`]/g, '\\$&');
    case "'": return value.replace(/'/g, "'\\''");
    case null: return `'${value.replace(/'/g, "'\\''")}'`;
  }
}

/** The quotes an offset of a command stands in. */
function quoteAround(script: string, offset: number): '"' | "'" | null {
  let open: '"' | "'" | null = null;
  for (let at = 0; at < offset; at += 1) {
    const char = script[at];
    if (char === '\\' && open !== "'") at += 1;
    else if (char === open) open = null;
    else if (open === null && (char === '"' || char === "'")) open = char;
    else if (open === null && char === '#' && /^$|\s/.test(script[at - 1] ?? '')) at = (script.indexOf('\n', at) + 1 || script.length) - 1;
  }
  return open;
}
