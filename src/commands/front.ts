import type { Graph } from '../graph/graph.js';
import type { RunFlags } from './flags.js';
import type { FrontEnd } from './front-end.js';

/** Whether a person can be asked here: a terminal on both ends, and nothing said otherwise. */
export function interactive(flags: RunFlags): boolean {
  if (flags.headless || flags.json) return false;
  return Boolean(process.stdin.isTTY && process.stdout.isTTY) && process.env.TERM !== 'dumb';
}

export interface FrontSettings {
  rollback: 'automatic' | 'manual';
  operator: string;
  rehearsal: boolean;
  window: { start: string; end: string } | null;
}

/** The front end that flags and terminal ask for: screens, numbered lines, or headless. */
export async function frontEndFor(graph: Graph, flags: RunFlags, settings: FrontSettings): Promise<FrontEnd> {
  if (interactive(flags)) {
    if (flags.accessible || process.env.ACCESSIBLE) {
      const { accessibleFrontEnd } = await import('../headless/accessible.js');
      return accessibleFrontEnd(graph, settings.operator);
    }
    const { screenFrontEnd } = await import('./screen-front-end.js');
    return screenFrontEnd(graph);
  }
  const [{ noAnswers, readAnswers }, { HeadlessOperator }] = await Promise.all([import('../headless/answers.js'), import('../headless/operator.js')]);
  const answers = flags.answers ? await readAnswers(flags.answers) : noAnswers;
  const operator = new HeadlessOperator(graph, {
    answers, yes: flags.yes ?? false, confirm: flags.confirm ?? null, rollback: settings.rollback, operator: settings.operator, rehearsal: settings.rehearsal,
  });
  const { headlessFrontEnd } = await import('./front-end.js');
  return headlessFrontEnd(graph, operator, flags.json ?? false, process);
}
