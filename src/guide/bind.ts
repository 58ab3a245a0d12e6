import type { Draft } from './draft.js';
import { bindWording, statementAfterFence, type ExpectationRead, type Wording } from './expectation.js';
import { readWording } from './reading.js';

/** Binds the wordings around a step's fence to its statements, and puts its expectations in order. */
export function bindAround(draft: Draft): void {
  if (draft.explicit) {
    draft.inside = [];
    draft.around = [];
    return;
  }
  const found = draft.around.flatMap((wording, index) => bindOne(draft, wording, index));
  draft.around = [];
  draft.inside = [...draft.inside, ...found].sort((a, b) => a.line - b.line);
}

function bindOne(draft: Draft, wording: Wording, index: number): ExpectationRead[] {
  if (draft.kind === 'shell') return bindShell(wording);
  if (draft.kind === 'operator' || draft.statements.length === 0) return [asked(wording)];
  return bindWording(wording, draft.statements, pairwise(draft, index) ?? statementAfterFence(draft.statements, wording));
}

/** As many wordings as statements that return rows: each to its own, in order. */
function pairwise(draft: Draft, index: number): number | null {
  const returning = draft.statements.flatMap((one, at) => (one.shape.returnsRows ? [at] : []));
  return returning.length > 1 && returning.length === draft.around.length && returning.length === draft.statements.length ? (returning[index] ?? null) : null;
}

/** Of a command, only its output, its exit code and counts of tests can be judged. */
function bindShell(wording: Wording): ExpectationRead[] {
  const read = readWording(wording.text, { shape: null, extra: wording.extra });
  const judged = read.assertions.filter((assertion) => ['output', 'exit', 'tests', 'success'].includes(assertion.type));
  if (judged.length === 0 || judged.length < read.assertions.length) return [asked(wording)];
  return judged.map((assertion) => ({ line: wording.line, text: wording.text, statement: null, source: read.source, assertion, alternative: null, remedy: wording.remedy ?? read.remedy }));
}

function asked(wording: Wording): ExpectationRead {
  const lines = wording.extra?.kind === 'list' ? wording.extra.lines : wording.extra?.kind === 'output' ? [wording.extra.text] : [];
  const text = [wording.text, ...lines].join('\n');
  return { line: wording.line, text: wording.text, statement: null, source: 'operator', assertion: { type: 'operator', text }, alternative: null, remedy: wording.remedy };
}
