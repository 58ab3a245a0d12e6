import type { RunState } from '../engine/state.js';
import type { Graph } from '../graph/graph.js';
import { plainLabel } from './fact-labels.js';
import type { FactAnswer } from './facts.js';
import { UNSEEN } from './unseen.js';
import { metricsOf, momentOf, sameLabel, type Moment } from './metrics.js';
import type { PlacedSlot } from './template-slot.js';

/**
 * Whether the run ticked an item of this very text. Two items of one text
 * count only when both say the same.
 */
export function itemAnswer(state: RunState, graph: Graph, label: string): FactAnswer {
  const plain = plainLabel(label);
  const found: boolean[] = [];
  let unseen = false;
  for (const step of graph.steps) {
    for (const [index, item] of step.items.entries()) {
      if (plain === '' || plainLabel(item.text) !== plain) continue;
      const mark = state.passes['forward']?.[step.id]?.items[index];
      unseen ||= mark?.note?.includes(UNSEEN) ?? false;
      found.push(mark?.ticked === true);
    }
  }
  if (found.length === 0) return { why: 'no fact of the run answers it' };
  if (unseen) return { why: 'it was ticked by --yes: nobody looked' };
  if (found.every((ticked) => ticked)) return { value: { kind: 'answer', yes: true } };
  return { why: 'it was not ticked in the run' };
}

const objects = /\b(polic|index|function|trigger|table|column|constraint|view)(?:y|ies|es|s|ices)?\b/;

/**
 * "All policies correct": yes when every verifying step that speaks of policies
 * passed, no when one failed. Nothing that a database cannot know.
 */
export function objectAnswer(state: RunState, graph: Graph, label: string): FactAnswer {
  const plain = plainLabel(label);
  const noun = objects.exec(plain)?.[1];
  const all = noun !== undefined && /^(?:all|every|both)\b.*\b(?:correct|verified|present|created|valid|exist|exists|in place|as expected|ok)$/.test(plain);
  if (!all) return { why: 'no fact of the run answers it' };
  const about = graph.steps.filter((step) => step.role === 'verify' && [step.title, ...step.statements.map((one) => one.sql), ...step.expectations.map((one) => one.text)].some((text) => text.toLowerCase().includes(noun)));
  const verdicts = about.map((step) => state.passes['forward']?.[step.id]?.verdict ?? 'pending').filter((verdict) => verdict !== 'not chosen');
  if (verdicts.includes('failed')) return { value: { kind: 'answer', yes: false } };
  const judged = about.some((step) => step.expectations.length > 0);
  if (judged && verdicts.length > 0 && verdicts.every((verdict) => verdict === 'passed')) return { value: { kind: 'answer', yes: true } };
  return { why: `no verification of every ${noun === 'polic' ? 'policy' : noun} passed` };
}

/** A figure taken before or after, when the slot's heading, column or label says which. */
export function metricAnswer(slot: PlacedSlot, state: RunState, graph: Graph): string | null {
  if (slot.kind !== 'blank' && slot.kind !== 'cell') return null;
  const moment: Moment | null = slot.kind === 'cell' ? momentOf(slot.column) : momentOf(slot.label) ?? momentOf(slot.section ?? '');
  if (moment === null) return null;
  const wanted = sameLabel(slot.label);
  const matches = Object.entries(metricsOf(state, graph)[moment]).filter(([name]) => sameLabel(name) === wanted);
  const [only] = matches;
  if (matches.length !== 1 || only === undefined) return null;
  const unit = slot.kind === 'blank' ? slot.unit : null;
  return unit !== null && only[1].endsWith(` ${unit}`) ? only[1].slice(0, -unit.length - 1) : only[1];
}

/**
 * Ids of the forward steps that a section of the template is about: by the
 * migration's number where it has one (`Migration 003 …`), else by the same title.
 */
export function stepsNamed(section: string, graph: Graph): string[] {
  const number = /(?:^|[^\p{L}\p{N}])(\d{3,})(?=$|[^\p{L}\p{N}])/u.exec(section)?.[1];
  const plain = plainLabel(section);
  const forward = graph.steps.filter((step) => step.role === 'deploy');
  const titled = forward.filter((step) => [step.id, step.title, ...step.path.slice(1)].some((text) => plainLabel(text) === plain));
  if (titled.length > 0 || number === undefined) return titled.map((step) => step.id);
  const numbered = new RegExp(`(?:^|[^\\p{L}\\p{N}])${number}(?=$|[^\\p{L}\\p{N}])`, 'u');
  return forward.filter((step) => [step.id, step.title, ...step.path, ...step.statements.map((statement) => statement.file ?? '')].some((text) => numbered.test(text))).map((step) => step.id);
}
