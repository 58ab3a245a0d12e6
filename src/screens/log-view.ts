import type { RunState } from '../engine/state.js';
import type { Graph } from '../graph/graph.js';
import { logMarkdown } from '../log/markdown.js';
import { paragraph, type Line } from './line.js';

let last: { state: RunState; width: number; lines: Line[] } | null = null;

/** The filled log as it stands now. Written anew only when the run went on. */
export function logLines(graph: Graph, state: RunState, width: number): Line[] {
  if (last?.state !== state || last.width !== width) {
    const lines = logMarkdown(state, graph).split('\n').flatMap((text) => paragraph(text, width, text.startsWith('#') ? 'key' : /^(```|\|[ -]+\|)/.test(text) ? 'muted' : 'plain'));
    last = { state, width, lines };
  }
  return last.lines;
}
