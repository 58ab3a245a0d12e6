import { leaveOutAppliedAbove } from './applied-above.js';
import type { Attributes } from './attributes.js';
import { readAttributes } from './attributes.js';
import type { Block } from './block.js';
import type { Draft, Guide } from './draft.js';
import { bindAround } from './bind.js';
import { placeCriteria } from './criteria.js';
import { remarkFilesByHand } from './file-by-hand.js';
import { beginExpected, stepExpectedOf } from './expected-heading.js';
import { placeFollowUps } from './follow-up.js';
import { keepSaid, placeSaid, tellByHandBack } from './said-beside.js';
import { readFrontMatter } from './front-matter.js';
import { Remarks, type FileReader, type Role } from './guide.js';
import { readHints } from './hints.js';
import { readMarkdown } from './markdown.js';
import { optionOfSection } from './options.js';
import { plainText } from './plain.js';
import type { Wording } from './expectation.js';
import { isForward, isSignOffTitle } from './roles.js';
import { readSections, walkSections, type Section } from './section.js';
import { leaveOutDescribed, leaveOutRepeated, leaveOutShown } from './shown-twice.js';
import { readSectionFacts, type SectionFacts } from './section-facts.js';
import type { Source } from './source.js';
import { remarkSymptoms } from './symptoms.js';
import { remarkUntold } from './untold.js';
import { makeDraft, startWalk, walkBlocks } from './walk.js';
import { closeByHand, closeDeeds, closeNumbered, takeByHand } from './walk-manual.js';
import { closeOption } from './walk-option.js';
import type { Spread } from './walk-spread.js';
import { announceTitle, namesForBelow } from './walk-wording.js';
import { takeOffWayBack } from './way-back.js';

/** Everything of a document, with the facts of its sections. */
export interface ReadGuide {
  guide: Guide;
  facts: Map<Section, SectionFacts>;
}

/** Reads a document into a guide. The grammar must be loaded. Never throws for what the document holds. */
export function readGuide(source: Source, files: FileReader): ReadGuide {
  const remarks = new Remarks();
  const front = readFrontMatter(source.lines, remarks);
  const blocks = source.repairs.includes('binary') ? [] : readMarkdown(source.lines.slice(front.bodyLine - 1), front.bodyLine);
  if (source.repairs.includes('binary')) remarks.error('binary', 'this is no text document', { line: 1 }, 'a guide is a Markdown file in UTF-8');
  else if (source.repairs.includes('encoding') || source.repairs.includes('nul')) remarkEncoding(source, remarks);
  const root = readSections(blocks, Math.max(1, source.lines.length));
  const tops = root.children.filter((child) => child.depth === 1);
  const title = front.values.title ?? (tops[0] ? plainText(tops[0].title) : (source.path.split(/[\\/]/).at(-1) ?? '').replace(/\.\w+$/, ''));
  const guide: Guide = {
    source, files, remarks, root, title,
    frontMatter: front.values, reviewed: front.reviewed, parameterLines: front.parameterLines, bodyLine: front.bodyLine, foreign: front.foreign,
    description: front.values.description ?? firstProse(tops[0] ?? root),
    drafts: [], said: [], begun: null, triggers: [], hints: [], log: null, notification: null,
  };
  const attributes = headingAttributes(root, guide);
  const roles = new Map<Section, Role>();
  for (const [section, given] of attributes) if (given.role) roles.set(section, given.role);
  const facts = readSectionFacts(root, roles, tops.length > 1);
  const choices = new Map<Section, Draft['choice']>();
  walkSection(guide, root, facts, choices, attributes);
  leaveOutAppliedAbove(guide);
  leaveOutRepeated(guide);
  takeOffWayBack(guide, facts, roles);
  leaveOutShown(guide, roles);
  leaveOutDescribed(guide, roles);
  placeSaid(guide);
  tellByHandBack(guide);
  remarkSymptoms(root, facts, remarks);
  remarkFilesByHand(guide);
  placeFollowUps(guide.drafts);
  placeCriteria(guide);
  for (const draft of guide.drafts) bindAround(draft);
  guide.hints.push(...readHints(root, facts));
  remarkUntold(guide, facts);
  return { guide, facts };
}

/** Names the first byte that could not be read; where one stands in a statement, that is an error of its own. */
function remarkEncoding(source: Source, remarks: Remarks): void {
  const index = source.lines.findIndex((line) => line.includes('\uFFFD'));
  const column = (source.lines[index] ?? '').indexOf('\uFFFD') + 1;
  remarks.warning('encoding', 'the document holds bytes that are no UTF-8 text; they are shown as \uFFFD', { line: Math.max(index, 0) + 1, column: Math.max(column, 1) }, 'save it in UTF-8');
}

function firstProse(section: Section): string {
  const block = section.blocks.find((one) => one.kind === 'paragraph') ?? section.children[0]?.blocks.find((one) => one.kind === 'paragraph');
  return block?.kind === 'paragraph' ? plainText(block.text).slice(0, 1000) : '';
}

/** Attribute comments that stand directly before a heading belong to its section. */
function headingAttributes(root: Section, guide: Guide): Map<Section, Attributes> {
  const found = new Map<Section, Attributes>();
  let last: { block: Block; holder: Section } | null = null;
  for (const section of walkSections(root)) {
    if (last && last.block.kind === 'html' && section.depth > 0) {
      const match = /^\s*<!--\s*step:\s*([\s\S]*?)\s*-->\s*$/.exec(last.block.text);
      if (match) {
        found.set(section, readAttributes(match[1] ?? '', { line: last.block.line, column: last.block.text.indexOf(match[1] ?? '') + 1 }, guide.remarks));
        last.holder.blocks = last.holder.blocks.filter((block) => block !== last?.block);
      }
    }
    const block = section.blocks.at(-1);
    last = block ? { block, holder: section } : null;
  }
  return found;
}

function walkSection(guide: Guide, section: Section, facts: Map<Section, SectionFacts>, choices: Map<Section, Draft['choice']>, given: Map<Section, Attributes>, spread: Spread | null = null, above: Wording[] = []): void {
  const own = facts.get(section);
  if (!own) return;
  const option = optionOfSection(section);
  const within = section.parent ? (choices.get(section.parent) ?? null) : null;
  const choice = option !== null && section.parent ? { group: section.parent, option, title: plainText(section.title), within } : within;
  choices.set(section, choice);
  const { role: _role, ...pending } = given.get(section) ?? {};
  const walk = startWalk(guide, section, own, choice, Object.keys(pending).length > 0 ? pending : null, spread);
  const from = guide.drafts.length;
  if (section.task && isForward(own.role)) {
    const draft = makeDraft(walk, 'checklist', { line: section.line, endLine: section.line }, plainText(section.title), walk.pending ?? {});
    draft.items.push({ line: section.line, text: plainText(section.title), depth: 0, waitsFor: [] });
    guide.drafts.push(draft);
  }
  if (own.role === 'log') readLogSection(guide, section);
  if (option !== null) walk.option = { from, line: section.line };
  walk.ahead.push(...above);
  announceTitle(walk);
  const step = stepExpectedOf(guide, section);
  if (step) Object.assign(own, { role: step.role, boxes: step.role });
  walkBlocks(walk, step ? beginExpected(walk, step) : section.blocks);
  closeNumbered(walk, null);
  const below = namesForBelow(walk);
  closeByHand(walk);
  if (section.children.length === 0) closeOption(walk, section.blocks.at(-1)?.endLine ?? section.line);
  closeDeeds(walk, section.blocks.at(-1)?.endLine ?? section.line);
  // A part that is told as a whole takes its words along.
  const leaf = section.children.length === 0;
  if (leaf && isForward(own.role)) closeSection(guide, walk, section, from);
  keepSaid(walk, from);
  // Said above the first heading below it, it is of each of these sections.
  const said = walk.spread?.met === false || spread !== null ? walk.spread : null;
  for (const [index, child] of section.children.entries()) walkSection(guide, child, facts, choices, given, said, index === 0 ? below : []);
  if (!leaf && isForward(own.role)) closeSection(guide, walk, section, from);
  if (walk.pending && walk.pendingLine !== null) guide.remarks.warning('unused-attributes', 'no step follows these attributes in their section', { line: walk.pendingLine }, 'put the comment directly before a heading, a list, a table of statements or a fence');
}

/** Goals ticked in advance, a line each, that are no list: "✅ All migrations applied". */
const GOALS = /^\s*[✅☑✔]\ufe0f?\s.*\n\s*[✅☑✔]/u;

/** What a sign-off section asks for beyond its boxes: a name. What a success section only lists: a person's word. */
function closeSection(guide: Guide, walk: ReturnType<typeof startWalk>, section: Section, from: number): void {
  const own = guide.drafts.slice(from);
  const at = { line: section.line, endLine: section.blocks.at(-1)?.endLine ?? section.line };
  if (isSignOffTitle(section.title) || walk.pending?.approve === true) {
    if (own.some((draft) => draft.kind === 'approval')) return;
    const draft = makeDraft(walk, 'approval', at, plainText(section.title));
    draft.prompt = draft.title;
    guide.drafts.push(draft);
  } else if (walk.facts.role === 'signoff' && own.length === 0 && section.blocks.some((block) => block.kind === 'list' || (block.kind === 'paragraph' && GOALS.test(block.text))) && section.children.length === 0) {
    const draft = makeDraft(walk, 'operator', at, plainText(section.title));
    draft.prompt = draft.context || draft.title;
    guide.drafts.push(draft);
  } else if (own.every((draft) => draft.optional && draft.kind === 'operator' && draft.section !== section)) {
    // A part of it that may be left out, done by hand as well, is told in the step.
    const before = guide.drafts.length;
    takeByHand(walk, at);
    if (guide.drafts.length > before) guide.drafts = guide.drafts.filter((draft) => !own.includes(draft));
  }
}

/** A log section without a fence is itself the template. */
function readLogSection(guide: Guide, section: Section): void {
  if (guide.log || section.blocks.length === 0 || section.blocks.some((block) => block.kind === 'fence' && block.body.trim() !== '')) return;
  const [first] = section.blocks;
  const last = section.blocks.at(-1);
  if (!first || !last) return;
  guide.log = {
    line: section.line, endLine: last.endLine, firstLine: first.line,
    text: guide.source.lines.slice(first.line - 1, last.endLine).join('\n'),
  };
}
