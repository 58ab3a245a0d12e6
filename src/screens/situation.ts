import type { QuestionKind } from '../steps/question.js';

/** Where the screen stands, as far as the bindings care. */
export interface Situation {
  asking: QuestionKind | null;
  /** Refused choices of a failure menu, with their reasons. */
  refused: Partial<Record<string, string>>;
  readOnly: boolean;
  rehearsal: boolean;
  finished: boolean;
  /** A step runs, and nobody is asked. */
  running: boolean;
  /** A first ctrl-c was pressed. */
  stopping: boolean;
  /** The question wants a text whose field is closed. */
  typing: boolean;
  /** A command waits for its go-ahead. */
  command: boolean;
  /** Why that command cannot be modified or given the terminal; null where it can. */
  fixed: { change: string | null; terminal: string | null };
  list: boolean;
  narrow: boolean;
  /** The step shown has SQL or a command. */
  step: boolean;
  /** The list of steps has the keys. */
  outline: boolean;
  /** Sessions that keep us waiting, where their view is open. */
  blockers: number;
}
