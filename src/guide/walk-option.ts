import type { Block } from './block.js';
import { isCells } from './cell-table.js';
import { caseOf, isCaseLabel, optionOfLabel, optionOfSection } from './options.js';
import { isForward } from './roles.js';
import type { Section } from './section.js';
import { isLeftOut, makeDraft, type Walk } from './walk.js';
import { isRunnable } from './walk-fence.js';
import { placeUnder } from './walk-label.js';
import { closeManual, keepManual } from './walk-manual.js';

/** The way that the options of this section are part of. */
export function outerChoice({ choice, section }: Walk): Walk['choice'] {
  return choice?.group === section ? choice.within : choice;
}

/** Begins the option that a label names, where it names one. */
export function beginOption(walk: Walk, label: string, line: number): boolean {
  const option = optionOfLabel(walk.section, label);
  if (option === null) return false;
  closeOption(walk, line - 1);
  walk.choice = { group: walk.section, option, title: label.replace(/[:：]\s*$/, ''), within: outerChoice(walk) };
  walk.option = { from: walk.guide.drafts.length, line };
  // "You have two ways:", above the first of them.
  const said = walk.prose.filter((text) => text !== walk.label);
  if (said.length > 0 && isForward(walk.facts.role) && !isLeftOut(walk)) walk.guide.said.push({ section: walk.section, text: said.join('\n').slice(0, 1500), ways: true });
  walk.prose = [];
  return true;
}

/** "If you have an existing database:" – one of several ways, or said again of the way that the heading names. */
export function beginCase(walk: Walk, label: string, line: number): boolean {
  if (!isCaseLabel(label) || !isForward(walk.facts.role) || walk.override === 'rollback') return false;
  const again = walk.choice !== null && optionOfSection(walk.section) === caseOf(label);
  if (!again && optionOfLabel(walk.section, label) === null) return false;
  placeUnder(walk, null);
  walk.label = label;
  return again || beginOption(walk, label, line);
}

/**
 * Ends an option. One that only tells what to do by hand, beside others that run
 * something, is a step too: the operator can choose it and says when it is done.
 */
export function closeOption(walk: Walk, endLine: number): void {
  if (walk.option !== null && !walk.hadFence) {
    // What an option done by hand expects is not said of the commands of the next one.
    for (const ahead of walk.ahead) keepManual(walk, ahead);
    walk.ahead = [];
  }
  closeManual(walk);
  const { option, choice, guide } = walk;
  walk.option = null;
  if (!option || !choice || guide.drafts.length > option.from || walk.prose.length === 0) return;
  // "Built-in rollback" in one of its lines does not make it one.
  if (!isForward(walk.facts.role) || isLeftOut(walk) || !(holdsRunnable(choice.group) || guide.drafts.some((one) => one.choice?.group === choice.group) || walk.section.blocks.some((block) => block.kind === 'list' && block.ordered))) return;
  placeUnder(walk, null);
  const draft = makeDraft(walk, 'operator', { line: option.line, endLine: Math.max(option.line, endLine) }, choice.title);
  draft.prompt = draft.context;
  draft.context = '';
  guide.drafts.push(draft);
}

const runnable = new WeakMap<Section, boolean>();

function holdsRunnable(section: Section): boolean {
  const known = runnable.get(section) ?? findRunnable(section);
  runnable.set(section, known);
  return known;
}

function findRunnable(section: Section): boolean {
  const inBlocks = (blocks: Block[]): boolean => blocks.some((block) => {
    if (block.kind === 'fence') return isRunnable(block);
    if (isCells(block)) return true;
    if (block.kind === 'list') return block.items.some((item) => inBlocks(item.children));
    return block.kind === 'quote' && inBlocks(block.children);
  });
  return inBlocks(section.blocks) || section.children.some(holdsRunnable);
}
