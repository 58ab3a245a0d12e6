import type { Attributes } from './attributes.js';
import { isBranch, isTried, isTriggerLabel, isWish } from './branches.js';
import { hasBlank, readBlanks } from './blanks.js';
import type { Block, Fence, Paragraph } from './block.js';
import type { Draft, DraftKind, Guide } from './draft.js';
import type { Wording } from './expectation.js';
import { isForward, roleOfTitle } from './roles.js';
import { isNamesList, isStatesList, isVerifyLabel } from './names-list.js';
import { BOLD, plainText } from './plain.js';
import type { Role } from './guide.js';
import type { Section } from './section.js';
import type { SectionFacts } from './section-facts.js';
import { isCaseLabel, optionOfLabel } from './options.js';
import { isFactSheet } from './fact-sheet.js';
import { readBlankLines } from './walk-blanks.js';
import { cellsOnWay, holdsCells, readCellTable } from './walk-cells.js';
import { isShownOnly, skipExample } from './walk-example.js';
import { isRunnable, readFence } from './walk-fence.js';
import { readHtml } from './walk-html.js';
import { isLeadIn, keepsLabel, lastSaid, leadsBack, leadsElse, overrideIn, partOf, placeUnder, withLabelApart, withoutRecovery } from './walk-label.js';
import { readList } from './walk-list.js';
import { closeManual, closeNumbered } from './walk-manual.js';
import { beginOption, closeOption, outerChoice } from './walk-option.js';
import { readTable } from './walk-table.js';
import { takesSignedBelow } from './walk-task.js';
import { takeSpread, type Spread } from './walk-spread.js';
import { addWording, announce, asSaid, BEFORE_CASE, gateBefore, isLabelOver, labelledAnswer, leadingOn, maySay, NAMES_AHEAD, readBranch, sayOf, takesAnswer, takesSigned, wordingOf } from './walk-wording.js';

/** What the walk through one section remembers between its blocks. */
export interface Walk {
  guide: Guide;
  section: Section;
  facts: SectionFacts;
  /** Option this section belongs to, with the heading whose children the options are. */
  choice: Draft['choice'];
  /** Last code step that wordings after it belong to. */
  code: Draft | null;
  /** An example of `code` was shown since: of the same commands, or of others. */
  exampled: 'same' | 'other' | null;
  /** The code of which cases were told since: what stands in them is no answer of it. */
  casesOf: Draft | null;
  /** Code stands right below what is read now. */
  beforeCode: boolean;
  /** A list of names does, or of what is to be seen. */
  beforeNames: boolean;
  beforeStates: boolean;
  /** A wording that may take the list, table or output after it. */
  open: Wording | null;
  /** Wordings before the section's first fence. */
  ahead: Wording[];
  /** What is expected of each fence below. */
  spread: Spread | null;
  /** What is expected of something done by hand. */
  manual: Wording[];
  hadFence: boolean;
  prose: string[];
  /** What fences show that nothing runs. */
  shown: string[];
  /** Numbered items told since the last step: the first one's line, how many lines of prose and drafts stood before it. */
  deeds: { line: number; told: number; from: number } | null;
  label: string | null;
  /** Set by a label ("Rollback:", "If it fails:") until the next label, rule or numbered item. */
  override: Role | null;
  /** An item says that it may be left out ("(optional)"): its steps are asked for. */
  leavable: boolean;
  /** The code above was another way to do what stands above it. */
  otherWay: boolean;
  /** The label that set it is bold: what is not bold does not end it. */
  strong: boolean;
  /** What was read since: code or a list (`used`), code (`ran`). */
  used: boolean;
  ran: boolean;
  /** A bold line right below another that took what follows off the way: a part of it, and numbered or not. */
  part: { role: Role; numbered: boolean } | null;
  /** A numbered bold line: where it stands, and how many drafts and lines of prose stood before it. */
  numbered: { line: number; from: number; told: number } | null;
  /** Where the option that is read began: its first draft, and its line. */
  option: { from: number; line: number } | null;
  /** From `<!-- step: … -->`, for the next heading, list or fence. */
  pending: Attributes | null;
  /** Line of the comment that `pending` was read from; null where it belongs to the heading. */
  pendingLine: number | null;
  checklist: Draft | null;
  triggers: boolean;
}

export function startWalk(guide: Guide, section: Section, facts: SectionFacts, choice: Draft['choice'], pending: Attributes | null, spread: Spread | null = null): Walk {
  return {
    guide, section, facts, choice, code: null, exampled: null, casesOf: null, beforeCode: false, beforeNames: false, beforeStates: false, open: null, ahead: [], spread, manual: [], hadFence: false, prose: [], shown: [], label: null,
    override: null, leavable: false, otherWay: false, strong: false, used: false, ran: false, part: null, numbered: null, deeds: null, option: null, pending, pendingLine: null, checklist: null, triggers: isTriggerLabel(section.title),
  };
}

/** The role of what is read now. What never runs at all wins over any label. */
export function roleNow(walk: Walk): Role {
  const own = walk.facts.role;
  if (walk.override === 'rollback' && own !== 'log') return 'rollback';
  if (!isForward(own)) return own;
  return walk.override ?? own;
}

/** Whether a section's code is left out on the way although its role is forward. */
export function isLeftOut(walk: Walk): boolean {
  return walk.facts.optional && !(walk.facts.asked && walk.choice === null) && walk.pending?.optional !== true;
}

/** A step at this place of the walk. Takes the prose, the label and the pending attributes with it. */
export function makeDraft(walk: Walk, kind: DraftKind, at: { line: number; endLine: number }, title: string, attributes: Attributes = {}): Draft {
  const draft: Draft = {
    kind, section: walk.section, role: roleNow(walk), title, path: walk.facts.path,
    line: at.line, endLine: at.endLine,
    attributes: { ...walk.pending, ...attributes },
    // "Rollback (if needed)": once rolling back, nothing of it may be left out.
    optional: (walk.facts.optional || walk.leavable) && roleNow(walk) !== 'rollback',
    context: walk.prose.join('\n').slice(0, 4000), beside: walk.shown.join('\n'),
    statements: [], shell: null, prompt: null, items: [], fields: [],
    explicit: null, inside: [], around: [], discard: false, tolerate: [],
    choice: walk.choice, followUp: walk.facts.followUp, fence: null,
    labels: [...walk.facts.path, ...(walk.label === null ? [] : [walk.label]), title],
  };
  if (draft.attributes.role) draft.role = draft.attributes.role;
  walk.prose = [];
  walk.shown = [];
  walk.pending = null;
  walk.pendingLine = null;
  return draft;
}

/** Title of the next step: the label before it, unless it only tells to copy or run; else the section's. */
export function titleNow(walk: Walk): string {
  const label = walk.label;
  if (label !== null && !/[:：]\s*$/.test(label) && roleOfTitle(walk.section.title) === 'rollback') return plainText(walk.section.title);
  if (label !== null && label.length <= 100 && !isLeadIn(label)) return label.replace(/[:：]\s*$/, '');
  if (label !== null && /^\W*verify\W*$/i.test(label) && walk.section.title !== '') return `${plainText(walk.section.title)}: verify`;
  return plainText(walk.section.title) || walk.guide.title;
}

/** Reads blocks in order. */
export function walkBlocks(walk: Walk, blocks: Block[]): void {
  for (const [index, block] of blocks.entries()) {
    const next = blocks[index + 1];
    walk.beforeCode = (next?.kind === 'fence' && isRunnable(next)) || holdsCells(next, blocks[index + 2]);
    walk.beforeNames = isNamesList(next);
    walk.beforeStates = isStatesList(next);
    for (const part of walk.beforeCode ? withLabelApart(block) : [block]) walkBlock(walk, part);
  }
}

function walkBlock(walk: Walk, block: Block): void {
  if (block.kind !== 'list' && block.kind !== 'html') walk.checklist = null;
  switch (block.kind) {
    case 'paragraph': return readParagraph(walk, block);
    case 'list':
      readList(walk, block);
      walk.used = true;
      return;
    case 'fence': return readFenceBlock(walk, block);
    case 'table': {
      const cells = cellsOnWay(walk, block);
      return cells ? readCellTable(walk, cells, readFenceBlock) : readTable(walk, block);
    }
    case 'html': return readHtml(walk, block);
    case 'quote': return walkBlocks(walk, block.children);
    case 'rule':
      closeGroup(walk);
      closeManual(walk);
      if (walk.choice?.group === walk.section) {
        // What stands below a rule is for whoever chose any of the options above it.
        closeOption(walk, block.line - 1);
        walk.choice = outerChoice(walk);
      }
      placeUnder(walk, null);
      walk.code = null;
      walk.label = null;
      walk.spread = null;
      return;
    case 'heading': {
      // A heading inside a list or quote: a label.
      walk.label = plainText(block.text);
      placeUnder(walk, overrideIn(walk, block.text), true);
      return;
    }
  }
}

function readFenceBlock(walk: Walk, fence: Fence): void {
  if (isRunnable(fence)) closeManual(walk);
  // "Expected in the database:", then the query, then what it is to show.
  const label = walk.ahead.find(({ text, extra }) => extra === null && isLabelOver(text));
  if (isRunnable(fence) && isShownOnly(walk.prose.at(-1) ?? '')) skipExample(walk, fence);
  else readFence(walk, fence);
  if (label !== undefined && walk.code?.kind === 'sql') walk.open = label;
  walk.otherWay = leadsElse(walk);
  walk.used = true;
  walk.ran = true;
  walk.label = null;
  walk.triggers = false;
}

/** Ends the run of wordings that may still take lines. */
export const closeGroup = (walk: Walk): void => void (walk.open = null);

/** "**Option A: Apply it** (recommended):", a bold line with a remark behind it. */
const OPTION_LABEL = /^\s*(?:\*\*|__)(?:option|method|approach) [a-z\d]\b[^*_]*(?:\*\*|__)\s*\([^()]*\)\s*[:：]?\s*$/i;

function readParagraph(walk: Walk, paragraph: Paragraph): void {
  const text = paragraph.text;
  const lines = text.split('\n');
  closeNumbered(walk, paragraph);
  // "**Validation:**", and in the next line "Run this query:".
  const above = lines.length === 2 && isLeadIn(plainText(lines[1] ?? '')) && BOLD.test(lines[0] ?? '') ? (lines[0] ?? null) : null;
  const bold = BOLD.exec(above ?? text);
  if (takeSpread(walk, text, paragraph.line)) {
    closeGroup(walk);
    walk.prose.push(plainText(text));
    return;
  }
  if (takesSigned(walk, lines) || takesAnswer(walk, paragraph) || takesSignedBelow(walk, paragraph)) return closeGroup(walk);
  const [, before = '', beginsCase = ''] = walk.beforeCode ? (BEFORE_CASE.exec(text) ?? []) : [];
  if (beginsCase !== '' && wordingOf(before) !== null) {
    readParagraph(walk, { ...paragraph, text: before });
    return readParagraph(walk, { ...paragraph, text: beginsCase, line: lineWithin(paragraph, beginsCase.replace(/\n/g, ' ')) });
  }
  const wording = wordingOf(text) ?? labelledAnswer(walk, text);
  const blanks = lines.some(hasBlank) && isForward(walk.facts.role) && readBlanks(text, paragraph.line).length > 0;
  const leads = wording && walk.code ? leadingOn(wording, walk.beforeCode) : null;
  if (leads && !blanks) {
    addWording(walk, { line: paragraph.line, text: leads.said, extra: null, remedy: null });
    // "All should be true. The tables:" and their names: these are expected as well.
    if (walk.beforeNames) return addWording(walk, { line: lineWithin(paragraph, leads.lead), text: 'Expected:', shown: leads.lead, extra: null, remedy: null });
    closeGroup(walk);
    walk.label = leads.lead;
    placeUnder(walk, overrideIn(walk, leads.lead));
    if (leads.announced !== null) announce(walk, { line: lineWithin(paragraph, leads.announced), text: leads.announced, extra: null, remedy: null });
    return;
  }
  // "Expected: > 0", and below it "Actual: ____".
  if (wording && (!blanks || !hasBlank(wording))) sayOf(walk, { line: paragraph.line, ...asSaid(text, wording), extra: null, remedy: null });
  if (blanks) return readBlankLines(walk, text, paragraph);
  if (wording) return;
  // "Check that all 4 jobs are there:" right above code is its title as well.
  const titled = walk.beforeCode && /[:：]\W*$/.test(text) ? wordingOf(text.replace(/\s*[:：](?=\W*$)/, '')) : null;
  // "**Verify:**" over what the query right above it is to show.
  if (walk.beforeStates && isVerifyLabel(text) && walk.override === null && walk.code?.statements.some(({ shape }) => shape.returnsRows) === true) {
    return addWording(walk, { line: paragraph.line, text: 'Expected:', shown: plainText(text), extra: null, remedy: null });
  }
  if (isBranch(text) || isWish(text)) {
    const gate = gateBefore(text);
    if (gate === null) return readBranch(walk, text, paragraph.line);
    readBranch(walk, gate.said, paragraph.line);
    return readParagraph(walk, { ...paragraph, text: gate.lead, line: lineWithin(paragraph, gate.lead) });
  }
  if (isTriggerLabel(text)) {
    walk.triggers = true;
    if (!/[:：]\W*$/.test(text)) walk.guide.triggers.push({ line: paragraph.line, text: plainText(text) });
    walk.open = null;
    return;
  }
  if (bold || /[:：]\s*\**\s*$/.test(text)) {
    closeGroup(walk);
    const label = plainText(above ?? lines.at(-1) ?? text);
    const own = isTried(text) ? null : overrideIn(walk, label) ?? (lines.length > 1 && above === null ? leadsBack(plainText(text.replace(/\n/g, ' '))) : null);
    if (!bold && own === null && keepsLabel(walk, label)) {
      walk.prose.push(plainText(text));
      return;
    }
    const part = bold && own === null ? partOf(walk, label) : null;
    walk.label = above === null ? plainText(lastSaid(text)) : label;
    if (/^(?:verify|monitor)$/.test(roleOfTitle(label) ?? '')) readVerifyLabel(walk, paragraph.line);
    placeUnder(walk, own ?? part?.role ?? null, bold !== null);
    walk.part = part;
    if ((bold || isCaseLabel(text) || OPTION_LABEL.test(text)) && isForward(roleNow(walk)) && beginOption(walk, walk.label, paragraph.line)) return;
  } else if (overrideIn(walk, withoutRecovery(text)) === 'rollback' && !isFactSheet(walk, paragraph)) placeUnder(walk, 'rollback');
  const may = titled === null && walk.beforeCode && !walk.hadFence ? maySay(text) : null;
  if (titled !== null || may !== null) announce(walk, { line: paragraph.line, text: titled ?? may ?? '', ...(may === null ? {} : { maybe: true, shown: plainText(text, true) }), extra: null, remedy: null });
  walk.triggers = false;
  walk.prose.push(plainText(text));
}

/** The line of a paragraph in which its last words begin. */
function lineWithin({ text, line }: Paragraph, last: string): number {
  const before = text.slice(0, Math.max(0, text.replace(/\n/g, ' ').lastIndexOf(last)));
  return line + before.split('\n').length - 1;
}

/**
 * "Verification queries:": what was expected above it was seen by other means, and
 * below the last of several options it is for whoever chose any of them.
 */
function readVerifyLabel(walk: Walk, line: number): void {
  for (const ahead of walk.ahead) if (!NAMES_AHEAD.test(plainText(ahead.text)) || ahead.extra?.kind !== 'list') ahead.apart = true;
  if (walk.choice?.group !== walk.section) return;
  const more = walk.section.blocks.some((block) => block.kind === 'paragraph' && block.line > line && BOLD.test(block.text) && optionOfLabel(walk.section, plainText(block.text)) !== null);
  if (more) return;
  closeOption(walk, line - 1);
  walk.choice = outerChoice(walk);
}
