import { formatExpect } from '../assertions/format.js';
import type { ExpectationRead } from './expectation.js';
import { formatAttributes } from './attribute-text.js';
import type { Attributes } from './attributes.js';
import type { Draft, FenceRead } from './draft.js';
import type { Edits } from './edits.js';

/**
 * Writes what was read of a fence: attributes on its opening line, and an `expect`
 * fence below. A fence that holds several steps (a rollback in parts) is cut into a
 * fence for each. Gives the number of places that are marked TODO.
 */
export function adoptFence(edits: Edits, drafts: Draft[], ids: Map<Draft, string>, ties: Map<Draft, string[]>): number {
  const [first] = drafts;
  const fence = first?.fence;
  if (!first || !fence) return 0;
  if (fence.box === true) return adoptBox(edits, first, fence);
  if (fence.table === true) return adoptTable(edits, first, fence, ids, ties);
  const opening = edits.lines[fence.line - 1] ?? '';
  const marker = /`{3,}|~{3,}/.exec(opening)?.[0] ?? '```';
  const pad = opening.slice(0, Math.max(0, opening.indexOf(marker))).replace(/[^>\s]/g, ' ');
  edits.open(fence.line);
  const mended = mend(edits, fence);
  let todo = 0;
  for (const [index, draft] of drafts.entries()) {
    const added = addedAttributes(draft, ids, ties);
    const below = expectLines(draft, mended || drafts.length > 1);
    todo += below.todo;
    const next = drafts[index + 1];
    if (index === 0 && fence.label !== undefined) edits.before(fence.line, [`${pad}**${fence.label}:**`, pad.trimEnd()]);
    if (index === 0) edits.append(fence.line, [``, ...formatAttributes(added)].join(' '));
    const lines = below.lines.map((line) => (line === '' ? pad.trimEnd() : pad + line));
    if (!next?.fence) {
      if (lines.length > 0) edits.after(fence.endLine, [...closing(edits.lines, fence, pad + marker), ...lines]);
      continue;
    }
    const label = next.fence.label === undefined ? [] : [`${pad}**${next.fence.label}:**`, pad.trimEnd()];
    const attributes = formatAttributes({ ...next.attributes, ...addedAttributes(next, ids, ties) });
    edits.before(next.fence.from ?? next.line, [pad + marker, ...lines, pad.trimEnd(), ...label, `${pad}${marker}sql ${attributes.join(' ')}`]);
  }
  return todo;
}

/** Writes what was read of a table's statements: attributes in a comment above it, and an `expect` fence below. */
function adoptTable(edits: Edits, draft: Draft, { line, endLine }: FenceRead, ids: Map<Draft, string>, ties: Map<Draft, string[]>): number {
  const pad = /^\s*/.exec(edits.lines[line - 1] ?? '')?.[0] ?? '';
  const added = formatAttributes(addedAttributes(draft, ids, ties));
  const below = expectLines(draft, false);
  const apart = (edits.lines[line - 2] ?? '').trim() === '' ? [] : [''];
  if (added.length > 0) edits.before(line, [...apart, `${pad}<!-- step: ${added.join(' ')} -->`, '']);
  edits.after(endLine, below.lines.map((text) => (text === '' ? '' : pad + text)));
  return below.todo;
}

/** Writes what the query of a box must show below the box. The step keeps the id of its place: attributes there would be the checklist's. */
function adoptBox(edits: Edits, draft: Draft, { line }: FenceRead): number {
  const [, indent = '', marker = ''] = /^(\s*)((?:[-*+]|\d+[.)])\s+)/.exec(edits.lines[line - 1] ?? '') ?? [];
  const below = expectLines(draft, false);
  edits.after(line, below.lines.map((text) => (text === '' ? '' : `${indent}${' '.repeat(marker.length)}${text}`)));
  return below.todo;
}

/** What was read of a step and is not yet among its attributes. */
function addedAttributes(draft: Draft, ids: Map<Draft, string>, ties: Map<Draft, string[]>): Attributes {
  const given = draft.attributes;
  const reverts = ties.get(draft) ?? [];
  return {
    ...(given.id === undefined ? { id: ids.get(draft) ?? '' } : {}),
    ...(draft.role === 'rollback' && given.reverts === undefined && reverts.length > 0 ? { reverts } : {}),
    ...(draft.tolerate.length > 0 && given.tolerate === undefined ? { tolerate: draft.tolerate } : {}),
    ...draft.impersonates,
    ...(draft.discard && given.discard === undefined ? { discard: true } : {}),
  };
}

/** The `expect` fence of a step, and a mark for each line that is left to the operator. `always`: also where nothing is expected. */
function expectLines(draft: Draft, always: boolean): { lines: string[]; todo: number } {
  if (draft.explicit || (draft.inside.length === 0 && !(always && draft.statements.length > 0))) return { lines: [], todo: 0 };
  const asked = draft.inside.filter((one) => one.source === 'operator');
  const lines = new Set(draft.inside.map((one) => {
    const many = one.statement !== null && (draft.statements.length > 1 || one.assertion.type === 'operator');
    return `${many ? `statement ${(one.statement ?? 0) + 1}: ` : ''}${inOrder(formatExpect(one.assertion), one, draft)}`;
  }));
  const marks = asked.map((one) => `<!-- TODO: say exactly what is expected: ${one.text.replace(/--+|[<>]/g, ' ').replace(/\s+/g, ' ').slice(0, 120).trim()} -->`);
  const body = lines.size === 0 ? ['# runs without an error'] : [...lines].flatMap((text) => text.split('\n'));
  return { lines: ['', '```expect', ...body, '```', ...(marks.length > 0 ? ['', ...marks] : [])], todo: asked.length };
}

/** Rows that were listed come in any order, also where the query sorts them. */
function inOrder(text: string, { assertion, statement }: ExpectationRead, draft: Draft): string {
  const free = assertion.type === 'table' && !assertion.ordered && statement !== null && draft.statements[statement]?.shape.ordered === true;
  return free ? text.replace(/^result is$/m, 'result is in any order') : text;
}

/** The line that closes a fence which the document leaves open to its end. */
function closing(lines: string[], fence: FenceRead, close: string): string[] {
  const marker = close.trimStart().replace(/^(?:>\s*)+/, '');
  const last = (lines[fence.endLine - 1] ?? '').trim().replace(/^(?:>\s*)+/, '');
  const closed = fence.endLine > fence.line && last.startsWith(marker) && /^(.)\1*$/.test(last);
  return closed ? [] : [close];
}

/** Writes a fence's SQL so that PostgreSQL takes it as a whole, where the document's was mended in reading. */
function mend(edits: Edits, fence: FenceRead): boolean {
  if (fence.text === fence.body) return false;
  const mended = fence.text.split('\n');
  const own = fence.body.split('\n');
  const whole = own.every((text, index) => (edits.lines[fence.bodyLine + index - 1] ?? '').endsWith(text));
  if (!whole || own.length !== mended.length) return false;
  for (const [index, text] of own.entries()) {
    const line = fence.bodyLine + index;
    const given = edits.lines[line - 1] ?? '';
    if (mended[index] !== text) edits.replace(line, given.slice(0, given.length - text.length) + (mended[index] ?? ''));
  }
  return true;
}
