import { plainLabel } from './fact-labels.js';
import type { FactValue } from './facts.js';

const words: Record<'positive' | 'negative' | 'rolled back' | 'skipped' | 'partial', ReadonlySet<string>> = {
  positive: new Set(['success', 'successful', 'succeeded', 'pass', 'passed', 'yes', 'y', 'ok', 'complete', 'completed', 'done', 'true', 'all passed', 'verified']),
  negative: new Set(['failed', 'fail', 'failure', 'no', 'n', 'false', 'error', 'unsuccessful', 'not ok']),
  'rolled back': new Set(['rolled back', 'rollback', 'roll back', 'reverted', 'rollback performed']),
  skipped: new Set(['skipped', 'skip', 'not run', 'n a', 'na', 'not applicable']),
  /** Known, so that a group of boxes is told from a list of tasks; no fact of a run ticks it. */
  partial: new Set(['partial', 'partially', 'partial success', 'pending', 'in progress', 'deferred', 'not started']),
};
export type BoxOutcome = keyof typeof words;

/** What ticking a box of this label says, or null when it is none of the known words. */
export function outcomeOfBox(label: string): BoxOutcome | null {
  // `SUCCESS - everything was deployed`: the word before the dash is the outcome.
  for (const plain of [plainLabel(label), plainLabel(label.split(/\s+[-–—]\s+/)[0] ?? '')]) {
    for (const outcome of ['positive', 'negative', 'rolled back', 'skipped', 'partial'] as const) if (words[outcome].has(plain)) return outcome;
  }
  return null;
}

const environments: readonly (readonly [string, RegExp])[] = [
  ['production', /^(?:production|prod|prd|live)$/], ['staging', /^(?:staging|stage|stg|preprod|pre production)$/],
  ['development', /^(?:development|dev|local)$/], ['test', /^(?:test|testing|qa)$/],
];

/** The usual name of an environment (`prod` is `production`), or null for one of its own name. */
export function usualEnvironment(name: string): string | null {
  const plain = plainLabel(name);
  return environments.find(([, pattern]) => pattern.test(plain))?.[0] ?? null;
}

/** Indexes of the boxes that a value ticks: one, or none where several would do; what failed and was undone is both. */
export function boxesFor(value: FactValue, labels: readonly string[]): number[] {
  const matching = labels.flatMap((label, index) => (ticks(value, label, labels) ? [index] : []));
  if (matching.length !== 1) return [];
  const undone = value.kind === 'outcome' && value.undone === true ? labels.flatMap((label, index) => (outcomeOfBox(label) === 'rolled back' ? [index] : [])) : [];
  return undone.length === 1 ? [...matching, ...undone] : matching;
}

/** `Issues: [ ] None [ ] Yes`: the list of a run without any says just that. */
function noneSaid(lines: readonly string[]): boolean {
  return lines.length === 1 && lines[0] === 'None';
}

function ticks(value: FactValue, label: string, labels: readonly string[]): boolean {
  const box = outcomeOfBox(label);
  switch (value.kind) {
    case 'answer': return box === (value.yes ? 'positive' : 'negative');
    case 'outcome': {
      if (value.outcome === 'success') return box === 'positive';
      if (value.outcome === 'failure') return box === 'negative';
      if (value.outcome === 'skipped') return box === 'skipped';
      const exact = labels.some((other) => outcomeOfBox(other) === 'rolled back');
      return exact ? box === 'rolled back' : value.failed === true && box === 'negative';
    }
    case 'text': {
      const same = plainLabel(label) === plainLabel(value.text);
      const usual = usualEnvironment(value.text);
      return same || (usual !== null && usualEnvironment(label) === usual);
    }
    case 'lines': return noneSaid(value.lines) ? /^(?:none|no)$/.test(plainLabel(label)) : plainLabel(label) === 'yes';
    case 'number':
    case 'time':
    case 'duration': return false;
  }
}
