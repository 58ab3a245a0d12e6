import type { Guide } from '../guide/draft.js';
import { nearest } from '../text/nearest.js';
import type { Graph, Step } from './graph.js';

/** Judges the built graph: errors that must stop a run before anything is touched, and warnings for the reviewer. */
export function checkGraph(guide: Guide, graph: Graph): void {
  const { remarks } = guide;
  const byId = new Map(graph.steps.map((step) => [step.id, step]));
  const ids = [...byId.keys()];
  const order = new Map(graph.steps.map((step, index) => [step.id, index]));
  let looked = 0;
  const unknown = (step: Step, id: string, what: string) => {
    // A guide with so many wrong names has another fault than spelling.
    const near = looked < 50 ? nearest(id, ids) : null;
    looked += 1;
    remarks.error('edge-to-nowhere', `${what} names \`${id}\`, which is no step`, { line: step.line }, near ? `did you mean \`${near}\`?` : null);
  };
  const cyclic = findCycle(graph.steps);
  if (cyclic.length > 0) remarks.error('cycle', `these steps need each other: ${cyclic.join(' → ')}`, { line: byId.get(cyclic[0] ?? '')?.line ?? 1 }, 'remove one of the `needs`');
  for (const step of graph.steps) {
    for (const need of step.needs) {
      const target = byId.get(need);
      if (!target) unknown(step, need, '`needs`');
      else if (step.role !== 'rollback' && target.role === 'rollback') remarks.error('unreachable', `\`${step.id}\` needs \`${need}\`, a rollback step, which never runs on the way`, { line: step.line });
      else if (cyclic.length === 0 && (order.get(need) ?? 0) > (order.get(step.id) ?? 0)) remarks.error('unreachable', `\`${step.id}\` needs \`${need}\`, which comes after it`, { line: step.line }, 'move the step, or drop the need');
    }
    if (!['stop', 'rollback', 'continue'].includes(step.onFail) && !byId.has(step.onFail)) unknown(step, step.onFail, '`on-fail`');
    checkWhen(guide, graph, step, byId, order, unknown);
    checkStatements(guide, step);
    for (const [index, one] of step.expectations.entries()) {
      // Of one wording that is said of several statements, or asks for several things, the author is told once.
      if (one.source === 'operator' && step.kind !== 'operator' && step.expectations.findIndex((other) => other.source === 'operator' && other.line === one.line) === index) remarks.warning('left-to-operator', 'this expectation could not be read; the operator is asked', { line: one.line }, 'write it in an `expect` fence after the step');
    }
  }
  if (!graph.steps.some((step) => step.role !== 'rollback') && !remarks.list.some((one) => one.severity === 'error')) {
    const back = graph.steps.length > 0;
    remarks.error('no-steps', back ? 'all that this document holds is a rollback: nothing could pass' : 'nothing in this document is a step: nothing could pass', { line: 1 }, back ? 'where the rollback is the work itself, title it by what it does, or give its fences `role=deploy`; else put it below the guide that it undoes' : 'a step is a checklist, a `sql` or `sh` fence, or a form to fill in; docs/guide-language.md shows each');
  }
  const undone = new Set(graph.rollback.flatMap((part) => part.reverts));
  for (const step of graph.steps) {
    if (step.role === 'rollback' || step.discard || !step.statements.some((one) => one.writes) || undone.has(step.id)) continue;
    remarks.warning('no-rollback', `\`${step.title}\` writes and nothing undoes it`, { line: step.line }, wayBackFor(step, graph));
  }
  checkRollback(guide, graph);
}

/** What to write so that a step can be undone: into the Rollback section that says it in prose, else into one of its own. */
function wayBackFor(step: Step, graph: Graph): string {
  const fence = `\`\`\`sql reverts=${step.id}`;
  const inProse = graph.rollback.some((part) => part.statements.length > 0) ? undefined : graph.asides.find((one) => one.role === 'rollback' && !graph.rollback.some((part) => part.line >= one.line && part.line <= one.endLine));
  if (inProse) return `the section "${inProse.title}" at line ${inProse.line} holds no \`sql\` or \`sh\` fence, and SQL in its text is not run: write what undoes the step there in a fence that begins ${fence}`;
  return `write what undoes it in a \`sql\` fence under \`## Rollback\`; it begins ${fence}`;
}

function checkWhen(guide: Guide, graph: Graph, step: Step, byId: Map<string, Step>, order: Map<string, number>, unknown: (step: Step, id: string, what: string) => void): void {
  if (step.when === null) return;
  const verdict = /^(\S+)\s+(passed|failed|skipped|warned)$/.exec(step.when);
  if (verdict) {
    const id = verdict[1] ?? '';
    if (!byId.has(id)) unknown(step, id, '`when`');
    else if ((order.get(id) ?? 0) >= (order.get(step.id) ?? 0) && step.role !== 'rollback') guide.remarks.error('unreachable', `\`${step.id}\` waits for \`${id}\`, which does not come before it`, { line: step.line });
    return;
  }
  const condition = /^([A-Za-z_]\w*)\s*(?:(=|!=|<=?|>=?)\s*(.+))?$/.exec(step.when);
  const name = condition?.[1] ?? '';
  const known = new Set([...graph.parameters.map((one) => one.name), ...graph.steps.flatMap((one) => one.capture)]);
  if (!condition) guide.remarks.error('bad-attribute', `\`when\`: \`${step.when}\` is no condition`, { line: step.line }, 'write "step-id failed" or "name = value"');
  else if (!known.has(name)) guide.remarks.error('parameter-without-value', `\`when\` asks for \`${name}\`, which nothing gives a value`, { line: step.line });
}

function checkStatements(guide: Guide, step: Step): void {
  for (const statement of step.statements) {
    const place = { line: statement.line, ...(statement.file === null ? {} : { file: statement.file }) };
    if (!statement.transactional && step.statements.length > 1) guide.remarks.warning('not-transactional', `${statement.command} runs outside a transaction: the step is not atomic`, place, 'give it a fence of its own');
    if (statement.sql.includes('\uFFFD') || statement.copyData?.includes('\uFFFD')) guide.remarks.error('encoding', `${statement.command} holds bytes that are no UTF-8 text: what would be written is not what was meant`, place, 'save the file in UTF-8');
    if (/^prepare\s+transaction\b/i.test(statement.sql)) guide.remarks.error('transaction-control', 'PREPARE TRANSACTION takes the step\'s transaction away from the wizard, and with it the proof that it committed', place, 'leave it out; the step commits by itself');
    if (!step.transaction && statement.transactional && (step.discard || step.as !== null || step.claims !== null)) guide.remarks.error('not-transactional', `\`transaction=off\` contradicts \`${step.discard ? 'discard' : step.as !== null ? 'as' : 'claims'}\`, which holds inside a transaction only`, place);
    if (!statement.transactional && (step.discard || step.as !== null || step.claims !== null)) guide.remarks.error('not-transactional', `${statement.command} cannot run inside a transaction, which \`${step.discard ? 'discard' : step.as !== null ? 'as' : 'claims'}\` needs`, place);
  }
  if (step.destructive && !step.discard && step.role !== 'rollback') guide.remarks.warning('destructive', `\`${step.title}\` destroys data on the way forward`, { line: step.line }, 'make sure of a backup before this step');
}

/** A rollback that drops what no step creates would harm what was there before. */
function checkRollback(guide: Guide, graph: Graph): void {
  const created = new Set(guide.drafts.filter((draft) => draft.role !== 'rollback').flatMap((draft) => draft.statements.flatMap((one) => one.creates)));
  const shell = guide.drafts.some((draft) => draft.shell !== null && draft.role === 'deploy');
  for (const draft of guide.drafts) {
    if (draft.role !== 'rollback') continue;
    for (const statement of draft.statements) {
      for (const name of statement.drops) {
        if (created.has(name) || shell || created.size === 0 || name.startsWith('rows ')) continue;
        guide.remarks.warning('rollback-drops-more', `the rollback drops ${name}, which no step of this guide creates`, { line: statement.line });
      }
    }
  }
  for (const part of graph.rollback) {
    if (part.reverts.length === 0 && !part.verifies && part.statements.length > 0) guide.remarks.warning('untied-rollback', 'this rollback could not be tied to a step', { line: part.line }, 'add reverts=<step id>');
  }
}

/** A cycle of `needs`, as ids along it; empty when there is none. Without recursion. */
function findCycle(steps: Step[]): string[] {
  const needs = new Map(steps.map((step) => [step.id, step.needs]));
  const state = new Map<string, 'open' | 'done'>();
  for (const start of needs.keys()) {
    const path: string[] = [];
    const stack: { id: string; leave: boolean }[] = [{ id: start, leave: false }];
    for (let top = stack.pop(); top; top = stack.pop()) {
      if (top.leave) {
        state.set(top.id, 'done');
        path.pop();
        continue;
      }
      if (state.get(top.id) === 'open') return [...path.slice(path.indexOf(top.id)), top.id];
      if (state.get(top.id) === 'done' || !needs.has(top.id)) continue;
      state.set(top.id, 'open');
      path.push(top.id);
      stack.push({ id: top.id, leave: true }, ...(needs.get(top.id) ?? []).map((id) => ({ id, leave: false })));
    }
  }
  return [];
}
