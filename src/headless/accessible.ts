import { createInterface } from 'node:readline/promises';
import type { Graph } from '../graph/graph.js';
import type { Operator } from '../engine/ports.js';
import type { Recorder } from '../engine/recorder.js';
import type { Walker } from '../engine/walker.js';
import { failureChoices, type Answer, type Question } from '../steps/question.js';
import { visible } from '../text/sanitise.js';
import { stepState } from '../engine/state.js';
import { linesFor } from './lines.js';
import { typeable } from '../text/program-name.js';

/** Reads one line from the person; a port for tests. */
export interface LineReader { line(prompt: string): Promise<string>; close(): void }

function terminalReader(): LineReader {
  const reader = createInterface({ input: process.stdin, output: process.stdout });
  return { line: (prompt) => reader.question(prompt), close: () => reader.close() };
}

/**
 * Append-only lines and numbered choices: no cursor movement, no redraw, for
 * screen readers and dumb terminals.
 */
export function accessibleFrontEnd(graph: Graph, operator: string, reader: LineReader = terminalReader(), write = (text: string): void => { process.stdout.write(text); }): {
  interactive: true; operator: Operator; attach(recorder: Recorder, walker: Walker): void; live(step: string, text: string): void; stop(): void; close(): Promise<void>;
} {
  let recorder: Recorder | null = null;
  const say = (text: string): void => write(`${visible(text, { keepNewlines: true })}\n`);
  return {
    interactive: true,
    operator: { ask: (question) => askByLines(question, { graph, operator, say, reader, recorder: () => recorder }) },
    attach(of) {
      recorder = of;
      of.listen((event, state) => linesFor(event, state, graph).forEach((line) => write(`${line}\n`)));
    },
    live: (_step, text) => write(visible(text, { keepNewlines: true })),
    stop: () => reader.close(),
    close: async () => reader.close(),
  };
}

interface Asking { graph: Graph; operator: string; say(text: string): void; reader: LineReader; recorder(): Recorder | null }

interface Option { name: string; answer: () => Promise<Answer | null> }

async function askByLines(question: Question, asking: Asking): Promise<Answer> {
  for (;;) {
    const options = optionsFor(question, asking);
    describe(question, asking);
    options.forEach((option, index) => asking.say(`  ${index + 1}. ${option.name}`));
    const typed = (await asking.reader.line('Number: ')).trim();
    const chosen = options[Number(typed) - 1];
    if (!chosen) { asking.say(`"${typed}" is not one of 1 to ${options.length}.`); continue; }
    const answer = await chosen.answer();
    if (answer) return answer;
  }
}

function describe(question: Question, { graph, say, recorder }: Asking): void {
  const step = 'step' in question ? graph.steps.find((one) => one.id === question.step) : undefined;
  say('');
  if (step) say(`Step ${step.title} (line ${step.line})`);
  // What the guide says of the step is said once, before anything of it is done.
  const state = recorder()?.state;
  const begun = step !== undefined && state !== undefined && Object.keys(stepState(state, state.pass, step.id).items).length > 0;
  if (step && step.context !== '' && !begun && ['go', 'manual', 'approval', 'checklist', 'input'].includes(question.kind)) say(step.context);
  switch (question.kind) {
    case 'target': say(`${question.goesOn === 'rollback' ? 'Roll back a run. ' : question.goesOn === 'resume' ? 'Go on with a run. ' : ''}Environment ${question.environment}${question.protected ? ', PROTECTED' : ''}: ${question.summary.join(', ')}. Is this the right database?`); return;
    case 'go':
      if (step?.kind === 'sql') step.statements.forEach((statement) => say(statement.sql));
      say(question.what === 'shell' ? `Run this command?\n${question.text}` : 'Run it?');
      return;
    case 'failure': say(`FAILED: ${question.text}`); question.remedies.forEach((one) => say(`  try: ${typeable(one)}`)); return;
    case 'rollback':
      say(`Roll back: ${question.text}`);
      question.plan.forEach((part) => say(`  ${part.step} undoes ${part.reverts.join(', ') || 'all'}`));
      question.uncovered.forEach((id) => say(`  NOT undone by the guide: ${id}`));
      question.triggers.forEach((one) => say(`  rollback if: ${one}`));
      return;
    case 'verdict': say(`${question.text}\n  measured: ${question.actual}`); return;
    case 'parameter': say(`${question.text} (${question.name}, ${question.type})${question.problem ? `: ${question.problem}` : ''}`); return;
    case 'checklist': return;
    case 'input':
    case 'log-field': say(`${question.label}${question.unit ? ` (${question.unit})` : ''}`); return;
    case 'choice':
    case 'manual':
    case 'approval':
    case 'window': say(question.text);
  }
}

function optionsFor(question: Question, { graph, operator, reader, recorder, say }: Asking): Option[] {
  const line = async (prompt: string): Promise<string> => (await reader.line(`${prompt}: `)).trim();
  const now = (name: string, answer: Answer): Option => ({ name, answer: async () => answer });
  const reasoned = (name: string, make: (reason: string) => Answer): Option => ({ name, answer: async () => {
    const reason = await line('Reason');
    if (reason === '') say('A reason is needed.');
    return reason === '' ? null : make(reason);
  } });
  const skip = reasoned('Skip the step, with a reason', (reason) => ({ kind: 'skip', reason }));
  const common: Option[] = [
    { name: 'Add a note', answer: async () => ({ kind: 'note', text: await line('Note') }) },
    now((recorder()?.state.mode ?? 'run') === 'run' ? 'Pause and leave' : 'End it here', { kind: 'pause' }),
  ];
  const value = (prompt: string, suggestion: string | null): Option => ({ name: suggestion === null ? 'Give the value' : `Give the value (empty: ${suggestion})`, answer: async () => {
    const typed = await line(prompt);
    return typed === '' && suggestion === null ? null : { kind: 'value', value: typed === '' ? suggestion ?? '' : typed };
  } });
  switch (question.kind) {
    case 'target': return [question.protected ? { name: 'Type the database\'s name', answer: async () => {
      const typed = await line('Database');
      if (typed !== question.database) { say(`"${typed}" is not the name of this database.`); return null; }
      return { kind: 'confirm', typed };
    } } : now('Yes, go on', { kind: 'confirm', typed: question.database }), now('No, leave', { kind: 'pause' })];
    case 'parameter': return [value(question.name, question.suggestion), ...common];
    case 'choice': return [...question.options.map((one) => now(one.title, { kind: 'option', option: one.option })), ...common];
    case 'go': return [now('Run', { kind: 'go' }), skip, ...common];
    case 'checklist': {
      const step = graph.steps.find((one) => one.id === question.step);
      const state = recorder()?.state;
      const ticked = state ? stepState(state, state.pass, question.step).items : {};
      const open = (step?.items ?? []).map((item, index) => ({ item, index })).filter(({ index }) => !ticked[index]?.ticked);
      return [...open.map(({ item, index }) => now(`Tick: ${item.text}`, { kind: 'tick', item: index, ticked: true, note: null })), skip, ...common];
    }
    case 'input': return [value(question.label, question.suggestion ?? null), now('Leave blank', { kind: 'blank' }), skip, ...common];
    case 'log-field': return [...(question.boxes?.map((box) => now(box, { kind: 'value', value: box })) ?? [value(question.label, null)]), now('Leave blank', { kind: 'blank' })];
    case 'verdict':
    case 'manual': return [
      now('It holds', { kind: 'verdict', verdict: 'passed', reason: null }),
      reasoned('It does not hold, with a reason', (reason) => ({ kind: 'verdict', verdict: 'failed', reason })),
      reasoned('Accept it all the same, with a reason', (reason) => ({ kind: 'verdict', verdict: 'waived', reason })),
      ...(question.kind === 'manual' ? [skip] : []), ...common,
    ];
    case 'approval': return [{ name: `Approve (your name; empty: ${operator})`, answer: async () => ({ kind: 'approve', name: (await line('Name')) || operator }) }, skip, ...common];
    case 'failure': return failureChoices.flatMap((choice) => {
      const entry = question.choices.find((one) => one.choice === choice);
      if (!entry || entry.refused !== null) return [];
      const needsReason = choice === 'tolerate' || choice === 'skip';
      return [needsReason ? reasoned(`${choice}: ${entry.does}`, (reason) => ({ kind: 'failure', choice, reason })) : now(`${choice}: ${entry.does}`, { kind: 'failure', choice, reason: null })];
    });
    case 'rollback': return [now('Roll back now', { kind: 'go' }), ...(question.back ? [now('No, back to what was asked', { kind: 'back' })] : []), ...common];
    case 'window': return [now('Go on', { kind: 'go' }), now('Roll back', { kind: 'rollback' }), ...common];
  }
}
