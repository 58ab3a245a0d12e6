import { parametersOfShell } from '../graph/fill.js';
import type { Graph, Parameter, Step } from '../graph/graph.js';
import type { Answer, Question } from '../steps/question.js';
import { EXIT, ProblemError } from '../text/problem.js';
import type { Target } from './ports.js';
import { takenEffect } from './changed.js';
import type { Recorder } from './recorder.js';
import type { RunState } from './state.js';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** Why a text is not a value of a parameter's type, or null when it is one. */
export function typeProblem(type: Parameter['type'], value: string): string | null {
  switch (type) {
    case 'uuid': return UUID.test(value) ? null : 'a UUID is wanted, such as 123e4567-e89b-12d3-a456-426614174000';
    case 'email': return /^[^\s@]+@[^\s@]+$/.test(value) ? null : 'an e-mail address is wanted';
    case 'integer': return /^[+-]?\d+$/.test(value) ? null : 'a whole number is wanted';
    case 'boolean': return /^(true|false|t|f|yes|no|on|off)$/i.test(value) ? null : 'true or false is wanted';
    case 'timestamp': return Number.isNaN(Date.parse(value)) ? 'a time is wanted, such as 2026-01-31 02:00Z' : null;
    case 'text': return null;
  }
}

/** Values that what was applied or carried out so far was filled with. */
export function settledValues(graph: Graph, { passes }: RunState): Set<string> {
  return new Set(Object.values(passes).flatMap((steps) => graph.steps.filter(({ id }) => steps[id] !== undefined && takenEffect(steps[id]) !== null).flatMap(valuesOf)));
}

/** Names of the values that a step is filled with. */
export function valuesOf(step: Step): string[] {
  return [...step.statements.flatMap((statement) => statement.parameters), ...parametersOfShell(step.shell ?? '')];
}

/** What stands where a secret value is shown. */
const SECRET = '•••';

/** A plain document's `<test-user-id>`: the account that has been there longest, where there are accounts. */
const SOME_USER = 'SELECT id FROM auth.users ORDER BY created_at, id LIMIT 1';

interface Needing { graph: Graph; recorder: Recorder; ask(question: Question): Promise<Answer>; target: Target; mask(text: string): string }

/**
 * Parameters and captured values of a run, in memory: the journal holds
 * masked values only, so secrets are asked again after a resume.
 */
export class Values {
  private readonly values = new Map<string, string | null>();
  private readonly secrets = new Set<string>();
  /** Values to be asked again, which are then what is suggested. */
  private readonly doubted = new Map<string, string>();

  /** `given`: from `--param` and the answers file. `secretValues`: texts to mask from the start, such as the password of the connection. */
  constructor(private readonly given: Readonly<Record<string, string>>, secretValues: readonly string[] = []) {
    for (const secret of secretValues) this.hide(secret);
  }

  all(): Readonly<Record<string, string | null>> {
    return Object.fromEntries(this.values);
  }

  capture(name: string, value: string | null): void {
    this.values.set(name, value);
  }

  /**
   * Values of an earlier process of this run. One that is given anew replaces what was known, but not where something
   * was applied with it (`settled`): half of a run would then have another. Throws a ProblemError (exit 3).
   */
  restore(values: Readonly<Record<string, string | null>>, settled: ReadonlySet<string> = new Set()): void {
    for (const [name, value] of Object.entries(values)) {
      const given = this.given[name];
      if (given === undefined || given === value) { this.values.set(name, value); continue; }
      if (settled.has(name)) throw new ProblemError({ code: 'value-settled', what: `The run has applied steps with ${name} = ${value ?? 'nothing'}; it cannot go on with another value.`, where: `--param ${name}`, remedy: `Leave out --param ${name}, or begin a new run.` }, EXIT.refused);
    }
  }

  /** A step that used these failed: what a person typed may have been the cause, and is asked again. */
  reconsider(names: Iterable<string>): void {
    for (const name of names) {
      const value = this.values.get(name);
      if (value == null) continue;
      this.doubted.set(name, value);
      this.values.delete(name);
    }
  }

  secretValues(): string[] {
    return [...this.secrets];
  }

  private hide(secret: string): void {
    if (secret.length >= 3) this.secrets.add(secret);
  }

  /** Makes sure that each name has a value: given, default, suggested by its query, or asked. */
  async need(names: readonly string[], how: Needing): Promise<void> {
    for (const name of new Set(names)) {
      if (!this.values.has(name)) await this.obtain(name, how);
    }
  }

  private async obtain(name: string, how: Needing): Promise<void> {
    const parameter = how.graph.parameters.find((one) => one.name === name);
    const given = this.given[name];
    if (!parameter && given === undefined) {
      throw new ProblemError({ code: 'value-missing', what: `The value ${name} is used before it is known.`, remedy: `Declare it under parameters, or capture it in an earlier step. Where an earlier process captured it and the journal holds it masked only: --param ${name}=VALUE.` }, EXIT.stopped);
    }
    const type = parameter?.type ?? 'text';
    if (given !== undefined) {
      const problem = typeProblem(type, given);
      if (problem) throw new ProblemError({ code: 'value-mistyped', what: `The value of ${name} does not fit: ${problem}.`, where: `--param ${name}` }, EXIT.usage);
      return this.set(name, given, parameter?.secret ?? false, 'flag', how);
    }
    const query = parameter?.from ?? (type === 'uuid' && /user/i.test(name) ? SOME_USER : null);
    const suggestion = this.doubted.get(name) ?? parameter?.default ?? (query ? await suggested(query, how.target) : null);
    const secret = parameter?.secret ?? false;
    // Taken as it was shown, the masked suggestion means the value behind it.
    const shown = suggestion === null ? null : secret ? SECRET : how.mask(suggestion);
    let problem: string | null = null;
    for (;;) {
      const answer = await how.ask({ kind: 'parameter', name, type, text: parameter?.ask ?? parameter?.placeholder ?? name, suggestion: shown, secret, problem });
      if (answer.kind !== 'value') continue;
      const value = answer.value === shown && suggestion !== null ? suggestion : answer.value;
      problem = typeProblem(type, value);
      if (problem === null) return this.set(name, value, secret, 'asked', how);
    }
  }

  private async set(name: string, value: string, secret: boolean, origin: 'flag' | 'asked', how: Needing): Promise<void> {
    if (secret) this.hide(value);
    this.values.set(name, value);
    await how.recorder.record({ type: 'parameter.set', name, value: secret ? SECRET : value, secret, origin, by: how.recorder.state.operator });
  }
}

/** First value of a parameter's `from` query; null where it gives none or fails. */
async function suggested(sql: string, target: Target): Promise<string | null> {
  try {
    return (await target.query(sql)).rows[0]?.[0] ?? null;
  } catch {
    return null;
  }
}
