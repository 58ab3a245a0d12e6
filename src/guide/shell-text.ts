import type { Wording } from './expectation.js';
import { isExpectation } from './reading.js';

const PROMPT = /^\s*\$ /;

/** Numbered or listed sentences ("1. Visit the dashboard"), or a report of what was run ("✓ npm test"). */
export function isProse(body: string): boolean {
  return body.split('\n').filter((line) => line.trim() !== '').every((line) => /^\s*(?:(?:\d{1,2}[.)]|[-*•])\s+\p{Lu}|[✓✔✅☑❌✗]\ufe0f?\s)/u.test(line));
}

/** Comments and no command: "# Open the dashboard", "# Press Run". */
export function isRemarks(body: string): boolean {
  const lines = body.split('\n').filter((line) => line.trim() !== '');
  return !body.startsWith('#!') && lines.every((line) => /^\s*#(?!!)|^\s*(?:file|path|location|source)\s*:\s+\S/i.test(line));
}

/** What the comments of a shell fence expect. Comment lines right below a label ("Expected output:") belong to it. */
export function wordingsOfShell(body: string, firstLine: number): Wording[] {
  const found: Wording[] = [];
  let open: Wording | null = null;
  for (const [index, text] of body.split('\n').entries()) {
    const own = /^\s*#+\s?(.*)$/.exec(text)?.[1];
    const comment = own ?? /\s#\s+(.*)$/.exec(text)?.[1];
    if (comment !== undefined && isExpectation(comment) !== null) {
      open = { line: firstLine + index, text: comment, extra: null, remedy: null };
      found.push(open);
    } else if (open && own !== undefined && own.trim() !== '' && /[:：]\W*$/.test(open.text)) {
      if (open.extra?.kind === 'output') open.extra.text = `${open.extra.text}\n${own}`;
      else open.extra = { kind: 'output', text: own };
    } else open = null;
  }
  return found;
}

/** The commands of a shell fence. Where it shows prompts, what stands without one is their output and never runs. */
export function commandsOf(body: string): string {
  const lines = body.split('\n');
  if (!lines.some((line) => PROMPT.test(line))) return body;
  const commands: string[] = [];
  let goesOn = false;
  for (const line of lines) {
    const typed: string | null = PROMPT.test(line) ? line.replace(PROMPT, '') : goesOn ? line.replace(/^\s*> ?/, '') : /^\s*#/.test(line) ? line : null;
    if (typed !== null) commands.push(typed);
    goesOn = typed !== null && /\\$/.test(typed);
  }
  return commands.join('\n');
}
