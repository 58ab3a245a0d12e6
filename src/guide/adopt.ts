import { EXIT, ProblemError } from '../text/problem.js';
import { adoptFence } from './adopt-fence.js';
import type { Block, Fence } from './block.js';
import { parameterLines } from './adopt-parameters.js';
import { addChoices } from './choices.js';
import type { Draft, Guide } from './draft.js';
import { Edits } from './edits.js';
import { nodeFiles } from './files.js';
import type { FileReader } from './guide.js';
import { readIds } from './ids.js';
import { slug } from './plain.js';
import { readGuide } from './read-guide.js';
import { walkSections, type Section } from './section.js';
import { readSource } from './source.js';
import { loadGrammar } from './sql-parse.js';
import { readTies } from './ties.js';
import { isRunnable } from './walk-fence.js';

/** An adopted guide, how many steps were seen in it, and how many places in it are marked TODO. */
export interface Adopted {
  text: string;
  steps: number;
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
  if (source.repairs.includes('encoding')) throw new ProblemError({ code: 'encoding', what: 'The document holds bytes that are no UTF-8 text; writing it anew would lose them.', where: document.path, remedy: 'Save it in UTF-8 first: iconv -f latin1 -t utf-8 OLD > NEW' }, EXIT.usage);
  const { guide } = readGuide(source, files);
  const given = typeof document.text === 'string' ? document.text : new TextDecoder().decode(document.text);
  if (guide.reviewed) return { text: given, steps: guide.drafts.length, todo: (given.match(/<!-- TODO: /g) ?? []).length };
  addChoices(guide);
  const ids = readIds(guide);
  const ties = readTies(guide, ids);
  const edits = new Edits(source.lines);
  const todo = fencesOf(guide).map((fence) => adoptFence(edits, fence, ids, ties)).reduce((sum, one) => sum + one, 0);
  for (const fence of runnableFences(guide.root)) edits.open(fence.line);
  for (const draft of guide.drafts) {
    if (draft.fence === null && draft.kind === 'checklist' && draft.items[0]?.line === draft.line && !/^\s*#/.test(source.lines[draft.line - 1] ?? '')) {
      edits.before(draft.line, [`${indentOf(source.lines[draft.line - 1] ?? '')}<!-- step: id=${ids.get(draft) ?? ''} -->`, '']);
    }
  }
  return { text: frontMatter(guide) + edits.text(guide.bodyLine - 1), steps: guide.drafts.length, todo };
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

/** Every fence of SQL or shell, also such as no step came of. */
function runnableFences(root: Section): Fence[] {
  const inside = (block: Block): Fence[] => {
    switch (block.kind) {
      case 'fence': return isRunnable(block) ? [block] : [];
      case 'quote': return block.children.flatMap(inside);
      case 'list': return block.items.flatMap((item) => item.children.flatMap(inside));
      case 'heading': case 'paragraph': case 'table': case 'rule': case 'html': return [];
    }
  };
  return [...walkSections(root)].flatMap((section) => section.blocks.flatMap(inside));
}

function indentOf(line: string): string {
  return /^\s*/.exec(line)?.[0] ?? '';
}

function frontMatter(guide: Guide): string {
  const id = slug(guide.title).normalize('NFKD').replace(/[^a-z0-9]+/g, '-').replace(/^-+|-+$/g, '') || 'guide';
  const sql = guide.drafts.flatMap((draft) => draft.statements.map((one) => one.sql)).join('\n');
  const supabase = guide.frontMatter.database === 'supabase' || /\bauth\.(?:uid|role|jwt|users)\b|\b(?:authenticated|anon|service_role)\b/i.test(sql);
  const own = guide.source.lines.slice(1, Math.max(1, guide.bodyLine - 2)).filter((line) => !(supabase && /^database\s*:/.test(line)));
  // What another tool reads there is nothing of ours; it stays to be seen.
  const kept = guide.foreign ? own.map((line) => (line.trim() === '' ? line : `# ${line}`)) : own;
  const titled = guide.frontMatter.title !== undefined || guide.root.children.some((section) => section.depth === 1);
  return ['---', `guide: ${/^(?:\d[\de-]*|true|false|null|yes|no|on|off|y|n)$/.test(id) ? JSON.stringify(id) : id}`, ...(titled ? [] : [`title: ${JSON.stringify(guide.title)}`]), ...(supabase ? ['database: supabase'] : []), ...parameterLines(guide), ...kept, '---', '', ''].join('\n');
}

