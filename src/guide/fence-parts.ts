import type { CommentRun } from './comments.js';
import type { Draft, Guide } from './draft.js';
import { plainText } from './plain.js';
import { optionOf } from './options.js';
import { lineIndex, type StatementRead } from './statement.js';

/** A comment that heads rollback code inside a fence: "Rollback 4: …", "-- ROLLBACK START", "migrate:down", "+goose Down", "007_name.down.sql". */
export const HEADS = /^\W*(?:(?:begin|start|emergency|full|quick|manual|example|sql|to|for|how to)\W+)*(?:roll(?:ing)? ?-?back\b(?! (?:is|was|tested|safe|tracking|logs?|history|audit\w*|registry|ledger|metadata)\b)|undo\b(?! (?:logs?|history)\b)|down(?: migration)?\W*$|(?:migrate|dbmate):down\b|[@+]\w* ?down\b|revert\b|reverse (?:the )?migration\b)|^\W*(?:file(?:name)?\W+)?[\w./-]*[._-](?:down|rollback|revert|undo)\.sql\W*$/i;
/** One that more often tells where the rollback is found. */
const TELLS = /\broll ?-?back (?:plan|script|procedure|strategy|file|steps|instructions|notes?)\b/i;
/** A comment after which the code is forward again. */
const ENDS = /^\W*(?:roll ?-?back end|end (?:of )?roll ?-?back|migrate:up\b|\+\w+ up\b|[\w./-]*[._-]up\.sql\W*$)/i;
/** A comment that takes the code below it off the way, up to the next comment above code. */
export const LEAVES = /^\W*(?:old (?:\w+ )?(?:pattern|query|way|code)\b|optional(?:ly)?\W*(?:[:(–—-]|$)|alternative(?:ly)?\b|troubleshooting\b|(?:if|when) (?:\w+ ){0,3}(?:fails?|failed|goes wrong|go wrong|breaks?)\b|in case of (?:an? )?(?:failure|error|problem|emergency)\w*|if (?:[\w'"`.-]+ ){1,6}(?:is|are|was|were|has|have)(?: not)?(?: been)?(?: already)? [\w-]+\W*$|emergency\b|(?:an )?examples? (?:rls |row[- ]level security |security )?polic(?:y|ies)\b|(?:do not|don't|never) run\b(?! (?:this |it |them |these )?(?:twice|again|more than once|all (?:at once|together)|in parallel|inside|in a transaction|before|until|without|while|during))|(?:step \d+\W+)?(?:only (?:if|when)\b|if (?:needed|necessary|required)\b))|\b(?:run|use|execute) (?:this |it )?only (?:if|when)\b|\((?:optional|only if [^()]*|if (?:\w+ ){0,2}(?:needed|necessary|required)|already (?:implemented|applied|created|deployed|done|included|part of|in)\b[^()]*)\)\W*$/i;

/** Said of a whole fence, at its head: it is for another place than where the guide runs. */
const NEVER = /\b(?:do not|don't|never) (?:run|execute|use|apply)(?: (?:this|it|these|that))?(?: (?:script|sql|file|block|code|quer(?:y|ies)|section|part|seeds?|data))?(?: (?:in|on|against) (?:the |a |your )?(?:live |real )?(?:production|prod|live)\b[^,;]*)?\W*$/i;

interface Cut {
  title: string;
  role: Draft['role'];
  line: number;
  /** Line where the comments begin that head it. */
  from: number;
  /** Set where code goes on that was interrupted by some that was left out. */
  resumes?: true;
  /** Set where a comment calls the code one of several options. */
  choice?: Draft['choice'];
  /** Set where the step goes on as it began. */
  own?: true;
}

/** A note such as "Rollback: DROP TABLE t;" above code that builds: it tells the way back and heads nothing. */
function isNote(text: string, next: StatementRead | undefined): boolean {
  if (!next || next.drops.length > 0 || next.destructive || /^(?:DROP|DELETE|UPDATE|TRUNCATE|REVOKE|ALTER)\b/.test(next.command)) return false;
  return TELLS.test(text) || /\b(?:DROP|ALTER|DELETE|TRUNCATE|UPDATE|REVOKE)\b|\.sql\b|;\s*$/.test(text);
}

/** "Step 3: check that the old column is gone (optional)": a look that changes nothing is no way to leave. */
const LOOK = /^\W*(?:(?:step |test )?\d+\W*)?(?:check|verify|confirm|list|view|show|count|inspect|look|back ?up (?:the )?(?:existing|current|old) (?:\w+ )?definition)\b.*\((?:optional(?:ly)?|if (?:needed|wanted|required|you like))\b[^()]*\)\W*$/i;
const looksOnly = (text: string, next: StatementRead | undefined): boolean => LOOK.test(text) && next?.command === 'SELECT' && next.shape.returnsRows && !/\b(?!pg_get_\w+|count|sum|min|max|avg|coalesce|lower|upper|length|in|values|exists|and|or|not|as|over|filter|any|all|on|using|where|select|from|now)[a-z_]\w*\s*\(/i.test(next.sql.replace(/'[^']*'/g, "''"));

/**
 * Cuts a fence at comments that head rollback code or name options. Code after such a comment in a
 * forward fence becomes a rollback step of its own: it must never run on the way.
 * In a rollback section each headed part becomes a step, so that one can be undone
 * without the others. What a comment calls optional, or for the case of a failure,
 * is left out with a warning.
 */
export function splitFence(guide: Guide, draft: Draft, runs: CommentRun[], firstLine: number): Draft[] {
  const [head, next] = runs;
  const never = draft.role === 'rollback' || head?.before !== null || head.inside || (head.touchesBelow && next !== undefined) ? undefined : head.lines.find((line) => NEVER.test(plainText(line.text)));
  if (never) {
    guide.remarks.warning('left-out', `this fence says "${plainText(never.text).slice(0, 60)}"; it does not run on the way`, { line: firstLine + never.line }, 'take the comment out if it is to run');
    return [];
  }
  const cuts = new Map<number, Cut>();
  const own: Cut = { title: draft.title, role: draft.role, line: draft.line, from: draft.line, own: true };
  const lineOf = lineIndex(draft.fence?.text ?? '');
  const options = namesOptions(draft, runs);
  let left = false;
  for (const run of runs) {
    if (run.inside || run.own !== null || run.after === null) continue;
    const next = draft.statements[run.after];
    const from = firstLine + lineOf(run.lines[0]?.offset ?? 0);
    // A comment above code, after some that was left out: the way goes on there.
    if (left && run.touchesBelow) cuts.set(run.after, { ...own, from, resumes: true });
    left &&= !run.touchesBelow;
    for (const comment of run.lines) {
      const text = plainText(comment.text);
      const line = firstLine + comment.line;
      const option = options ? optionOf(text) : null;
      if (option !== null) cuts.set(run.after, { title: nameOf(text, option), role: draft.role, line, from, choice: { group: draft.section, option, title: nameOf(text, option), within: null } });
      else if (ENDS.test(text)) cuts.set(run.after, { ...own, line, from });
      else if (HEADS.test(text) && !isNote(text, next) && (draft.role !== 'rollback' || /\d|:/.test(text))) cuts.set(run.after, { title: text, role: 'rollback', line, from });
      else if (draft.role !== 'rollback' && LEAVES.test(text) && !looksOnly(text, next) && cuts.get(run.after)?.role !== 'rollback') {
        cuts.set(run.after, { title: text, role: 'reference', line, from });
        left = true;
      }
    }
  }
  if (cuts.size === 0) return [draft];
  const parts: Draft[] = [];
  let start = 0;
  let current = own;
  const close = (end: number) => {
    if (end > start && current.role === 'reference') guide.remarks.warning('left-out', `what stands under "${current.title.slice(0, 60)}" does not run on the way`, { line: current.line }, 'give it a fence of its own if it is to run');
    else if (end > start) parts.push(partOf(draft, start, end, current));
    start = end;
  };
  draft.statements.forEach((_, index) => {
    const cut = cuts.get(index);
    if (!cut || (cut.resumes && current.role !== 'reference')) return;
    close(index);
    current = cut;
  });
  close(draft.statements.length);
  return parts;
}

/** "Option 2" of "Option 2: give them a boat": the rest may say anything. */
function nameOf(text: string, option: string): string {
  return /^[^\p{L}]*(\p{L}+ ?(?:[a-z]|\d{1,2}|[一二三四五]))(?![\p{L}\d])/iu.exec(text)?.[1] ?? `Option ${option}`;
}

/** Whether comments of a fence name two or more options: exactly one of them is to be run. */
function namesOptions(draft: Draft, runs: CommentRun[]): boolean {
  // What had to be mended in reading is not cut where its comments say.
  if (draft.fence !== null && draft.fence.text !== draft.fence.body) return false;
  const last = draft.section.blocks.at(-1);
  // What stands behind the last option would be part of it.
  if (draft.role === 'rollback' || draft.choice !== null || draft.section.children.length > 0 || (last?.endLine ?? 0) > draft.endLine) return false;
  const named = runs.filter((run) => !run.inside && run.own === null && run.touchesBelow && run.after !== null).flatMap((run) => run.lines.map((line) => optionOf(plainText(line.text))).filter((one) => one !== null));
  return new Set(named).size > 1;
}

function partOf(draft: Draft, start: number, end: number, head: Cut): Draft {
  const statements = draft.statements.slice(start, end);
  const whole = start === 0 && end === draft.statements.length;
  return {
    ...draft,
    title: head.title,
    role: head.role,
    choice: head.choice ?? draft.choice,
    statements,
    line: whole ? draft.line : start === 0 ? draft.line : (statements[0]?.line ?? head.line),
    endLine: end === draft.statements.length ? draft.endLine : (statements.at(-1)?.endLine ?? draft.endLine),
    fence: draft.fence && head.choice ? { ...draft.fence, ...(start > 0 ? { from: head.from } : {}), label: head.choice.title } : draft.fence && start > 0 ? { ...draft.fence, from: head.from, ...(head.own && draft.title !== plainText(draft.section.title) ? { label: draft.title } : {}) } : draft.fence,
    inside: draft.inside.flatMap((one) => (one.statement !== null && one.statement >= start && one.statement < end ? [{ ...one, statement: one.statement - start }] : [])),
    around: start === 0 ? draft.around : [],
    explicit: start === 0 ? draft.explicit : null,
    attributes: start === 0 ? draft.attributes : { ...draft.attributes, id: undefined },
    tolerate: [...draft.tolerate],
    labels: [...draft.path, head.title],
  };
}
