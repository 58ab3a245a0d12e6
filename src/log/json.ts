import { stepState, type RunState } from '../engine/state.js';
import type { Graph } from '../graph/graph.js';
import { stepNames } from '../graph/step-name.js';
import { fillForms } from './forms.js';
import { fillTemplate } from './template.js';
import { followUps } from './follow-ups.js';
import { logStep } from './json-step.js';
import { metricsOf } from './metrics.js';
import { notification } from './notification.js';
import { countVerdicts, operatorsOf, runDuration } from './run-facts.js';
import type { JournalHead } from './journal-head.js';
import { LOG_VERSION, type LogDocument, type LogStep } from './schema.js';

/**
 * The filled log as data: everything the Markdown and HTML logs show, and all
 * that `logSchema` publishes. A pure function of the run's events and its guide.
 * `journal` says how far the journal went when this log was made.
 */
export function logJson(state: RunState, graph: Graph, journal: JournalHead | null = null): LogDocument {
  const names = stepNames(graph);
  const forward = graph.steps.filter((step) => step.role !== 'rollback').map((step) => logStep(step, names.get(step.id) ?? step.title, stepState(state, 'forward', step.id), state.rehearsal?.durations[step.id] ?? null, state.outcome === null ? 'open' : state.passedAt === null ? 'ended' : 'passed'));
  return {
    format: LOG_VERSION,
    run: state.run, outcome: state.outcome ?? 'running', exitCode: state.exitCode, problem: state.problem, mode: state.mode, guide: state.guide,
    environment: state.environment, protected: state.protected, operator: state.operator, operators: operatorsOf(state), host: state.host,
    database: databaseOf(state), version: state.version, privacy: state.privacy, ledger: state.ledger, window: state.window,
    startedAt: state.startedAt, finishedAt: state.finishedAt, durationMs: runDuration(state),
    parameters: state.parameters, captures: state.captures, choices: state.choices,
    phases: graph.phases.map(({ id, title, role }) => ({ id, title, role })),
    steps: forward, counts: countVerdicts(forward),
    deviations: state.deviations, notes: state.notes,
    rollback: rollbackOf(state, graph),
    passes: furtherPasses(state, graph), proofs: state.proofs, triggers: state.triggers, notification: state.rollback !== null && graph.notification !== null ? notification('rolled back', state, graph) : null,
    locks: locksOf([...forward, ...touched(state, graph, 'rollback')]),
    blockers: blockersOf(state), rehearsal: state.rehearsal, forecast: state.forecast, metrics: metricsOf(state, graph),
    approvals: forward.flatMap((step) => step.approvals.map((approval) => ({ step: step.id, ...approval }))),
    handovers: state.handovers, incidents: state.incidents, windowCrossed: state.windowCrossed,
    journal,
    forms: fillForms(state, graph),
    template: fillTemplate(state, graph),
    followUps: followUps(state, graph),
  };
}

function databaseOf(state: RunState): LogDocument['database'] {
  if (state.target === null) return null;
  const { database, identity, server, version, major, role, superuser, standby, pooled, tls, connection } = state.target;
  return { name: database, identity, server, version, major, role, superuser, standby, pooled, tls, ...(connection === undefined ? {} : { connection }) };
}

/** The steps of the guide that something happened to in a pass. */
function touched(state: RunState, graph: Graph, pass: string): LogStep[] {
  const names = stepNames(graph);
  const known = state.passes[pass] ?? {};
  return graph.steps.flatMap((step) => {
    const there = known[step.id];
    return there === undefined ? [] : [logStep(step, names.get(step.id) ?? step.title, there, pass === 'rollback' ? state.rehearsal?.durations[step.id] ?? null : null)];
  });
}

function rollbackOf(state: RunState, graph: Graph): LogDocument['rollback'] {
  const { rollback } = state;
  const proof = state.proofs.find((done) => done.what === 'rollback')?.proof ?? null;
  const steps = touched(state, graph, 'rollback');
  return {
    ran: rollback !== null || steps.length > 0, reason: rollback?.reason ?? null, by: rollback?.by ?? null, plan: rollback?.plan ?? [],
    uncovered: rollback?.uncovered ?? [], complete: rollback?.complete ?? null, undone: rollback?.undone ?? [], notUndone: rollback?.notUndone ?? [], steps, proof,
  };
}

function furtherPasses(state: RunState, graph: Graph): LogDocument['passes'] {
  return Object.keys(state.passes).filter((pass) => pass !== 'forward' && pass !== 'rollback').map((pass) => ({ pass, steps: touched(state, graph, pass) }));
}

function locksOf(steps: readonly LogStep[]): LogDocument['locks'] {
  return steps.flatMap((step) => [
    ...step.statements.flatMap((statement, index) => statement.locks.map((lock) => ({
      ...lock, step: step.id, statement: index, durationMs: statement.durationMs, rewrites: statement.rewrites.includes(lock.relation),
    }))),
    ...step.locks.map((lock) => ({ ...lock, step: step.id, statement: null, durationMs: step.statements.reduce((all, one) => all + one.durationMs, 0), rewrites: false })),
  ]);
}

/** Who kept which step waiting, each session once. */
function blockersOf(state: RunState): LogDocument['blockers'] {
  return state.waits.map(({ step, at, blocker }) => ({ ...blocker, step, at }));
}
