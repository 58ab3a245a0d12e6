import { tokenAt } from './sql-tokens.js';
import { lineIndex, type StatementRead } from './statement.js';

/** A comment line of a fence; line is an index into the body's lines. */
export interface CommentLine {
  line: number;
  /** Without the marks; leading spaces after `--` kept, they tell continuation. */
  text: string;
  /** Code stands before it on the line. */
  trailing: boolean;
  /** Offset of the comment. */
  offset: number;
  /** What stands before it on its line, of a comment to the line's end. */
  code?: string;
}

/** Consecutive comment lines and the statements around them (indices, or null). */
export interface CommentRun {
  lines: CommentLine[];
  /** Tight: code on the line directly before or after. */
  touchesAbove: boolean;
  touchesBelow: boolean;
  before: number | null;
  after: number | null;
  /** Index of the statement whose line it shares. */
  own: number | null;
  /** The run stands inside a statement: a note on a part of it. */
  inside: boolean;
}

/** Finds the comment runs of a fence's body and what stands around them. Linear in the body. */
export function readCommentRuns(body: string, statements: StatementRead[]): CommentRun[] {
  if (!body.includes('--') && !body.includes('/*')) return [];
  const lineOf = lineIndex(body);
  const code = new Set<number>();
  const comments: CommentLine[] = [];
  for (let at = 0; at < body.length; ) {
    const token = tokenAt(body, at);
    at = token.end;
    if (token.kind === 'space') continue;
    const first = lineOf(token.start);
    const last = lineOf(Math.max(token.start, token.end - 1));
    if (token.kind === 'comment') comments.push({ line: first, text: body.slice(token.start + 2, token.end).replace(/^-+/, ''), trailing: code.has(first), offset: token.start, code: body.slice(body.lastIndexOf('\n', token.start) + 1, token.start) });
    else if (token.kind === 'block-comment') {
      body.slice(token.start + 2, token.end - 2).split('\n').forEach((text, index) => {
        if (/\S/.test(text)) comments.push({ line: first + index, text: text.replace(/^\s*\*+/, ''), trailing: index === 0 && code.has(first), offset: token.start });
      });
    } else for (let line = first; line <= last; line += 1) code.add(line);
  }
  const runs: CommentRun[] = [];
  let before = -1;
  for (const comment of comments) {
    const last = runs.at(-1);
    const previous = last?.lines.at(-1);
    while (before + 1 < statements.length && (statements[before + 1]?.end ?? 0) <= comment.offset) before += 1;
    const next = statements[before + 1];
    const inside = next !== undefined && next.start >= 0 && next.start < comment.offset;
    const own = comment.trailing && before >= 0 && !inside ? before : null;
    if (last && previous && !comment.trailing && previous.line + 1 === comment.line && last.inside === inside && last.own === null) last.lines.push(comment);
    else {
      runs.push({
        lines: [comment], inside, own,
        touchesAbove: false, touchesBelow: false,
        before: before >= 0 ? before : null,
        after: next ? before + 1 : null,
      });
    }
  }
  for (const run of runs) {
    run.touchesAbove = code.has((run.lines[0]?.line ?? 0) - 1);
    run.touchesBelow = code.has((run.lines.at(-1)?.line ?? 0) + 1);
  }
  return runs;
}
