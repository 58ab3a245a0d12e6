import type { QuestionKind } from '../steps/question.js';

/** Where the screen stands, as far as the bindings care. */
export interface Situation {
  /** The list of guides, the ways to walk the chosen one, or its walk. */
  screen: 'guides' | 'ways' | 'walk';
  /** Why what is marked in the chooser cannot be chosen; null where it can. */
  closed: string | null;
  asking: QuestionKind | null;
  /** Refused choices of a failure menu, with their reasons. */
  refused: Partial<Record<string, string>>;
  /** Why keys that act on the step that is asked do not: something else is shown. Null where its page is. */
  elsewhere: string | null;
  readOnly: boolean;
  rehearsal: boolean;
  /** Who leaves can go on later: runs alone can. */
  resumable: boolean;
  /** A rollback is being walked. */
  undoing: boolean;
  /** Why no rollback can be asked for, beyond what the question says; null where one can. */
  noRollback: string | null;
  /** Whoever says no to the rollback goes back to what was asked before. */
  returns: boolean;
  finished: boolean;
  /** Its summary is shown. */
  summary: boolean;
  /** The log is shown. */
  log: boolean;
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
  /** A list is open whose entries can be marked. */
  list: boolean;
  narrow: boolean;
  /** The step shown has SQL or a command. */
  step: boolean;
  /** The list of steps has the keys. */
  outline: boolean;
  /** Sessions that keep us waiting, where their view is open. */
  blockers: number;
}

/** Nothing open, nothing running: what a screen starts from to say where it stands. */
export const nowhere: Situation = {
  screen: 'walk', closed: null, asking: null, refused: {}, elsewhere: null, readOnly: false, rehearsal: false, resumable: true, undoing: false, noRollback: null, returns: false, finished: false, summary: false, log: false, running: false, stopping: false, typing: false, command: false,
  fixed: { change: null, terminal: null }, list: false, narrow: false, step: false, outline: false, blockers: 0,
};
