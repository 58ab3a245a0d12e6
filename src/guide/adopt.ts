import { formatExpect } from '../assertions/format.js';
import { EXIT, ProblemError } from '../text/problem.js';
import { addChoices } from './choices.js';
import type { Draft, Guide } from './draft.js';
import { nodeFiles } from './files.js';
import type { FileReader } from './guide.js';
import { looksLikeAttributes } from './attributes.js';
import { readIds } from './ids.js';
import { readInfo } from './info-string.js';
import { slug } from './plain.js';
import { readGuide } from './read-guide.js';
import { readSource } from './source.js';
import { loadGrammar } from './sql-parse.js';
import { readTies } from './ties.js';

/** An adopted guide, and how many places in it are marked TODO. */
export interface Adopted {
  text: string;
  todo: number;
}

/**
 * Writes a reviewed guide out of a plain document: front matter, ids, ties and exact
 * expectations; what could not be read is asked of the operator and marked TODO.
 * The prose stays as it is. A guide that is already reviewed comes back unchanged.
 * Throws a ProblemError (exit 2) for a file that is no text.
 */
export async function adopt(document: { path: string; text: string | Uint8Array; output?: string; root?: string }, files: FileReader = nodeFiles): Promise<Adopted> {
  await loadGrammar();
  const source = readSource(document.path, document.text, document.root);
  if (source.repairs.includes('binary')) throw new ProblemError({ code: 'binary', what: 'This is no text document.', where: document.path, remedy: 'A guide is a Markdown file in UTF-8.' }, EXIT.usage);
  const { guide } = readGuide(source, files);
  const given = typeof document.text === 'string' ? document.text : new TextDecoder().decode(document.text);
  if (guide.reviewed) return { text: given, todo: (given.match(/<!-- TODO: /g) ?? []).length };
  addChoices(guide);
  const ids = readIds(guide);
  const ties = readTies(guide, ids);
  const edits = new Edits(source.lines);
  let todo = 0;
  for (const fence of fencesOf(guide)) {
    const [first] = fence;
    if (first && fence.length === 1) todo += adoptFence(edits, first, ids, ties);
    else if (first) splitFence(edits, fence, ids, ties);
  }
  for (const draft of guide.drafts) {
    if (draft.fence === null && draft.kind === 'checklist' && draft.items[0]?.line === draft.line && !/^\s*#/.test(source.lines[draft.line - 1] ?? '')) {
      edits.before(draft.line, [`${indentOf(source.lines[draft.line - 1] ?? '')}<!-- step: id=${ids.get(draft) ?? ''} -->`, '']);
    }
  }
  return { text: frontMatter(guide) + edits.text(guide.frontMatter.guide === undefined ? bodyStart(source.lines) : 0), todo };
}

/** Drafts that came of one fence, in order. */
function fencesOf(guide: Guide): Draft[][] {
  const byLine = new Map<number, Draft[]>();
  for (const draft of guide.drafts) {
    if (!draft.fence) continue;
    const list = byLine.get(draft.fence.line) ?? [];
    list.push(draft);
    byLine.set(draft.fence.line, list);
  }
  return [...byLine.values()];
}

function attributesOf(draft: Draft, ids: Map<Draft, string>, ties: Map<Draft, string[]>): string {
  const given = draft.attributes;
  const parts: string[] = [];
  if (given.id === undefined) parts.push(`id=${ids.get(draft) ?? ''}`);
  const reverts = ties.get(draft) ?? [];
  if (draft.role === 'rollback' && given.reverts === undefined && reverts.length > 0) parts.push(`reverts="${reverts.join(' ')}"`);
  if (draft.tolerate.length > 0 && given.tolerate === undefined) parts.push(`tolerate="${draft.tolerate.join(' ')}"`);
  if (draft.impersonates?.as) parts.push(`as=${draft.impersonates.as}`);
  if (draft.impersonates?.claims) parts.push(`claims="${draft.impersonates.claims.replace(/["\\]/g, '\\$&')}"`);
  if (draft.discard && given.discard === undefined) parts.push('discard');
  return parts.length > 0 ? ` ${parts.join(' ')}` : '';
}

function adoptFence(edits: Edits, draft: Draft, ids: Map<Draft, string>, ties: Map<Draft, string[]>): number {
  const fence = draft.fence;
  if (!fence) return 0;
  edits.open(fence.line);
  edits.append(fence.line, attributesOf(draft, ids, ties));
  if (draft.explicit || draft.inside.length === 0) return 0;
  const pad = ' '.repeat(fence.indent);
  const lines: string[] = [];
  let todo = 0;
  const seen = new Set<string>();
  for (const one of draft.inside) {
    const many = one.statement !== null && (draft.statements.length > 1 || one.assertion.type === 'operator');
    const text = `${many ? `statement ${(one.statement ?? 0) + 1}: ` : ''}${formatExpect(one.assertion)}`;
    if (seen.has(text)) continue;
    seen.add(text);
    lines.push(...text.split('\n').map((line) => (line === '' ? '' : pad + line)));
    if (one.source === 'operator') todo += 1;
  }
  const marks = draft.inside.filter((one) => one.source === 'operator').map((one) => `${pad}<!-- TODO: say exactly what is expected: ${one.text.replace(/--+|[<>]/g, ' ').replace(/\s+/g, ' ').slice(0, 120).trim()} -->`);
  edits.after(fence.endLine, [...closing(edits.lines, fence), '', `${pad}\`\`\`expect`, ...lines, `${pad}\`\`\``, ...(marks.length > 0 ? ['', ...marks] : [])]);
  return todo;
}

/** The line that closes a fence which the document leaves open to its end. */
function closing(lines: string[], fence: { line: number; endLine: number; indent: number }): string[] {
  const marker = /`{3,}|~{3,}/.exec(lines[fence.line - 1] ?? '')?.[0] ?? '```';
  const last = (lines[fence.endLine - 1] ?? '').trim().replace(/^(?:>\s*)+/, '');
  const closed = fence.endLine > fence.line && last.startsWith(marker) && /^(.)\1*$/.test(last);
  return closed ? [] : [' '.repeat(fence.indent) + marker];
}

/** A rollback fence that holds several parts becomes a fence for each, so that every part can be undone alone. */
function splitFence(edits: Edits, drafts: Draft[], ids: Map<Draft, string>, ties: Map<Draft, string[]>): void {
  const [first, ...rest] = drafts;
  if (!first?.fence) return;
  const pad = ' '.repeat(first.fence.indent);
  edits.open(first.fence.line);
  edits.append(first.fence.line, attributesOf(first, ids, ties));
  for (const draft of rest) {
    const label = draft.title.replace(/[*`:：]+/g, '').trim();
    const from = commentStart(edits.lines, draft.line, first.fence.line);
    edits.before(from, [`${pad}\`\`\``, '', `${pad}**${label}:**`, '', `${pad}\`\`\`sql${attributesOf(draft, ids, ties)}`]);
  }
}

/** First line of the comment run directly above a statement. */
function commentStart(lines: string[], line: number, floor: number): number {
  let at = line;
  while (at - 1 > floor + 1 && /^\s*--/.test(lines[at - 2] ?? '')) at -= 1;
  return at;
}

function indentOf(line: string): string {
  return /^\s*/.exec(line)?.[0] ?? '';
}

/** Line after front matter that names no guide. */
function bodyStart(lines: string[]): number {
  if (lines[0]?.trimEnd() !== '---') return 0;
  const end = lines.findIndex((line, index) => index > 0 && /^---[ \t]*$/.test(line));
  return end > 0 && lines.slice(1, end).some((line) => /^[\w-]+\s*:/.test(line)) ? end + 1 : 0;
}

function frontMatter(guide: Guide): string {
  const id = slug(guide.title).normalize('NFKD').replace(/[^a-z0-9]+/g, '-').replace(/^-+|-+$/g, '') || 'guide';
  const sql = guide.drafts.flatMap((draft) => draft.statements.map((one) => one.sql)).join('\n');
  const supabase = guide.frontMatter.database === 'supabase' || /\bauth\.(?:uid|role|jwt|users)\b|\b(?:authenticated|anon|service_role)\b/i.test(sql);
  const own = bodyStart(guide.source.lines);
  const kept = own > 0 ? guide.source.lines.slice(1, own - 1).filter((line) => !(supabase && /^database\s*:/.test(line))) : [];
  return ['---', `guide: ${id}`, ...(supabase ? ['database: supabase'] : []), ...kept, '---', '', ''].join('\n');
}

/** Insertions into a document by line, so that nothing else of it changes. */
class Edits {
  private readonly above = new Map<number, string[]>();
  private readonly below = new Map<number, string[]>();
  private readonly tails = new Map<number, string>();
  private readonly openings = new Map<number, string>();

  constructor(readonly lines: string[]) {}

  before(line: number, added: string[]): void {
    this.above.set(line, [...(this.above.get(line) ?? []), ...added]);
  }
  after(line: number, added: string[]): void {
    this.below.set(line, [...(this.below.get(line) ?? []), ...added]);
  }
  /** Takes the words of other tools off a fence's opening line: in a reviewed guide every word there is an attribute. */
  open(line: number): void {
    const match = /^(.*?(?:`{3,}|~{3,}))[ \t]*(.*)$/.exec(this.lines[line - 1] ?? '');
    const { lang, meta } = readInfo((match?.[2] ?? '').trim());
    if (match && meta !== '' && !looksLikeAttributes(meta)) this.openings.set(line, (match[1] ?? '') + (lang ?? ''));
  }
  append(line: number, text: string): void {
    this.tails.set(line, (this.tails.get(line) ?? '') + text);
  }
  text(from: number): string {
    return this.lines.flatMap((text, index) => {
      const line = index + 1;
      if (index < from) return [];
      return [...(this.above.get(line) ?? []), this.tails.has(line) ? (this.openings.get(line) ?? text.trimEnd()) + (this.tails.get(line) ?? '') : text, ...(this.below.get(line) ?? [])];
    }).join('\n').replace(/^\n+/, '');
  }
}
