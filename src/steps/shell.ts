import type { Measured } from '../assertions/assertion.js';
import { fillShell, parametersOfShell } from '../graph/fill.js';
import { showOnly } from './shared/dry-run.js';
import { askVerdicts, judge, parametersOfExpectations } from './shared/judge.js';
import { outcome, skipped, toResult } from './shared/result.js';
import type { StepContext, StepHandler } from './step.js';

/** A `shell` step: asks first, always; then runs, judged by its exit code and output. */
export const shellStep: StepHandler = {
  async perform(context) {
    const { step } = context;
    const written = step.shell ?? '';
    if (context.mode === 'dry-run') return showOnly(context, [{ text: written, command: 'sh' }], 'dry run: a command is shown, not executed');
    await context.needValues([...parametersOfExpectations(step), ...parametersOfShell(written), ...declaredIn(written, context.graph.parameters.map((one) => one.name))]);
    const filled = fillShell(written, context.values());
    const asked = context.mask(filled);
    const answer = await context.ask({ kind: 'go', step: step.id, what: 'shell', text: asked });
    if (answer.kind === 'skip') return skipped(context, answer.reason);
    const { command, terminal = false } = answer.kind === 'go' ? answer : {};
    // A masked text was shown for editing: sent back, the mask would run instead of the secret.
    if (command !== undefined && asked !== filled) return outcome('failed', { problem: { code: 'command-masked', what: 'The command holds a secret and cannot be modified.', where: `step ${step.id}, line ${step.line}`, remedy: 'Modify it in the guide, then retry.' } });
    const script = command ?? filled;
    if (command !== undefined) await context.record({ type: 'deviation', what: 'command modified', reason: `instead of: ${asked}`, by: context.operator });
    await context.stillOurs();
    await context.record({ type: 'command.started' });
    const live = wholeLines(context);
    const result = await context.shell.perform(script, { environment: environmentFor(script, context.values()), cwd: context.cwd, timeoutMs: step.timeoutMs, output: live.add, ...(terminal ? { terminal } : {}) });
    live.end();
    const measured: Measured = {
      kind: 'shell', columns: [], types: [], rows: [], rowCount: null, truncated: false, affected: null, command: script.trim().split(/\s+/)[0] ?? 'sh',
      durationMs: result.durationMs, error: null, notices: [], output: result.output, exitCode: result.exitCode,
    };
    await context.record({ type: 'statement.finished', result: toResult(0, script, measured, { tolerated: false, locks: [], rewrites: [] }) });
    const judged = await judge(context, new Map([[0, measured]]), async () => ({ refused: 'a command has no database to ask' }));
    if (!step.expectations.some((one) => one.assertion.type === 'exit') && result.exitCode !== 0) {
      judged.failed.push(result.cancelled ? 'the command was cancelled' : `exit code 0 expected, got ${result.exitCode ?? 'none'}`);
    }
    const { failed, waived } = await askVerdicts(context, judged);
    if (failed.length > 0) {
      return outcome('failed', { reason: failed[0] ?? null, problem: { code: 'command-failed', what: failed.join('; '), where: `step ${step.id}, line ${step.line}`, remedy: 'Read its output, mend the cause, then retry.' } });
    }
    return outcome(waived ? 'waived' : 'passed');
  },
};

/** Shows output line by line: only a whole line can be masked, for a secret may come in two chunks. */
function wholeLines(context: StepContext): { add(chunk: string): void; end(): void } {
  let held = '';
  const show = (text: string): void => { if (text !== '') context.live(text); };
  return {
    add(chunk) {
      const cut = chunk.lastIndexOf('\n') + 1;
      if (cut === 0) { held += chunk; return; }
      show(held + chunk.slice(0, cut));
      held = chunk.slice(cut);
    },
    end() { show(held); },
  };
}

/** The guide's declared parameters that the script names; other names are the shell's own. */
function declaredIn(script: string, declared: readonly string[]): string[] {
  const named = [...script.matchAll(/\$\{?([A-Za-z_]\w*)/g)].flatMap(([, name]) => (name === undefined ? [] : [name, name.toLowerCase()]));
  return declared.filter((name) => named.includes(name));
}

/** Only the parameters that the script names (`$NAME`, `${NAME}`) reach its environment, upper or as written. */
function environmentFor(script: string, values: Readonly<Record<string, string | null>>): Record<string, string> {
  const environment: Record<string, string> = {};
  for (const [, name] of script.matchAll(/\$\{?([A-Za-z_]\w*)/g)) {
    const value = values[name ?? ''] ?? values[(name ?? '').toLowerCase()];
    if (name !== undefined && value !== undefined && value !== null) environment[name] = value;
  }
  return environment;
}
