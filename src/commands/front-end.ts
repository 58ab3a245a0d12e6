import type { Graph } from '../graph/graph.js';
import type { Operator } from '../engine/ports.js';
import type { Recorder } from '../engine/recorder.js';
import type { Walker } from '../engine/walker.js';
import { linesFor } from '../headless/lines.js';
import { visible } from '../text/sanitise.js';

/** What shows a run and answers its questions: screens, plain lines, JSON lines. */
export interface FrontEnd {
  interactive: boolean;
  operator: Operator;
  attach(recorder: Recorder, walker: Walker): void;
  /** Output of a running command. */
  live(step: string, text: string): void;
  /** Frees the terminal for a command that wants it for itself, where a screen holds it. */
  handOver?(work: () => Promise<void>): Promise<void>;
  /** The first ctrl-c, where no screen tells of it: the run ends after the statement that runs. */
  stopping?(): void;
  /** A signal wants us gone: what is still asked is left open, the screen comes down. */
  stop(): void;
  /** Takes the screen down, if there is one. */
  close(): Promise<void>;
}

export interface Streams { stdout: NodeJS.WritableStream; stderr: NodeJS.WritableStream }

/** Lines for people on stderr, or one JSON event per line on stdout. */
export function headlessFrontEnd(graph: Graph, operator: Operator, json: boolean, streams: Streams): FrontEnd {
  return {
    interactive: false,
    operator,
    attach(recorder) {
      recorder.listen((event, state) => {
        if (json) streams.stdout.write(`${JSON.stringify(event)}\n`);
        else for (const line of linesFor(event, state, graph)) streams.stderr.write(`${line}\n`);
      });
    },
    live(_step, text) {
      if (!json) streams.stderr.write(visible(text, { keepNewlines: true }));
    },
    stopping() {
      streams.stderr.write('Stopping after the statement that runs; ctrl-c once more cancels it.\n');
    },
    stop: () => undefined,
    close: async () => undefined,
  };
}
