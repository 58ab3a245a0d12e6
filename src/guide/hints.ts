import type { Block, Paragraph } from './block.js';
import type { HintRead } from './draft.js';
import { roleOfTitle } from './roles.js';
import { matchable, plainBlocks, plainText } from './plain.js';
import { walkSections, type Section } from './section.js';
import type { SectionFacts } from './section-facts.js';

/**
 * Troubleshooting entries: what is shown with a failure whose message holds the
 * pattern (plain text, case ignored). Headings, bold lines and numbered items with
 * something under them.
 */
export function readHints(root: Section, facts: Map<Section, SectionFacts>): HintRead[] {
  const hints: HintRead[] = [];
  for (const section of walkSections(root)) {
    if (facts.get(section)?.role !== 'reference' || !insideTroubleshooting(section)) continue;
    // A remedy ends where the next error begins.
    const nextError = section.blocks.findIndex(isErrorLabel);
    const remedy = nextError <= 0 ? section.blocks : section.blocks.slice(0, nextError);
    if (!isTroubleshooting(section.title) && (isError(section.title) || !/^(?:monitor|rollback)$/.test(roleOfTitle(section.title) ?? ''))) add(hints, section.line, section.title, remedy);
    else if (isError(section.title)) add(hints, section.line, section.title, remedy);
    section.blocks.forEach((block, index) => {
      if (block.kind === 'list') {
        for (const item of block.items) {
          const [head, ...rest] = item.children;
          if (head?.kind === 'paragraph' && rest.length > 0 && isTroubleshooting(pathTop(section))) add(hints, item.line, head.text, rest);
        }
      }
      if (isErrorLabel(block)) {
        const [first = '', ...more] = block.text.split('\n');
        const next = section.blocks.slice(index + 1);
        const end = next.findIndex((one) => (one.kind === 'paragraph' && CASE.test(one.text)) || isErrorLabel(one));
        const own: Block[] = more.length > 0 ? [{ ...block, text: more.join('\n') }] : [];
        add(hints, block.line, first, [...own, ...(end === -1 ? next : next.slice(0, end))]);
      }
    });
  }
  return hints;
}

function pathTop(section: Section): string {
  let top = section;
  while (top.parent && top.parent.depth > 0 && !isTroubleshooting(top.title)) top = top.parent;
  return top.title;
}

function insideTroubleshooting(section: Section): boolean {
  for (let at: Section | null = section; at; at = at.parent) if (isTroubleshooting(at.title) || isError(at.title)) return true;
  return false;
}

function isTroubleshooting(title: string): boolean {
  return /\btroubleshoot|\bcommon (?:issues|problems|errors)\b|\bknown issues\b|\bif something goes wrong\b/.test(matchable(title));
}

/** A bold line that names an error, or "**Error:** `its message`", which may go on with lines of their own. */
function isErrorLabel(block: Block): block is Paragraph {
  return block.kind === 'paragraph' && ((/^\*\*[^*]+\*\*:?\s*$/.test(block.text) && isError(block.text)) || MESSAGE.test(block.text));
}

const MESSAGE = /^\*\*(?:(?:error|error message|symptom)\s*:?\*\*\s*:?\s*|(?:issue|problem|error)(?: ?#?\d+)?\s*:?\*\*\s*:?\s*(?!\n)[^\n]*?)(?:`[^`]{3,}`|"[^"]{3,}")/i;

/** "**Issue**: …": the next case, quoted or not. */
const CASE = /^\*\*(?:issue|problem|error)(?: ?#?\d+)?\s*:?\*\*\s*:/i;

function isError(title: string): boolean {
  // "Error handling" is a subject, not an error.
  return !/\berrors? (?:handling|codes?|logs?|rates?|tracking|monitoring|reporting|budgets?)\b/.test(matchable(title)) && /\berror\b|\bfail(?:s|ed|ure)?\b|\bissue\b|\bproblem\b|\bdoes(?:n't| not)\b|\balready exists\b|\bdenied\b/.test(matchable(title));
}

function add(hints: HintRead[], line: number, title: string, blocks: Block[]): void {
  const pattern = patternOf(title);
  const remedy = plainBlocks(blocks).replace(/^\W*(?:solution|fix|remedy|resolution|cause)\W+/i, '').trim();
  if (pattern !== '' && remedy !== '') hints.push({ line, pattern, remedy: remedy.slice(0, 2000) });
}

/** The quoted message in a title, else the title without "Error:" and marks. */
function patternOf(title: string): string {
  const text = plainText(title);
  const bare = title.replace(/\*\*/g, '');
  // To the last quote: messages quote names themselves. Two messages ("…" or "…") stop at the first.
  const quoted = /["“«`](.{3,}?)["”»`](?=\s+(?:or|and|\/)\s+["“«`])/.exec(bare)?.[1] ?? /["“«`](.{3,})["”»`]/.exec(bare)?.[1];
  return (quoted?.replace(/^(?:ERROR|FATAL):\s*/, '') ?? text.replace(/^\W*(?:error|issue|problem)\s*\d*\s*[:：-]\s*/i, '').replace(/[:：]\s*$/, '')).trim();
}

/**
 * Whether an error message is the one a hint is about: its pattern stands in the
 * message, quotes and case aside. A pattern of one word would match too much: never.
 */
export function hintMatches(pattern: string, message: string): boolean {
  const wanted = withoutQuotes(pattern);
  return wanted.includes(' ') && withoutQuotes(message).includes(wanted);
}

function withoutQuotes(text: string): string {
  return text.toLowerCase().replace(/["'`“”‘’«»]/g, '').replace(/\s+/g, ' ').trim();
}
