import type { ChoiceDraft, Draft, Guide } from './draft.js';
import type { Section } from './section.js';

/**
 * Puts a choice step before the first step of each group of alternatives: exactly
 * one option is walked, the others are `not chosen`. A group of one is no choice.
 * Where a way has ways of its own, they are chosen among once it is chosen itself.
 */
export function addChoices(guide: Guide): void {
  const groups = new Map<Section, Map<string, ChoiceDraft>>();
  const firsts = new Map<ChoiceDraft, Draft>();
  for (const draft of guide.drafts) {
    if (draft.role === 'rollback') draft.choice = null;
    for (const choice of chain(draft.choice)) {
      const options = groups.get(choice.group) ?? new Map<string, ChoiceDraft>();
      groups.set(choice.group, options);
      if (options.has(choice.option)) continue;
      options.set(choice.option, choice);
      firsts.set(choice, draft);
    }
  }
  for (const draft of guide.drafts) draft.choice = chosenAmong(draft.choice, groups);
  for (const [section, options] of groups) {
    const [one] = options.values();
    const first = one && firsts.get(one);
    if (options.size < 2 || !first) continue;
    const titles = [...options.values()].map(({ title }) => title);
    const step: Draft = {
      ...first, kind: 'choice', title: `Choose: ${titles.join(' / ')}`, line: section.depth === 0 ? first.line : section.line, endLine: Math.max(section.line, first.line - 1),
      attributes: {}, statements: [], shell: null, prompt: 'Which of these applies?', fields: [], explicit: null, inside: [], around: [], tolerate: [], fence: null, discard: false,
      choice: chain(first.choice).find(({ group }) => group === section) ?? null,
      path: first.path.slice(0, -1), section, context: '', beside: guide.said.filter((one) => one.ways === true && one.section === section).map(({ text }) => text).join('\n'),
      items: [...options.values()].map((option) => ({ line: firsts.get(option)?.line ?? first.line, text: option.title, depth: 0, waitsFor: [] })),
    };
    guide.drafts.splice(guide.drafts.indexOf(first), 0, step);
  }
}

/** A choice and those it is part of, the outermost first. */
function chain(choice: ChoiceDraft | null): ChoiceDraft[] {
  return choice === null ? [] : [...chain(choice.within), choice];
}

/** A choice without the groups that leave none. */
function chosenAmong(choice: ChoiceDraft | null, groups: ReadonlyMap<Section, ReadonlyMap<string, ChoiceDraft>>): ChoiceDraft | null {
  if (choice === null) return null;
  const within = chosenAmong(choice.within, groups);
  return (groups.get(choice.group)?.size ?? 0) < 2 ? within : { ...choice, within };
}
