import type { RunState } from '../engine/state.js';
import type { Graph, LogField } from '../graph/graph.js';
import { defaultTemplate } from './default-template.js';
import { factOfLabel, isScoped, plainLabel } from './fact-labels.js';
import { factOf, type FactAnswer, type FactValue } from './facts.js';
import { itemAnswer, metricAnswer, objectAnswer, stepsNamed } from './template-lookup.js';
import { boxesFor, usualEnvironment } from './template-boxes.js';
import { indentOf, scanTemplate } from './template-scan.js';
import { prefixOf, type Box, type PlacedSlot } from './template-slot.js';
import { wordFor } from './template-words.js';
import { oneLine } from './plain.js';

/** A template after filling. Lines are 1-based and count in the guide's document. */
export interface FilledTemplate {
  /** Whether the template is the guide's own or the default one. */
  source: 'guide' | 'default';
  text: string;
  filled: { line: number; label: string; value: string; fact: string | null }[];
  /** Left as it was, and why. */
  left: { line: number; label: string; why: string }[];
  /** What the template states and the run contradicts, such as another environment. */
  contradictions: { line: number; label: string; written: string; fact: string }[];
}

interface Edit { line: number; start: number; end: number; text: string; lines?: { count: number; texts: string[] } }

/** Fills the guide's own template, or the default one, from the facts of a run. Nothing outside the blanks changes. */
export function fillTemplate(state: RunState, graph: Graph): FilledTemplate {
  return graph.log === null ? { ...fillText(defaultTemplate(state, graph), 1, [], state, graph), source: 'default' } : fillText(graph.log.template, firstLineOf(graph.log), graph.log.fields, state, graph);
}

/**
 * Document line of the template's first line: the log's own line, or the one
 * after it where that is a fence's or a heading's. The fields' labels tell.
 */
export function firstLineOf(log: NonNullable<Graph['log']>): number {
  const lines = log.template.split('\n');
  const hits = (first: number): number => log.fields.filter((field) => plainLabel(lines[field.line - first] ?? '').includes(plainLabel(field.label))).length;
  return [0, 1, 2, 3].map((offset) => log.line + offset).reduce((best, first) => (hits(first) > hits(best) ? first : best), log.line);
}

/** What a person said to a blank of this document line. */
export interface Told { line: number; label: string; value: string }

/** Fills a template whose first line has this number in the document. What a person said comes before what the run knows. */
export function fillText(template: string, firstLine: number, fields: readonly LogField[], state: RunState, graph: Graph, told: readonly Told[] = toldAtSignOff(state)): FilledTemplate {
  const raw = template.split('\n');
  const lines = raw.map((line) => line.replace(/\r$/, ''));
  const result: FilledTemplate = { source: 'guide', text: template, filled: [], left: [], contradictions: contradictionsOf(lines, firstLine, state) };
  const edits: Edit[] = [];
  const taken = new Set<Told>();
  const foreign = foreignForm(lines, state);
  let before: Before = null;
  for (const slot of scanTemplate(lines)) {
    const line = slot.line + firstLine;
    const field = fieldFor(slot, line, fields);
    const said = told.find((one) => !taken.has(one) && (one.line === line || one.line === field?.line) && (plainLabel(one.label) === plainLabel(slot.label) || field?.label === one.label));
    if (said !== undefined) taken.add(said);
    const answer: FactAnswer & { fact: string | null } = said === undefined ? answerFor(slot, field, state, graph, before) : { value: { kind: 'text' as const, text: said.value }, fact: null };
    const stranger = foreign ?? (state.rollback === null && standsUnderRollback(lines, slot.line) ? 'nothing was rolled back' : null);
    if (stranger !== null && said === undefined) { result.left.push({ line, label: labelOf(slot), why: stranger }); continue; }
    const written: ReturnType<typeof write> = 'value' in answer ? write(slot, answer.value, field) : null;
    const value = 'value' in answer ? answer.value : null;
    before = { line: slot.line, label: slot.label, fact: answer.fact, open: written === null };
    if (written === null || value === null) {
      if (slot.kind !== 'item') result.left.push({ line, label: labelOf(slot), why: 'why' in answer ? answer.why : 'the value does not fit this blank' });
      else if ('why' in answer) result.left.push({ line, label: labelOf(slot), why: answer.why });
      continue;
    }
    edits.push(...written.edits);
    result.filled.push({ line, label: labelOf(slot), value: written.value, fact: answer.fact });
  }
  result.text = apply(raw, edits);
  return result;
}

function toldAtSignOff(state: RunState): Told[] {
  return Object.entries(state.logFields).map(([line, { label, value }]) => ({ line: Number(line), label, value }));
}

function labelOf(slot: PlacedSlot): string {
  const label = slot.kind === 'cell' ? `${slot.label}, ${slot.column}` : slot.label;
  return slot.section === null || slot.section === label ? label : `${slot.section}: ${label}`;
}

/** The graph's field of a slot: on its line, by label when the line has several. */
function fieldFor(slot: PlacedSlot, line: number, fields: readonly LogField[]): LogField | null {
  const last = slot.kind === 'block' ? line + slot.lines : line;
  const here = fields.filter((field) => field.line >= line && field.line <= last);
  const named = here.find((field) => plainLabel(field.label) === plainLabel(slot.label));
  if (named !== undefined) return named;
  if (here.length === 1) return here[0] ?? null;
  // A block of underscores is often listed at its label's line, just above.
  return slot.kind === 'block' ? fields.find((field) => field.line < line && field.line >= line - 2 && plainLabel(field.label) === plainLabel(slot.label)) ?? null : null;
}

function answerFor(slot: PlacedSlot, field: LogField | null, state: RunState, graph: Graph, before: Before): FactAnswer & { fact: string | null } {
  if (slot.kind === 'item') return { ...itemAnswer(state, graph, slot.label), fact: 'item' };
  const metric = metricAnswer(slot, state, graph);
  if (metric !== null) return { value: { kind: 'text', text: metric }, fact: 'metric' };
  const fact = factFor(slot, field);
  if (fact === null) {
    for (const answer of slot.kind === 'boxes' ? [itemAnswer(state, graph, slot.label), objectAnswer(state, graph, slot.label)] : []) {
      if ('value' in answer) return { ...answer, fact: 'verification' };
    }
    return { why: 'no fact of the run answers it', fact: null };
  }
  const unit = field?.unit ?? (slot.kind === 'blank' ? slot.unit : null);
  const named = slot.kind === 'cell' ? slot.label : slot.section;
  const elsewhere = otherEnvironment(slot, state);
  if (elsewhere !== null) return { why: elsewhere, fact };
  if (isSignedDate(slot, fact, before)) return { why: 'it is the date of a signature', fact };
  const steps = sectionSteps(named, field, graph);
  if (namesAnother(named, steps, graph)) return { why: 'the run has no such part', fact };
  if (steps.length === 0 && isScoped(fact) && !isWhole(slot)) return { why: 'it is not plain which steps it asks about', fact };
  return { ...factOf(fact, state, graph, { steps, unit }), fact };
}

/**
 * A value named outright, else what the label says in whole words. The graph's
 * guess from a part of a label ("Application functional", "Name") is not
 * enough to write a value down as a fact.
 */
function factFor(slot: PlacedSlot, field: LogField | null): string | null {
  if (field?.fact?.includes(':')) return field.fact;
  if (slot.kind === 'cell') return factOfLabel(slot.column) ?? factOfLabel(slot.label);
  return factOfLabel(slot.label);
}

/** The graph's steps where it sees the same section, else those that the section names. */
function sectionSteps(named: string | null, field: LogField | null, graph: Graph): string[] {
  if (named === null) return [];
  if (field !== null && field.steps.length > 0 && plainLabel(field.section ?? '') === plainLabel(named)) return field.steps;
  return stepsNamed(named, graph);
}

/** The slot before the one that is being filled. */
type Before = { line: number; label: string; fact: string | null; open: boolean } | null;

/**
 * `Reviewer: ____ Date: ____`, on one line or on two: the day on which somebody
 * signs is not the run's. After the operator's own name it is.
 */
function isSignedDate(slot: PlacedSlot, fact: string, before: Before): boolean {
  // "End time" below a reviewer's name still asks about the run.
  if (!['date', 'start', 'startTime', 'end'].includes(fact) || /\b(?:deploy|migrat|execut|releas|start|began|begin|end|finish)/.test(plainLabel(slot.label))) return false;
  if (before !== null && !before.open && before.fact === 'operator' && !/\bsignatures?\b/.test(plainLabel(slot.section ?? ''))) return false;
  const person = before?.open === true && (before.line === slot.line || /\b(?:by|reviewer|approver|tester|lead|manager|name|owner)$/.test(plainLabel(before.label)));
  return person || /\b(?:sign ?off|sign offs|approvals?|approved by|review(?:ed by)?|signatures?)\b/.test(plainLabel(slot.section ?? ''));
}

/** `### Production Environment` in a form with one section per environment: what happened on another is not its answer. */
function otherEnvironment(slot: PlacedSlot, state: RunState): string | null {
  const named = /^(.+) environment$/.exec(plainLabel(slot.section ?? ''))?.[1];
  const section = named === undefined ? null : usualEnvironment(named);
  return section === null || section === (usualEnvironment(state.environment) ?? state.environment) ? null : `the section is about ${section}, the run was on ${state.environment}`;
}

/** Why a form is not this run's at all: one of a rollback, where nothing was rolled back. */
function foreignForm(lines: readonly string[], state: RunState): string | null {
  const title = plainLabel(lines.find((line) => line.trim() !== '') ?? '');
  return /^roll ?back (?:execution )?(?:log|record|report|form)$/.test(title) && state.rollback === null ? 'nothing was rolled back' : null;
}

/** `[ ] 7.2 Roll back`, with blanks set in below it: these are about the rollback, whatever their labels. */
function standsUnderRollback(lines: readonly string[], at: number): boolean {
  let indent = indentOf(lines[at] ?? '');
  for (let index = at - 1; index >= 0 && indent > 0; index -= 1) {
    const above = lines[index] ?? '';
    if (above.trim() === '' || indentOf(above) >= indent) continue;
    indent = indentOf(above);
    if (/^\s*(?:[-*+]\s+)?\[[ xX]\]/.test(above) && /\broll(?:ed|ing)? ?back\b/i.test(above)) return true;
  }
  return false;
}

/** `### Phase 3 Sign-Off` of a run that has no such phase: who did it, and when, is not this run's to say. */
function namesAnother(section: string | null, steps: readonly string[], graph: Graph): boolean {
  const part = steps.length > 0 || section === null ? null : /\b(?:phase|step|stage|migration|part) ?#?(\d{1,2})\b/i.exec(section)?.[0]?.replace(/[ #]+/g, ' ').toLowerCase();
  if (part === null || part === undefined) return false;
  const named = new RegExp(`\\b${part}\\b`, 'i');
  return !graph.steps.some((step) => [step.title, ...step.path].some((text) => named.test(text.replace(/[ #]+/g, ' '))));
}

/** Whether a slot speaks of the whole run: no section, or one that names no single migration. */
function isWhole(slot: PlacedSlot): boolean {
  if (slot.kind === 'cell' || slot.doubtful) return /^(?:total|overall)\b/.test(plainLabel(slot.label));
  if (slot.section === null || plainLabel(slot.section) === plainLabel(slot.label)) return true;
  const plain = plainLabel(slot.section);
  if (/^(?:overall|final|deployment|migration) (?:status|result|outcome|duration)$/.test(plainLabel(slot.label)) && !/\d/.test(plain)) return true;
  if (/\b(?:errors?|problems?)\b/.test(plain)) return true;
  return !/\d/.test(plain) && /\b(?:log|record|summary|overview|general|details|information|sign ?off|results?|report|completion|outcome|deployment|verification|notes|issues)\b/.test(plain);
}

function write(slot: PlacedSlot, value: FactValue, field: LogField | null): { edits: Edit[]; value: string } | null {
  switch (slot.kind) {
    case 'item': return value.kind === 'answer' && value.yes ? { edits: [tick(slot.box)], value: 'ticked' } : null;
    case 'boxes': {
      const boxes = boxesFor(value, slot.boxes.map((box) => box.label)).flatMap((index) => slot.boxes[index] ?? []);
      return boxes.length === 0 ? null : { edits: boxes.map(tick), value: boxes.map((box) => box.label).join(' and ') };
    }
    case 'cell':
    case 'blank': {
      const blank = slot.kind === 'blank' ? slot.blank : '';
      const word = wordFor(value, blank, slot.kind === 'blank' ? slot.unit ?? field?.unit ?? null : null);
      if (word === null || word.trim() === '') return null;
      const shown = slot.kind === 'cell' ? oneLine(word).replace(/\|/g, '\\|') : oneLine(word);
      const spaced = slot.kind === 'cell' || blank === '' ? ` ${shown}${slot.kind === 'cell' ? ' ' : ''}` : shown;
      return { edits: [{ line: slot.line, start: slot.start, end: slot.end, text: spaced }], value: shown };
    }
    case 'block': {
      const texts = (value.kind === 'lines' ? value.lines : (wordFor(value, '', null) ?? '').split('\n')).map(oneLine).filter((text) => text.trim() !== '');
      if (texts.length === 0) return null;
      return { edits: [{ line: slot.line, start: 0, end: 0, text: '', lines: { count: slot.lines, texts: texts.map((text) => `${slot.indent}${text}`) } }], value: texts.join('; ') };
    }
  }
}

function tick(box: Box): Edit {
  return { line: box.line, start: box.at, end: box.at + box.length, text: box.mark };
}

/** Applies the edits from the end to the start, so that columns stay true. */
function apply(raw: readonly string[], edits: readonly Edit[]): string {
  const lines = [...raw];
  for (const edit of [...edits].sort((a, b) => b.line - a.line || b.start - a.start)) {
    const line = lines[edit.line] ?? '';
    if (edit.lines === undefined) lines[edit.line] = line.slice(0, edit.start) + edit.text + line.slice(edit.end);
    else lines.splice(edit.line, edit.lines.count, ...edit.lines.texts.map((text) => (line.endsWith('\r') ? `${text}\r` : text)));
  }
  return lines.join('\n');
}

function contradictionsOf(lines: readonly string[], firstLine: number, state: RunState): FilledTemplate['contradictions'] {
  // A rehearsal is on none of the environments that people name.
  const fact = usualEnvironment(state.environment) ?? (state.mode === 'rehearsal' ? state.environment : null);
  return lines.flatMap((line, index) => {
    const written = /^(.*?)[:：]\s*(.+)$/.exec(line.slice(prefixOf(line).length));
    if (written === null || fact === null || factOfLabel(written[1] ?? '') !== 'environment' || /[[_]/.test(written[2] ?? '')) return [];
    const stated = (written[2] ?? '').split(/[\s(/,]+/).map(usualEnvironment).find((one) => one !== null);
    return stated === undefined || stated === null || stated === fact ? [] : [{ line: index + firstLine, label: (written[1] ?? '').replace(/\*/g, '').trim(), written: (written[2] ?? '').trim(), fact: state.environment }];
  });
}
