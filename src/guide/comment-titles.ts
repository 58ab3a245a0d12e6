import type { CommentRun } from './comments.js';
import type { StatementRead } from './statement.js';

const EXISTS = /^\W*(?:\d+[a-z]?[.)]\s*)?(?:the )?`?[a-z][\w.]*`?(?: [\w-]+)?(?: (?:table|view|column|function|index|type|extension|policy|trigger|role|schema|bucket|constraint))? exists\W*$/i;
const HAS_ROWS = /^\W*(?:\d+[a-z]?[.)]\s*)?(?:the )?`?[a-z][\w.]*`? has (?:rows|data|records)(?: \(after [^()]*\))?\W*$/i;
const OPEN = /\b(?:no|not|if|whether|old|none|nothing|never|already)\b|\?/i;

/** "-- 1. boats exists" above `SELECT EXISTS (…)`, "-- boats has rows" above a count of them: what its title says is expected of the statement below. */
export function titledFact(run: CommentRun, statements: readonly StatementRead[]): string | null {
  const [only, ...more] = run.lines;
  const below = run.after === null || run.own !== null || !run.touchesBelow ? undefined : statements[run.after];
  if (only === undefined || more.length > 0 || below?.shape.oneRow !== true || !below.shape.singleColumn || OPEN.test(only.text)) return null;
  if (EXISTS.test(only.text) && /^\s*select\s+exists\s*\(/i.test(below.sql)) return 'Expected: true';
  return HAS_ROWS.test(only.text) && /^\s*select\s+count\s*\(/i.test(below.sql) ? 'Expected: at least 1' : null;
}
