import type { NewEvent } from '../engine/event.js';
import type { StatementResult } from '../steps/fact.js';
import { maskResult, privateCell, saidBy, tellsNobody, textMasker, type MaskOptions } from './mask-result.js';
import { saidMasker } from './mask-said.js';
import { MASK, PRIVATE, secretMasker, spellings } from './mask-text.js';

/** Keys whose values are the journal's own structure and never data. */
const structural = new Set([
  'type', 'seq', 'at', 'run', 'pass', 'step', 'attempt', 'attemptId', 'journal', 'version', 'sha256', 'salt', 'identity', 'command', 'severity', 'sqlstate', 'verdict',
  'mode', 'outcome', 'stage', 'kind', 'group', 'option', 'origin', 'difference', 'privacy', 'code', 'types', 'steps', 'plan', 'undone', 'notUndone', 'uncovered', 'durations', 'choice', 'log', 'path',
]);
/** Who did it: an audit needs the name, even one that is an address. Secrets are masked here too. */
const accountable = new Set(['operator', 'by', 'from']);
/** Texts of one step's private results that are looked for in the messages about it. */
const REMEMBERED = 2000;

/** The masks of a run. */
export interface Privacy {
  /** Masks an event before it is recorded: what it gives is all that journal, ledger, screens and logs ever see. Masking a masked event changes nothing. */
  event(given: NewEvent): NewEvent;
  /** A text as an event would hold it: for what is compared with what was shown. */
  text(given: string): string;
  /** Output of a command, shown while it runs. */
  said(given: string): string;
}

/**
 * The masks of one run. The engine must keep the live values of parameters and
 * captures apart, for they are masked here too.
 */
export function privacy(given: MaskOptions): Privacy {
  const keep = new Set([...(given.keep ?? [])].map((one) => one.toLowerCase()));
  const options: MaskOptions = { ...given, keep, said: saidMasker(given.graph) };
  const opened = new Map<string, boolean>();
  let told = new Map<string, string>();
  let step = '';
  const remember = (text: string | null, masked = PRIVATE): void => {
    if (options.safe && text !== null && text.length >= 3 && text !== masked && text !== MASK && told.size < REMEMBERED) told.set(text, masked);
  };
  const taken = (inStep: string, result: StatementResult): StatementResult => {
    const open = tellsNobody(result);
    opened.set(key(inStep, result.index), open);
    if (!open) for (const row of result.rows) for (const cell of row) remember(cell);
    const masked = maskResult(result, options);
    if (result.error) remember(result.error.message, masked.error?.message);
    return masked;
  };
  const about = (text: string): string => (options.safe && told.size > 0 ? privateMasker(told)(text) : text);
  const masked = (event: NewEvent): NewEvent => {
    if (event.type === 'run.started') for (const id of [event.run, event.rehearsal?.run]) if (id !== undefined) keep.add(id.toLowerCase());
    if ('step' in event && event.step !== null && event.step !== step) { step = event.step; told = new Map(); }
    const mask = textMasker(options);
    switch (event.type) {
      case 'statement.finished': return { ...event, result: taken(event.step, event.result) };
      case 'statements.finished': return { ...event, results: event.results.map((result) => taken(event.step, result)) };
      case 'expectation.judged': {
        const open = isOpen(event.step, event.index, options, opened);
        const spoken = options.safe && isSpoken(event, options);
        const shown = (text: string): string => (spoken ? saidBy(options)(text) : open ? mask(text) : countsOnly(text));
        const expected = isDeferred(event.step, event.index, options) ? countsOnly(event.expected) : mask(event.expected);
        remember(event.actual, shown(event.actual));
        remember(event.expected, expected);
        return { ...event, expected, actual: shown(event.actual), note: event.note === null ? null : event.by === null ? shown(event.note) : mask(event.note) };
      }
      // What another session sends holds values that are nobody's here.
      case 'waiting.seen': return { ...event, blockers: event.blockers.map((one) => ({ ...one, query: mask(options.safe ? withoutLiterals(one.query) : one.query) })) };
      // Structure of the database, hashed where values are private: masking it would make it useless as evidence.
      case 'evidence.noted': return walk(event, secretMasker(options.secrets()), secretMasker(options.secrets()), false) as NewEvent;
      case 'capture.set': return { ...event, value: event.value === null ? null : options.safe ? captured(mask(event.value), event.value, options.salt) : mask(event.value) };
      case 'parameter.set': return { ...event, value: event.secret || event.value === null ? null : mask(event.value) };
      default: {
        const { question } = event.type === 'question.asked' ? event : { question: null };
        const hidden = question?.kind === 'parameter' && question.secret;
        return walk(event, (text) => mask(about(text)), secretMasker(options.secrets()), hidden) as NewEvent;
      }
    }
  };
  return { event: masked, text: (text) => textMasker(options)(about(text)), said: (text) => saidBy(options)(about(text)) };
}

function key(step: string, statement: number): string {
  return `${step}\u0000${statement}`;
}

/** Whether the measured value may be shown: not private, or of a result that tells of no person. Where the statement is not known, all of the step's must be. */
function isOpen(step: string, index: number, options: MaskOptions, opened: ReadonlyMap<string, boolean>): boolean {
  if (!options.safe) return true;
  const statement = options.graph?.steps.find((one) => one.id === step)?.expectations[index]?.statement ?? null;
  if (statement !== null) return opened.get(key(step, statement)) ?? false;
  return [...opened].every(([which, open]) => !which.startsWith(`${step}\u0000`) || open);
}

/** An expectation compared with a value of the run (a parameter, a query) tells that value. */
function isDeferred(step: string, index: number, options: MaskOptions): boolean {
  if (!options.safe) return false;
  const assertion = options.graph?.steps.find((one) => one.id === step)?.expectations[index]?.assertion;
  return /"(?:parameter|sql)":/.test(JSON.stringify(assertion ?? null));
}

/** Counts and truth values tell nothing of a person. */
function captured(masked: string, value: string, salt: string): string {
  return /^-?\d{1,12}(?:\.\d+)?$|^(?:t|f|true|false)$/i.test(value) ? masked : privateCell(value, salt);
}

/** Of a measured text only its counts and times stay: `rows = 3`, `time = 12 ms`. */
function countsOnly(text: string): string {
  return /^(?:rows|affected|time|exit|tests)\s*(?:[=:<>]|<=|>=|!=)\s*-?[\d.,]+\s*(?:ms|s|rows?)?$|^(?:no rows|no error|\d+ rows?|the statement did not run)$/i.test(text.trim()) ? text : PRIVATE;
}

/** Whether a measured text is what a function or a program said: notices, errors, output. */
function isSpoken({ step, index, actual }: { step: string; index: number; actual: string }, { graph }: MaskOptions): boolean {
  const type = graph?.steps.find((one) => one.id === step)?.expectations[index]?.assertion.type;
  return type === 'notice' || type === 'output' || type === 'error' || /^(?:error|exit)\b/.test(actual);
}

/** The query may be cut off within a literal. */
function withoutLiterals(query: string): string {
  return query.replace(/'(?:[^']|'')*(?:'|$)/g, `'${PRIVATE}'`).replace(/\$(\w*)\$[^]*?(?:\$\1\$|$)/g, `'${PRIVATE}'`);
}

function privateMasker(texts: ReadonlyMap<string, string>): (text: string) => string {
  const forms = [...texts].flatMap(([one, masked]) => spellings(one).slice(0, 3).map((form) => ({ form, masked }))).filter(({ form }) => form.length >= 3).sort((a, b) => b.form.length - a.form.length);
  return (text) => forms.reduce((left, { form, masked }) => (left.includes(form) ? left.replaceAll(form, () => masked) : left), text);
}

/** Every text inside an event masked, its structure left alone. */
function walk(value: unknown, mask: (text: string) => string, secrets: (text: string) => string, hidden: boolean): unknown {
  if (typeof value === 'string') return mask(value);
  if (Array.isArray(value)) return value.map((one: unknown) => walk(one, mask, secrets, hidden));
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([name, one]: [string, unknown]) => {
    if (hidden && name === 'suggestion') return [name, null];
    if (structural.has(name)) return [name, one];
    return [name, accountable.has(name) && typeof one === 'string' ? secrets(one) : walk(one, mask, secrets, hidden)];
  }));
}
