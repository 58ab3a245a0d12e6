import type { Draft, Guide } from './draft.js';
import type { Section } from './section.js';

/**
 * Puts a choice step before the first step of each group of alternatives: exactly
 * one option is walked, the others are `not chosen`. A group of one is no choice.
 */
export function addChoices(guide: Guide): void {
  const groups = new Map<Section, Draft[]>();
  for (const draft of guide.drafts) {
    if (!draft.choice || draft.role === 'rollback') continue;
    const group = groups.get(draft.choice.group) ?? [];
    group.push(draft);
    groups.set(draft.choice.group, group);
  }
  for (const draft of guide.drafts) if (draft.choice && draft.role === 'rollback') draft.choice = null;
  for (const [section, drafts] of groups) {
    const options = new Map<string, Draft>();
    for (const draft of drafts) if (!options.has(draft.choice?.option ?? '')) options.set(draft.choice?.option ?? '', draft);
    const [first] = drafts;
    if (options.size < 2 || !first) {
      for (const draft of drafts) draft.choice = null;
      continue;
    }
    const titles = [...options.values()].map((draft) => draft.choice?.title ?? '');
    const step: Draft = {
      ...first, kind: 'choice', title: `Choose: ${titles.join(' / ')}`, line: section.depth === 0 ? first.line : section.line, endLine: Math.max(section.line, first.line - 1),
      attributes: {}, statements: [], shell: null, prompt: 'Which of these applies?', fields: [], explicit: null, inside: [], around: [], tolerate: [], fence: null, discard: false,
      path: first.path.slice(0, -1), section, context: '',
      items: [...options.values()].map((draft) => ({ line: draft.line, text: draft.choice?.title ?? '', depth: 0, waitsFor: [] })),
    };
    guide.drafts.splice(guide.drafts.indexOf(first), 0, step);
  }
}
