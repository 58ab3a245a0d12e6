import type { Draft, Guide } from './draft.js';
import { matchable } from './plain.js';
import { TieIndex, type Numbered } from './tie-index.js';

/** Whether what the step does is taken back at its end: it tests, and leaves nothing. */
export function isDiscarded(draft: Draft): boolean {
  return draft.attributes.discard ?? draft.discard;
}

/** Whether a forward step changes something that could be rolled back. */
export function isWriting(draft: Draft): boolean {
  return draft.role !== 'rollback' && draft.statements.some((statement) => statement.writes) && !isDiscarded(draft);
}

/**
 * What each rollback step undoes: by `reverts=`, else by the number or words of its
 * titles, else by the objects it drops. A step that only reads verifies the rollback.
 */
export function readTies(guide: Guide, ids: Map<Draft, string>): Map<Draft, string[]> {
  const ties = new Map<Draft, string[]>();
  const forward = guide.drafts.filter((draft) => isWriting(draft));
  const rollback = guide.drafts.filter((draft) => draft.role === 'rollback');
  const name = (drafts: Draft[]) => [...new Set(drafts.map((draft) => ids.get(draft) ?? ''))];
  const known = new Set(ids.values());
  let index: TieIndex | null = null;
  for (const draft of rollback) {
    const given = draft.attributes.reverts;
    if (given) {
      for (const id of given) if (!known.has(id)) guide.remarks.error('unknown-step', `\`reverts\` names \`${id}\`, which is no step`, { line: draft.line });
      ties.set(draft, given.filter((id) => known.has(id)));
      continue;
    }
    if (draft.statements.length > 0 && (isDiscarded(draft) || !draft.statements.some((one) => one.writes))) {
      ties.set(draft, []);
      continue;
    }
    index ??= new TieIndex(forward, numbersOf, wordsOf);
    ties.set(draft, name(byTitle(draft, index) ?? byObjects(draft, index)));
  }
  const acting = rollback.filter((draft) => draft.statements.some((one) => one.writes) && !isDiscarded(draft));
  const [only] = acting;
  // One rollback for the whole guide undoes all of it.
  if (only && acting.length === 1 && ties.get(only)?.length === 0 && !only.attributes.reverts && only.labels.every((label) => !/roll ?-?back|revert|undo/i.test(label) || wordsOf(label).size === 0)) ties.set(only, name(workOf(guide, forward)));
  return ties;
}

/** What one rollback of the whole takes back: the work, which commands may do; what a check writes only where there is nothing else. */
function workOf({ drafts }: Guide, forward: Draft[]): Draft[] {
  const work = forward.filter((draft) => draft.role === 'deploy' || draft.role === 'prepare');
  if (work.length > 0) return forward;
  const commands = drafts.filter(({ role, shell }) => role === 'deploy' && shell !== null && APPLIES.test(shell));
  return commands.length > 0 ? commands : forward;
}

const APPLIES = /\bpsql\b|\bdb (?:push|reset)\b|\bmigrat\w*|\bpg_restore\b/i;

/** The steps that build what it drops; one that drops nothing brings back what they took away. */
function byObjects(draft: Draft, index: TieIndex): Draft[] {
  const drops = draft.statements.flatMap((statement) => statement.drops);
  return drops.length > 0 ? index.creating(drops) : index.dropping(draft.statements.flatMap((statement) => statement.creates));
}

/** "Rollback Migration 003" → migration 3; "Rollback 2: …" → any 2. */
function numbersOf(title: string): Numbered[] {
  return [...matchable(title).matchAll(/\b(migration|phase|step|part|stage|task|version|release|patch|roll ?back|revert|undo) #?0*(\d{1,14})\b/g)].map((match) => ({
    noun: /^(?:roll|revert|undo)/.test(match[1] ?? '') ? '' : (match[1] ?? ''),
    number: match[2] ?? '',
  }));
}

function byTitle(draft: Draft, forward: TieIndex): Draft[] | null {
  const titles = [...draft.labels].reverse();
  for (const title of titles) {
    for (const { noun, number } of numbersOf(title)) {
      const found = forward.numbered(number).filter(({ nouns }) => noun === '' || nouns.includes(noun));
      if (found.length === 0) continue;
      if (noun !== '') return found.map(({ step }) => step);
      const preferred = found.filter(({ nouns }) => nouns.includes('migration'));
      return (preferred.length > 0 ? preferred : found).map(({ step }) => step);
    }
  }
  const own = wordsOf(draft.labels.at(-1) ?? '');
  if (own.size >= 2) {
    const same = forward.called(own);
    if (same.length > 0) return same;
  }
  return null;
}

const COMMON = new Set(['rollback', 'roll', 'back', 'revert', 'undo', 'step', 'migration', 'the', 'of', 'and', 'to', 'for', 'drop', 'remove', 'add', 'create', 'run', 'apply', 'phase', 'sql', 'script', 'procedure', 'database', 'if', 'needed', 'necessary', 'plan', 'steps', 'procedures', 'execution', 'execute', 'instructions', 'emergency', 'option', 'restore', 'from', 'backup', 'issues', 'occur', 'a', 'this', 'migrations', 'scripts', 'quick', 'full', 'complete', 'changes', 'all', 'table', 'tables']);

function wordsOf(title: string): Set<string> {
  return new Set((matchable(title).match(/[\p{L}\p{N}_]+/gu) ?? []).filter((word) => !COMMON.has(word) && !/^\d+$/.test(word)));
}
