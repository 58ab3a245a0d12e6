import type { Draft, Guide } from './draft.js';
import { isForward } from './roles.js';
import type { Section } from './section.js';

/** "Paste the SQL above and run it", "Run the migration shown above"; queries to look with, and what is done again, are other things. */
const ABOVE = /\b(?:paste|copy|run|execute|apply)\b(?: and (?:paste|run|execute))?(?: (?:the|this|that|all|whole|entire|full|complete|of|its|from|sql|script|code|statements?|migration|contents?|block|snippet|commands?|file|shown|given|listed|printed|written|text))* above\b(?! (?:quer|check|test|step))/i;
/** What is put where by hand, or run there: a way to apply what is at hand. */
const BY_HAND = /\b(?:paste|copy|run|execute|apply|sql editor|query editor)\b/i;
/** "Copy the contents of …:" over the SQL, and then "Paste the SQL into the editor". */
const PASTES_IT = /\bpaste (?:it|this|that|the (?:sql|code|script|contents?|query|migration|whole|copied)\b)/i;
const COPIED = /\bcopy (?:and paste )?(?:the|this|all|everything)\b/i;
const FILE = /[\w.-]+\.sql\b/gi;
/** A command that applies a file, and what may stand around it. */
const APPLIES = /\bpsql\b.*(?:\s-f\s*|\s--file[= ]|<\s*)\S*?([\w.-]+\.sql)\b|\b(?:db push|migration up|migrate deploy)\b/i;
const AROUND = /^\s*(?:#.*|cd\s.*|export\s.*|source\s.*|supabase (?:login|link)\b.*)?$/;

/**
 * Leaves out the ways in which SQL shown above is applied: the guide's step runs it already,
 * and "Option A: paste it", "Option B: psql -f" would run it a second time.
 */
export function leaveOutAppliedAbove(guide: Guide): void {
  const left = new Set<Draft>();
  const { drafts } = guide;
  for (let at = 0; at < drafts.length; at += 1) {
    const shown = drafts[at];
    if (shown === undefined || shown.kind !== 'sql' || !isForward(shown.role) || shown.choice !== null || !shown.statements.some((one) => one.writes)) continue;
    let behind = at;
    for (let ways = waysBehind(drafts, behind); ways.length > 0 && ways.every(appliesOnly) && ways.some((way) => isOf(way, shown)); ways = waysBehind(drafts, behind)) {
      guide.remarks.warning('left-out', `the SQL of line ${shown.line} runs as a step; what tells to apply it again does not run`, { line: ways[0]?.line ?? shown.line }, 'if it is other SQL, name its file in the step that runs it');
      for (const way of ways) {
        left.add(way);
        shown.around.push(...way.around);
      }
      behind += ways.length;
    }
  }
  if (left.size > 0) guide.drafts = drafts.filter((draft) => !left.has(draft));
}

/** The steps right behind one: all of a group of ways, or the only next one. */
function waysBehind(drafts: readonly Draft[], at: number): Draft[] {
  const next = drafts[at + 1];
  if (next === undefined || !isForward(next.role)) return [];
  const group = next.choice && outermost(next.choice);
  if (!group) return [next];
  let end = at + 1;
  while (drafts[end]?.choice && outermost(drafts[end]?.choice ?? null) === group) end += 1;
  return drafts.slice(at + 1, end);
}

function outermost(choice: Draft['choice']): Section | null {
  return choice === null ? null : (outermost(choice.within) ?? choice.group);
}

/** Whether a step only applies something: by hand, or by a command that runs a file and nothing else. */
function appliesOnly(draft: Draft): boolean {
  if (draft.kind === 'shell') return linesOf(draft).every((line) => AROUND.test(line) || APPLIES.test(line));
  return draft.kind === 'operator' && draft.fence === null && draft.fields.length === 0 && BY_HAND.test(textOf(draft));
}

/** The lines of a command, those joined that are continued. */
function linesOf({ shell }: Draft): string[] {
  return (shell ?? '').replace(/\\\n/g, ' ').split('\n');
}

function textOf({ prompt, context, title }: Draft): string {
  return [title, context, prompt ?? ''].join('\n');
}

/** Whether a way says that it is of what is shown above, or runs the file that is named there. */
function isOf(way: Draft, shown: Draft): boolean {
  if (way.kind === 'operator' && (ABOVE.test(textOf(way)) || (PASTES_IT.test(textOf(way)) && COPIED.test(`${shown.title}\n${shown.context}`)))) return true;
  const names = new Set([...`${shown.title}\n${shown.context}\n${headOf(shown)}`.matchAll(FILE)].map(([name]) => name.toLowerCase()));
  return way.kind === 'shell' && linesOf(way).some((line) => names.has(APPLIES.exec(line)?.[1]?.toLowerCase() ?? ''));
}

/** The comment that a fence begins with. */
function headOf({ fence }: Draft): string {
  return /^(?:\s*--[^\n]*\n?){1,6}/.exec(fence?.body ?? '')?.[0] ?? '';
}
