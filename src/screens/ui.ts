import type { Answer, Question } from '../steps/question.js';
import { fieldOf, type Field } from './field.js';
import type { Situation } from './situation.js';

/** What a text being typed is for. */
export type Purpose =
  | { kind: 'value' } | { kind: 'confirm' } | { kind: 'approve' } | { kind: 'note' } | { kind: 'item-note'; item: number } | { kind: 'skip' } | { kind: 'verdict'; verdict: 'failed' | 'waived' }
  | { kind: 'failure'; choice: 'tolerate' | 'skip' } | { kind: 'command' } | { kind: 'filter' };

/** What wants a y before it happens. */
export type Confirm = { kind: 'leave' } | { kind: 'abort' } | { kind: 'blocker'; how: 'cancel' | 'terminate'; pid: number };

/** Cursor, focus and typed text: all that a screen holds by itself. */
export interface Ui {
  /** Step whose details are shown; null follows the run. */
  shown: string | null;
  pane: 'step' | 'outline';
  view: 'page' | 'help' | 'locks' | 'log';
  scroll: number;
  /** Shows the end of what is still coming. */
  follow: boolean;
  cursor: number;
  field: Field;
  typing: Purpose | null;
  /** What a person made of the command that waits for its go-ahead. */
  command: string | null;
  /** Steps whose name holds this are listed. */
  filter: string;
  confirm: Confirm | null;
  /** A rehearsal runs on without asking before each step. */
  auto: boolean;
  /** ctrl-c was pressed, and the run has not stopped yet. */
  stopping: boolean;
  message: string | null;
  /** What went by since the person was last asked, the longest words first. */
  news: string[];
}

export const freshUi: Ui = {
  shown: null, pane: 'step', view: 'page', scroll: 0, follow: true, cursor: 0, field: fieldOf(''), typing: null, command: null, filter: '', confirm: null, auto: false, stopping: false, message: null, news: [],
};

export type Effect =
  | { kind: 'answer'; answer: Answer } | { kind: 'blocker'; how: 'cancel' | 'terminate'; pid: number } | { kind: 'interrupt' | 'leave' | 'copy' | 'edit' | 'suspend' | 'redraw' };

/** What the frame knows and keys need. */
export interface Facts {
  /** The window is too small to draw in: nobody sees what a key would do. */
  blind: boolean;
  question: Question | null;
  situation: Situation;
  /** Step ids of the outline, in order, filtered. */
  steps: string[];
  current: string | null;
  /** Lines of the pane that scrolls, how many are seen, and from which on. */
  length: number;
  height: number;
  from: number;
  /** Items of the open list: checklist items or options. */
  items: number;
  ticked: boolean[];
  /** Notes of the items, and what an item still waits for. */
  notes: (string | null)[];
  waits: (string | null)[];
  /** The command that waits for its go-ahead. */
  command: string;
  database: string;
  operator: string;
  /** Process ids of who keeps us waiting. */
  pids: number[];
  live: boolean;
}

export interface Pressed { ui: Ui; effect: Effect | null }

/** What typing is needed the moment a question opens. */
export function openingFor(question: Question | null, operator: string): Pick<Ui, 'typing' | 'field'> {
  const typing = (kind: 'value' | 'approve' | 'confirm', text = ''): Pick<Ui, 'typing' | 'field'> => ({ typing: { kind }, field: fieldOf(text) });
  switch (question?.kind) {
    case 'parameter': return typing('value', question.secret ? '' : question.suggestion ?? '');
    case 'input': return typing('value', question.suggestion ?? '');
    case 'log-field': return typing('value');
    case 'approval': return typing('approve', operator);
    case 'rollback': return question.typed === false ? { typing: null, field: fieldOf('') } : typing('confirm');
    case 'target': return question.protected ? typing('confirm') : { typing: null, field: fieldOf('') };
    default: return { typing: null, field: fieldOf('') };
  }
}
