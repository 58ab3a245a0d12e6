import { randomUUID } from 'node:crypto';
import type { Graph } from '../../src/graph/graph.js';
import { walkForward } from '../../src/engine/forward.js';
import { Journal } from '../../src/engine/journal.js';
import type { Clock } from '../../src/engine/ports.js';
import { Recorder } from '../../src/engine/recorder.js';
import type { RunState } from '../../src/engine/state.js';
import { Values } from '../../src/engine/values.js';
import { Leave, Walker } from '../../src/engine/walker.js';
import { noAnswers } from '../../src/headless/answers.js';
import { HeadlessOperator } from '../../src/headless/operator.js';
import { applySqlFiles } from '../../src/postgres/apply.js';
import { resolveConnection } from '../../src/postgres/connection.js';
import { withDatabase } from '../../src/postgres/scratch.js';
import { Session } from '../../src/postgres/session.js';
import { openTarget } from '../../src/postgres/target.js';
import { shellPort } from '../../src/processes/shell.js';
import { compareSnapshots } from '../../src/rehearsal/snapshot/compare.js';
import { snapshotDatabase } from '../../src/rehearsal/snapshot-database.js';
import type { Snapshot } from '../../src/rehearsal/snapshot/snapshot.js';
import { supabaseBaseline } from '../../src/rehearsal/supabase.js';
import { messageOf, ProblemError } from '../../src/text/problem.js';
import { droppedMutants, sabotages } from './dropped.js';
import { migrationSteps, mutantsOf, type Mutant } from './mutant.js';

/**
 * `stillborn`: PostgreSQL refuses the broken statement itself, so there is nothing for the guide to find.
 * `equivalent`: nothing failed, and after the migrations the catalog is the same, object for object, as without the fault.
 */
export type Fate = { fate: 'caught' | 'living' | 'equivalent' | 'stillborn'; by: string };

const clock: Clock = { now: () => new Date(), wait: (ms) => new Promise((resolve) => { setTimeout(resolve, ms); }) };

/** Walks a guide's forward part on fresh copies of its baseline, with the engine of a rehearsal. */
export class Rig {
  private count = 0;
  private unbroken: Promise<Snapshot> | null = null;

  private constructor(private readonly url: string, readonly graph: Graph, private readonly template: string) {}

  /** Builds the guide's baseline once, as a template. `url`: a server on which databases may be made. */
  static async open(url: string, graph: Graph): Promise<Rig> {
    const rig = new Rig(url, graph, `baseline_${randomUUID().slice(0, 8)}`);
    await rig.administer(`CREATE DATABASE ${rig.template}`);
    const files = [...(graph.guide.database === 'supabase' ? supabaseBaseline() : []), ...graph.guide.baseline];
    await applySqlFiles(withDatabase(url, rig.template), files.map((path) => ({ path })));
    return rig;
  }

  async close(): Promise<void> {
    await this.administer(`DROP DATABASE ${this.template} WITH (FORCE)`);
  }

  /** Every mutant of the guide's migrations: statements removed and broken, then objects taken away again. */
  async mutants(): Promise<Mutant[]> {
    const before = await this.inCopy(async (database) => this.ask(database, sabotages));
    return this.inCopy(async (database) => {
      const walked = await this.walk(this.graph, database, migrationSteps(this.graph).at(-1)?.id);
      if (walked.failed) throw new Error(`${this.graph.guide.id} fails as it is: ${reasonOf(walked.state)}`);
      const columns = new Map<string, string[]>();
      for (const [table = '', column = ''] of await this.ask(database, "SELECT c.oid::regclass::text, a.attname FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid WHERE a.attnum > 0 AND NOT a.attisdropped AND c.relnamespace = 'public'::regnamespace ORDER BY 1, a.attnum DESC")) {
        columns.set(table, [...columns.get(table) ?? [], column]);
      }
      return [...mutantsOf(this.graph, (table) => columns.get(table) ?? columns.get(table.replace(/^public\./, '')) ?? []), ...droppedMutants(this.graph, before, await this.ask(database, sabotages))];
    });
  }

  /** Whether the forward part notices a mutant, and what did. */
  async judge(mutant: Mutant): Promise<Fate> {
    let fate: Fate = { fate: 'stillborn', by: '' };
    for (const sql of mutant.tries) {
      fate = await this.inCopy(async (database): Promise<Fate> => {
        const { state, failed } = await this.walk(mutant.put(this.graph, sql), database);
        if (!failed) return { fate: mutant.kind !== 'data' && await this.changesNothing(mutant.put(this.graph, sql)) ? 'equivalent' : 'living', by: '' };
        const own = Object.values(state.passes.forward ?? {}).some((step) => step.statements.some((one) => one.error !== null && one.sql === sql));
        return { fate: own ? 'stillborn' : 'caught', by: reasonOf(state) };
      });
      if (fate.fate !== 'stillborn') return fate;
    }
    return fate;
  }

  /** Compares the catalogs that the migrations leave behind, with the comparison that proves rollbacks. */
  private async changesNothing(graph: Graph): Promise<boolean> {
    const after = (one: Graph): Promise<Snapshot> => this.inCopy(async (database) => {
      await this.walk(one, database, migrationSteps(one).at(-1)?.id);
      return snapshotDatabase(withDatabase(this.url, database), { contents: false });
    });
    this.unbroken ??= after(this.graph);
    const { residue } = compareSnapshots(await this.unbroken, await after(graph));
    return residue.length === 0;
  }

  /** Runs the forward part to its first failure. */
  private async walk(graph: Graph, database: string, stopAfter?: string): Promise<{ state: RunState; failed: boolean }> {
    const connection = await resolveConnection({ url: withDatabase(this.url, database), env: {} });
    const target = await openTarget(connection, { applicationName: 'deploy-wizard mutants', ledger: true, traceLocks: false, timeouts: { lockMs: 5000, statementMs: 60_000, idleMs: 60_000 } });
    try {
      const identity = await target.identify();
      const recorder = new Recorder(Journal.create(database, () => ({ append: () => undefined, close: () => undefined })), clock, (event) => event);
      await recorder.record({
        type: 'run.started', journal: 1, version: '0', run: database, mode: 'rehearsal', guide: { id: graph.guide.id, title: graph.guide.title, path: graph.guide.path, sha256: graph.guide.sha256 },
        environment: 'rehearsal', protected: false, operator: 'mutants', host: 'here', privacy: 'full', ledger: true, salt: '', window: null, steps: {}, rehearsal: null,
      });
      await recorder.record({ type: 'target.identified', target: identity });
      const operator = new HeadlessOperator(graph, { answers: noAnswers, yes: true, confirm: null, rollback: 'manual', operator: 'mutants', rehearsal: true });
      const walker = new Walker({
        graph, recorder, values: new Values({}), mode: 'rehearsal', ledger: true, approvals: 0, cwd: process.cwd(), checkIdentity: false, journalQuestions: false, shown: { text: (text) => text, said: (text) => text }, live: () => undefined,
        ports: { target, shell: shellPort(process.env, {}), operator, clock, random: { uuid: randomUUID } },
      });
      return { failed: await fails(walker, stopAfter), state: recorder.state };
    } finally {
      await target.close();
    }
  }

  private async inCopy<T>(work: (database: string) => Promise<T>): Promise<T> {
    this.count += 1;
    const database = `${this.template}_${this.count}`;
    await this.administer(`CREATE DATABASE ${database} TEMPLATE ${this.template}`);
    try {
      return await work(database);
    } finally {
      await this.administer(`DROP DATABASE ${database} WITH (FORCE)`);
    }
  }

  private async administer(sql: string): Promise<void> {
    await this.ask('postgres', sql);
  }

  private async ask(database: string, sql: string): Promise<string[][]> {
    const session = await Session.open(await resolveConnection({ url: withDatabase(this.url, database), env: {} }), 'deploy-wizard mutants');
    try {
      return (await session.client.query<string[]>({ text: sql, rowMode: 'array' })).rows;
    } finally {
      await session.close();
    }
  }
}

async function fails(walker: Walker, stopAfter: string | undefined): Promise<boolean> {
  try {
    return (await walkForward(walker, { pass: 'forward', pastFailures: false, ...(stopAfter === undefined ? {} : { stopAfter }) })).failed;
  } catch (error) {
    if (error instanceof Leave || error instanceof ProblemError) return true;
    throw error;
  }
}

/** The first step that failed and what it says. */
function reasonOf(state: RunState): string {
  const step = Object.values(state.passes.forward ?? {}).find((one) => one.verdict === 'failed');
  return step ? `${step.id}: ${step.problem?.what ?? messageOf(step.reason)}` : '';
}
