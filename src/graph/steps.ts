import { hash } from 'node:crypto';
import type { Draft } from '../guide/draft.js';
import type { StatementRead } from '../guide/statement.js';
import { phaseOrder, type PhaseRead } from './phases.js';
import type { Statement, Step } from './graph.js';

/** The graph's steps made of drafts, in the order of the way. */
export function makeSteps(drafts: Draft[], ids: Map<Draft, string>, ties: Map<Draft, string[]>, phases: PhaseRead[]): Step[] {
  return phaseOrder(drafts, phases).map(({ draft, phase }) => makeStep(draft, ids, ties, phase));
}

export function makeStatement(read: StatementRead): Statement {
  return {
    line: read.line, endLine: read.endLine, command: read.command, transactional: read.transactional, sql: read.sql, file: read.file,
    writes: read.writes, copyData: read.copyData, copyRows: read.copyRows, parameters: read.parameters,
  };
}

function makeStep(draft: Draft, ids: Map<Draft, string>, ties: Map<Draft, string[]>, phase: string): Step {
  const { attributes } = draft;
  const statements = draft.statements.map(makeStatement);
  const isShell = draft.kind === 'shell';
  return {
    id: ids.get(draft) ?? '',
    kind: draft.kind,
    phase,
    role: draft.role,
    title: draft.title,
    path: draft.path,
    line: draft.line,
    endLine: Math.max(draft.line, draft.endLine),
    needs: [...new Set([...(attributes.needs ?? []), ...draft.items.flatMap((item) => item.waitsFor.map((one) => ids.get(one) ?? ''))])],
    when: attributes.when ?? null,
    onFail: attributes.onFail ?? 'stop',
    reverts: draft.role === 'rollback' ? (ties.get(draft) ?? []) : null,
    optional: attributes.optional ?? draft.optional,
    runOnce: attributes.runOnce ?? false,
    noReturn: attributes.noReturn ?? false,
    noSkip: attributes.noSkip ?? false,
    destructive: draft.statements.some((one) => one.destructive),
    transaction: attributes.transaction ?? true,
    as: attributes.as ?? null,
    claims: attributes.claims ?? null,
    discard: attributes.discard ?? draft.discard,
    timeoutMs: attributes.timeoutMs ?? null,
    lockTimeoutMs: attributes.lockTimeoutMs ?? null,
    retries: attributes.retries ?? 0,
    tolerate: [...new Set([...(attributes.tolerate ?? []), ...draft.tolerate])],
    capture: attributes.capture ?? [],
    repeat: attributes.repeat ?? null,
    rehearse: attributes.rehearse ?? (isShell ? 'skip' : 'run'),
    choice: draft.choice ? { group: draft.choice.group.title, option: draft.choice.option, title: draft.choice.title } : null,
    context: [draft.context, draft.beside].filter((text) => text !== '').join('\n').slice(0, 4000),
    statements,
    shell: draft.shell,
    prompt: draft.prompt,
    expectations: draft.explicit ?? draft.inside,
    items: draft.items.map((item) => ({ line: item.line, text: item.text, depth: item.depth, waitsFor: item.waitsFor.map((one) => ids.get(one) ?? '') })),
    fields: draft.fields,
    followUp: draft.followUp,
    hash: hashOf(draft),
  };
}

/** What a step does: text, tables of data and boxes, not where it stands nor how it is worded around. */
function hashOf(draft: Draft): string {
  const what = {
    kind: draft.kind, shell: draft.shell,
    sql: draft.statements.map((one) => [one.sql, one.copyRows?.sha256 ?? one.copyData]),
    items: draft.items.map((item) => item.text), fields: draft.fields.map((field) => field.label),
    prompt: draft.statements.length === 0 ? draft.prompt : null,
    as: draft.attributes.as, claims: draft.attributes.claims, transaction: draft.attributes.transaction,
  };
  return hash('sha256', JSON.stringify(what));
}
