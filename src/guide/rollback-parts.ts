import type { CommentRun } from './comments.js';
import type { Draft } from './draft.js';
import { plainText } from './plain.js';

/** A comment that heads rollback code inside a fence: "Rollback 4: …", "-- ROLLBACK START", "migrate:down", "+goose Down". */
const HEADS = /^\W*(?:roll ?-?back(?:ing)?\b(?! (?:is|was|plan|tested|safe|script|procedure)\b)|to roll ?-?back\b|undo\b|down(?: migration)?\W*$|migrate:down\b|\+\w+ down\b|revert\b)/i;
/** A comment after which the code is forward again. */
const ENDS = /^\W*(?:roll ?-?back end|end (?:of )?roll ?-?back|migrate:up\b|\+\w+ up\b)/i;

/**
 * Cuts a fence at comments that head rollback code. Code after such a comment in a
 * forward fence becomes a rollback step of its own: it must never run on the way.
 * In a rollback section each headed part becomes a step, so that one can be undone
 * without the others.
 */
export function splitRollback(draft: Draft, runs: CommentRun[], firstLine: number): Draft[] {
  const cuts = new Map<number, { title: string; role: Draft['role']; line: number }>();
  for (const run of runs) {
    if (run.inside || run.own !== null || run.after === null) continue;
    for (const comment of run.lines) {
      const text = plainText(comment.text);
      if (ENDS.test(text)) cuts.set(run.after, { title: draft.title, role: draft.role, line: firstLine + comment.line });
      else if (HEADS.test(text) && (draft.role !== 'rollback' || /\d|:/.test(text))) cuts.set(run.after, { title: text, role: 'rollback', line: firstLine + comment.line });
    }
  }
  if (cuts.size === 0) return [draft];
  const parts: Draft[] = [];
  let start = 0;
  let head: { title: string; role: Draft['role']; line: number } = { title: draft.title, role: draft.role, line: draft.line };
  const close = (end: number) => {
    if (end > start) parts.push(partOf(draft, start, end, head));
    start = end;
  };
  draft.statements.forEach((_, index) => {
    const cut = cuts.get(index);
    if (!cut) return;
    close(index);
    head = cut;
  });
  close(draft.statements.length);
  return parts;
}

function partOf(draft: Draft, start: number, end: number, head: { title: string; role: Draft['role']; line: number }): Draft {
  const statements = draft.statements.slice(start, end);
  const whole = start === 0 && end === draft.statements.length;
  return {
    ...draft,
    title: head.title,
    role: head.role,
    statements,
    line: whole ? draft.line : start === 0 ? draft.line : (statements[0]?.line ?? head.line),
    endLine: end === draft.statements.length ? draft.endLine : (statements.at(-1)?.endLine ?? draft.endLine),
    inside: draft.inside.flatMap((one) => (one.statement !== null && one.statement >= start && one.statement < end ? [{ ...one, statement: one.statement - start }] : [])),
    around: start === 0 ? draft.around : [],
    explicit: start === 0 ? draft.explicit : null,
    attributes: start === 0 ? draft.attributes : { ...draft.attributes, id: undefined },
    tolerate: [...draft.tolerate],
    labels: [...draft.path, head.title],
  };
}
