import type { Graph } from '../graph/graph.js';
import type { Operator } from '../engine/ports.js';
import type { Answer, Question } from '../steps/question.js';
import { EXIT, never, ProblemError } from '../text/problem.js';
import type { Answers } from './answers.js';
import { approverByYes, UNSEEN } from '../log/unseen.js';

export interface HeadlessPolicy {
  answers: Answers;
  /** Answer what has no other answer. */
  yes: boolean;
  /** Text of `--confirm`. */
  confirm: string | null;
  /** What to do at a failure. */
  rollback: 'automatic' | 'manual';
  operator: string;
  /** A rehearsal may make up values of a type, on a throw-away database. */
  rehearsal: boolean;
}

const SAMPLES: Record<string, string> = {
  text: 'sample', email: 'rehearsal@example.com', uuid: '00000000-0000-4000-8000-000000000001', integer: '1', boolean: 'true', timestamp: '2026-01-01T00:00:00Z',
};

/** Answers questions without a person: from the answers file, then `--yes`; else it stops the run (exit 4). */
export class HeadlessOperator implements Operator {
  private readonly ticks = new Map<string, number>();
  private readonly approvals = new Map<string, number>();

  constructor(private readonly graph: Graph, private readonly policy: HeadlessPolicy) {}

  async ask(question: Question): Promise<Answer> {
    const { answers, yes } = this.policy;
    if ('step' in question && question.kind !== 'failure') {
      const reason = answers.skip[question.step];
      if (reason !== undefined && question.kind !== 'verdict') return { kind: 'skip', reason };
    }
    switch (question.kind) {
      case 'target': return this.target(question);
      case 'parameter': return this.parameter(question);
      case 'choice': return this.choice(question);
      case 'go': {
        if (question.what !== 'shell' || answers.shell[question.step] === true || (yes && answers.shell[question.step] === undefined)) return { kind: 'go' };
        if (answers.shell[question.step] === false) return { kind: 'skip', reason: 'left out by the answers file' };
        return this.stop(question.step, `The command "${question.text.split('\n')[0] ?? ''}" needs a go-ahead.`, `shell: { ${question.step}: true }`);
      }
      case 'checklist': return this.tick(question.step);
      case 'input': return this.field(question);
      case 'verdict': return this.verdict(question.step, question.expectation, question.text, question.computed);
      case 'manual': return this.verdict(question.step, 0, question.text);
      case 'approval': return this.approve(question.step, question.text);
      case 'failure': return { kind: 'failure', choice: this.policy.rollback === 'automatic' && !question.choices.find((one) => one.choice === 'rollback')?.refused ? 'rollback' : 'abort', reason: question.text };
      case 'rollback': return { kind: 'go' };
      case 'log-field': {
        const value = answers.log[question.label];
        return value === undefined ? { kind: 'blank' } : { kind: 'value', value };
      }
      case 'window': return { kind: 'go' };
      default: return never(question);
    }
  }

  private target(question: Extract<Question, { kind: 'target' }>): Answer {
    if (!question.protected) return { kind: 'confirm', typed: question.database };
    if (this.policy.confirm === question.database) return { kind: 'confirm', typed: question.database };
    throw new ProblemError({
      code: 'target-not-confirmed',
      what: this.policy.confirm === null ? `The environment ${question.environment} is protected: the database's name has to be confirmed.` : `--confirm says ${this.policy.confirm}, but this database is ${question.database}.`,
      where: question.summary.join(', '), remedy: `If this is the right database: --confirm ${question.database}`,
    }, EXIT.refused);
  }

  private parameter(question: Extract<Question, { kind: 'parameter' }>): Answer {
    const given = this.policy.answers.parameters[question.name];
    if (question.problem !== null) throw new ProblemError({ code: 'value-mistyped', what: `The value of ${question.name} does not fit: ${question.problem}.`, where: `parameter ${question.name}` }, EXIT.usage);
    if (given !== undefined) return { kind: 'value', value: given };
    if (question.suggestion !== null) return { kind: 'value', value: question.suggestion };
    if (this.policy.yes && this.policy.rehearsal) return { kind: 'value', value: SAMPLES[question.type] ?? 'sample' };
    return this.stop(`parameter ${question.name}`, `The parameter ${question.name} has no value (${question.text}).`, `parameters: { ${question.name}: … }  or  --param ${question.name}=…`);
  }

  private choice(question: Extract<Question, { kind: 'choice' }>): Answer {
    const named = this.policy.answers.choices[question.group] ?? this.policy.answers.choices[question.group.replace(/^optional:/, '')];
    const option = question.options.find((one) => one.option === named || one.title === named) ?? (named === undefined && (this.policy.yes || question.group.startsWith('optional:')) ? question.options[0] : undefined);
    if (option) return { kind: 'option', option: option.option };
    return this.stop(question.group, `A choice is open: ${question.options.map((one) => one.option).join(' or ')}.`, `choices: { ${question.group}: ${question.options[0]?.option ?? '…'} }`);
  }

  private tick(id: string): Answer {
    const step = this.graph.steps.find((one) => one.id === id);
    const index = this.ticks.get(id) ?? 0;
    const item = step?.items[index];
    if (!step || !item) return this.stop(id, 'The checklist still has open items.', `items: { ${id}: true }`);
    const given = this.policy.answers.items[id];
    const told = given === undefined ? undefined : typeof given === 'boolean' ? given : Array.isArray(given) ? given[index] : given[String(index + 1)] ?? given[item.text];
    if (told !== true && !(told === undefined && this.policy.yes)) {
      return this.stop(`${id}, line ${item.line}`, `The item "${item.text}" is not ticked.`, `items: { ${id}: true }`);
    }
    this.ticks.set(id, index + 1);
    const note = this.policy.answers.notes[id] ?? null;
    return { kind: 'tick', item: index, ticked: true, note: told === true ? note : note === null ? UNSEEN : `${note} (${UNSEEN})` };
  }

  private field(question: Extract<Question, { kind: 'input' }>): Answer {
    const given = this.policy.answers.fields[question.step];
    const value = given === undefined ? undefined : typeof given === 'string' ? given : Array.isArray(given) ? given[question.field] : given[question.label] ?? given[String(question.field + 1)];
    if (value !== undefined) return { kind: 'value', value };
    if (question.suggestion) return { kind: 'value', value: question.suggestion };
    if (this.policy.yes) return { kind: 'blank' };
    return this.stop(question.step, `The field "${question.label}" is not filled.`, `fields: { ${question.step}: { "${question.label}": … } }`);
  }

  /** Under `--yes` a figure that could be computed decides; nobody waives what is plainly wrong. */
  private verdict(step: string, index: number, text: string, computed?: 'passed' | 'failed'): Answer {
    const given = this.policy.answers.operator[step];
    const verdict = given === undefined ? undefined : Array.isArray(given) ? given[index] : 'verdict' in given && typeof given.verdict === 'string' ? (given as { verdict: 'passed' | 'failed' | 'waived'; reason: string | null }) : (given as Record<string, { verdict: 'passed' | 'failed' | 'waived'; reason: string | null }>)[String(index + 1)];
    if (verdict) return { kind: 'verdict', ...verdict };
    if (this.policy.yes && computed) return { kind: 'verdict', verdict: computed, reason: 'by the earlier figure: --yes' };
    if (this.policy.yes) return { kind: 'verdict', verdict: 'waived', reason: 'nobody judged it: --yes' };
    return this.stop(step, `A person has to judge: ${text}`, `operator: { ${step}: passed }`);
  }

  private approve(step: string, text: string): Answer {
    const given = this.policy.answers.approvals[step];
    const names = given === undefined ? [] : Array.isArray(given) ? given : [given];
    const index = this.approvals.get(step) ?? 0;
    this.approvals.set(step, index + 1);
    const name = names[index] ?? (this.policy.yes ? approverByYes(this.policy.operator, index) : undefined);
    if (name !== undefined) return { kind: 'approve', name };
    return this.stop(step, `An approval is open: ${text}`, `approvals: { ${step}: … }`);
  }

  private stop(where: string, what: string, answer: string): never {
    throw new ProblemError({ code: 'answer-missing', what, where, remedy: `Give it in the answers file (${answer}), or ${this.policy.rehearsal ? 'rehearse' : 'go on'} in a terminal${this.policy.rehearsal ? '' : ' with deploy-wizard resume'}.` }, EXIT.stopped);
  }
}
