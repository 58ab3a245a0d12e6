import type { Fence } from './block.js';
import { plainText } from './plain.js';
import { makeDraft, roleNow, type Walk } from './walk.js';

/** A command line, which no SQL begins like. */
const COMMAND = /^\s*(?:\$ )?(?:sudo )?(?:psql|pg_dump|pg_dumpall|pg_restore|createdb|dropdb|supabase|npx|npm|docker|git)\s+[-\w][^;]*$/;
const COMMENT = /^\s*--+\s*(.*)$/;

/**
 * Reads a fence of a rollback that holds SQL and lines for a terminal: its SQL can be run
 * all the same, and the operator is asked for the rest, each with the comment above it.
 * On the way forward such a fence stays a question as a whole: nothing of it is left out.
 */
export function readWithCommands(walk: Walk, fence: Fence, readSql: (walk: Walk, fence: Fence) => void): void {
  const lines = fence.body.split('\n');
  const at = lines.flatMap((line, index) => (COMMAND.test(line) ? [index] : []));
  const held = lines.some((line, index) => !at.includes(index) && /^\s*[^\s-]/.test(line));
  if (at.length === 0 || !held || roleNow(walk) !== 'rollback' || walk.pending !== null) return readSql(walk, fence);
  readSql(walk, { ...fence, body: lines.map((line, index) => (at.includes(index) ? `-- ${line}` : line)).join('\n') });
  for (const index of at) {
    const line = fence.bodyLine + index;
    walk.guide.remarks.warning('not-sql', 'this line is a command and no SQL; the operator is asked to run it', { line }, 'write it in a ```sh fence of its own');
    const told = COMMENT.exec(lines[index - 1] ?? '')?.[1] ?? '';
    const command = (lines[index] ?? '').trim();
    const draft = makeDraft(walk, 'operator', { line, endLine: line }, plainText(told) || command);
    draft.prompt = [told, command].filter((text) => text !== '').join('\n');
    walk.guide.drafts.push(draft);
  }
}
