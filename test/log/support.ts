import { fold } from '../../src/engine/reduce.js';
import type { NewEvent, RunEvent } from '../../src/engine/event.js';
import type { RunState } from '../../src/engine/state.js';
import { GRAPH_VERSION, type Graph, type LogField, type Step } from '../../src/graph/graph.js';
import type { StatementResult, Verdict } from '../../src/steps/fact.js';

/** A step of a guide, all defaults but what is given. */
export function step(id: string, given: Partial<Step> = {}): Step {
  return {
    id, kind: 'sql', phase: 'deploy', role: 'deploy', title: id, path: ['Guide', id], line: 10, endLine: 12, needs: [], when: null, onFail: 'stop', reverts: null,
    optional: false, runOnce: false, noReturn: false, noSkip: false, destructive: false, transaction: true, as: null, claims: null, discard: false, timeoutMs: null,
    lockTimeoutMs: null, retries: 0, tolerate: [], capture: [], repeat: null, rehearse: 'run', choice: null, context: '', statements: [], shell: null, prompt: null,
    expectations: [], items: [], fields: [], hash: 'h', followUp: null, ...given,
  };
}

export function statement(sql: string, command: string): Step['statements'][number] {
  return { line: 11, endLine: 11, command, transactional: true, sql, file: null, writes: command !== 'SELECT', copyData: null, copyRows: null, parameters: [] };
}

export function graph(steps: Step[], log: { line: number; template: string; fields?: Partial<LogField>[] } | null = null): Graph {
  return {
    version: GRAPH_VERSION,
    guide: { id: 'orders', title: 'Add order notes', path: 'guides/orders.md', sha256: 'ab'.repeat(32), reviewed: true, database: 'postgres', description: '', risk: null, estimateMs: null, environments: null, baseline: [], record: null, log: null },
    parameters: [], phases: [{ id: 'deploy', title: 'Deploy', role: 'deploy', line: 5 }], asides: [], steps, edges: [], rollback: [], triggers: [], hints: [],
    log: log && {
      line: log.line, endLine: log.line + log.template.split('\n').length - 1, template: log.template,
      fields: (log.fields ?? []).map((field) => ({ label: '', fact: null, line: log.line, unit: null, section: null, steps: [], boxes: [], ...field })),
    },
    forms: [], notification: null, diagnostics: [],
  };
}

export function result(given: Partial<StatementResult> = {}): StatementResult {
  return {
    index: 0, sql: 'SELECT 1', command: 'SELECT', columns: [], types: [], rows: [], rowCount: null, truncated: false, affected: null, durationMs: 12, error: null,
    tolerated: false, notices: [], output: null, exitCode: null, locks: [], rewrites: [], ...given,
  };
}

const START = Date.parse('2026-03-01T14:05:00.000Z');

/** Writes events one second apart from 2026-03-01 14:05:00 UTC on. */
export class Script {
  readonly events: RunEvent[] = [];
  private offset = 0;

  constructor(given: Partial<Extract<NewEvent, { type: 'run.started' }>> = {}) {
    this.add({
      type: 'run.started', journal: 1, version: '0.1.0', run: '7c9e6679-7425-40de-944b-e07fc1f90ae7', mode: 'run',
      guide: { id: 'orders', title: 'Add order notes', path: 'guides/orders.md', sha256: 'ab'.repeat(32) }, environment: 'staging', protected: false,
      operator: 'dana', host: 'bastion', privacy: 'full', ledger: true, salt: 'salt', window: null, steps: {}, rehearsal: null, ...given,
    });
  }

  /** Adds an event, `after` milliseconds after the one before. */
  add(event: NewEvent, after = 1000): this {
    if (this.events.length > 0) this.offset += after;
    this.events.push({ ...event, seq: this.events.length + 1, at: new Date(START + this.offset).toISOString() } as RunEvent);
    return this;
  }

  target(names: { server?: string; database?: string; role?: string } = {}): this {
    return this.add({ type: 'target.identified', target: { identity: '7412/16384', database: 'shop', server: 'db.example.com:5432', version: '17.4', major: 17, role: 'deployer', superuser: false, standby: false, pooled: false, tls: 'TLSv1.3', ...names } });
  }

  /** A step that ran: results, then its verdict. */
  ran(id: string, given: { verdict?: Verdict; results?: StatementResult[]; durationMs?: number; applied?: boolean; pass?: string; reason?: string } = {}): this {
    const envelope = { pass: given.pass ?? 'forward', step: id, attempt: 1 };
    this.add({ type: 'step.started', ...envelope, attemptId: `attempt-${id}` });
    for (const one of given.results ?? []) this.add({ type: 'statement.finished', ...envelope, result: one });
    return this.add({ type: 'step.finished', ...envelope, verdict: given.verdict ?? 'passed', applied: given.applied ?? true, durationMs: given.durationMs ?? 1500, reason: given.reason ?? null, problem: null });
  }

  finished(outcome: NonNullable<RunState['outcome']> = 'passed', exitCode = 0): this {
    return this.add({ type: 'run.finished', run: '7c9e6679-7425-40de-944b-e07fc1f90ae7', outcome, exitCode, problem: null, log: 'logs/migrations/x.md' });
  }

  state(): RunState {
    const state = fold(this.events);
    if (state === null) throw new TypeError('no events');
    return state;
  }
}
