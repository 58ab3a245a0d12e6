import type { NewEvent } from '../engine/event.js';
import type { StatementResult } from '../steps/fact.js';
import { MASK, secretMasker, spellings } from './mask-text.js';
import { maskResult, PRIVATE, privateCell, tellsNobody, textMasker, type MaskOptions } from './mask-result.js';

/** Keys whose values are the journal's own structure and never data. */
const structural = new Set([
  'type', 'seq', 'at', 'run', 'pass', 'step', 'attempt', 'attemptId', 'journal', 'version', 'sha256', 'salt', 'identity', 'command', 'severity', 'sqlstate', 'verdict',
  'mode', 'outcome', 'stage', 'kind', 'group', 'option', 'origin', 'difference', 'privacy', 'code', 'types', 'steps', 'plan', 'undone', 'notUndone', 'uncovered', 'durations', 'choice', 'log', 'path',
]);
/** Who did it: an audit needs the name, even one that is an address. Secrets are masked here too. */
const accountable = new Set(['operator', 'by', 'from']);
/** Texts of one step's private results that are looked for in the messages about it. */
const REMEMBERED = 2000;

/**
 * Masks events before they are recorded: what it returns is all that journal,
 * ledger, screens and logs ever see. The engine must keep the live values of
 * parameters and captures apart, for they are masked here too. Masking a masked
 * event changes nothing.
 */
export function recorder(given: MaskOptions): (event: NewEvent) => NewEvent {
  const keep = new Set([...(given.keep ?? [])].map((one) => one.toLowerCase()));
  const options: MaskOptions = { ...given, keep };
  const opened = new Map<string, boolean>();
  let told = new Set<string>();
  let step = '';
  const remember = (text: string | null): void => {
    if (options.safe && text !== null && text.length >= 3 && text !== PRIVATE && text !== MASK && told.size < REMEMBERED) told.add(text);
  };
  const taken = (inStep: string, result: StatementResult): StatementResult => {
    const open = tellsNobody(result);
    opened.set(key(inStep, result.index), open);
    if (!open) for (const row of result.rows) for (const cell of row) remember(cell);
    return maskResult(result, options);
  };
  return (event) => {
    if (event.type === 'run.started') for (const id of [event.run, event.rehearsal?.run]) if (id !== undefined) keep.add(id.toLowerCase());
    if ('step' in event && event.step !== null && event.step !== step) { step = event.step; told = new Set(); }
    const mask = textMasker(options);
    switch (event.type) {
      case 'statement.finished': return { ...event, result: taken(event.step, event.result) };
      case 'statements.finished': return { ...event, results: event.results.map((result) => taken(event.step, result)) };
      case 'expectation.judged': {
        const open = isOpen(event.step, event.index, options, opened);
        if (!open) remember(event.actual);
        const shown = (text: string): string => (open ? mask(text) : countsOnly(text));
        return { ...event, expected: isDeferred(event.step, event.index, options) ? countsOnly(event.expected) : mask(event.expected), actual: shown(event.actual), note: event.note === null ? null : event.by === null ? shown(event.note) : mask(event.note) };
      }
      // Structure of the database, hashed where values are private: masking it would make it useless as evidence.
      case 'evidence.noted': return walk(event, secretMasker(options.secrets()), secretMasker(options.secrets()), false) as NewEvent;
      case 'capture.set': return { ...event, value: event.value === null ? null : options.safe ? captured(mask(event.value), event.value, options.salt) : mask(event.value) };
      case 'parameter.set': return { ...event, value: event.secret || event.value === null ? null : mask(event.value) };
      default: {
        const about = options.safe && told.size > 0 ? privateMasker(told) : (text: string): string => text;
        const { question } = event.type === 'question.asked' ? event : { question: null };
        const hidden = question?.kind === 'parameter' && question.secret;
        return walk(event, (text) => mask(about(text)), secretMasker(options.secrets()), hidden) as NewEvent;
      }
    }
  };
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

function privateMasker(texts: ReadonlySet<string>): (text: string) => string {
  const forms = [...texts].flatMap((one) => spellings(one).slice(0, 3)).filter((one) => one.length >= 3).sort((a, b) => b.length - a.length);
  return (text) => forms.reduce((masked, form) => (masked.includes(form) ? masked.replaceAll(form, PRIVATE) : masked), text);
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
