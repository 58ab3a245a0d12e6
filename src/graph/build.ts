import type { Draft } from '../guide/draft.js';
import { parseDuration } from '../guide/attributes.js';
import { addChoices } from '../guide/choices.js';
import { readIds } from '../guide/ids.js';
import { readLogFields } from '../guide/log-template.js';
import { slug } from '../guide/plain.js';
import type { ReadGuide } from '../guide/read-guide.js';
import { findFile } from '../guide/sql-files.js';
import { isDiscarded, readTies } from '../guide/ties.js';
import { makeEdges } from './edges.js';
import { readForms } from './forms.js';
import { GRAPH_VERSION, type Graph } from './graph.js';
import { readParameters } from './parameters.js';
import { readAsides, readPhases } from './phases.js';
import { relateCounts } from './relative.js';
import { makeStatement, makeSteps } from './steps.js';
import { checkGraph } from './validate.js';

/** Builds the graph of a guide that was read. */
export function buildGraph({ guide, facts }: ReadGuide): Graph {
  addChoices(guide);
  const ids = readIds(guide);
  const ties = readTies(guide, ids);
  const phases = readPhases(guide.root, facts, guide.drafts, guide.title);
  const steps = makeSteps(guide.drafts, ids, ties, phases);
  nameChoices(steps, guide.drafts, ids);
  relateCounts(steps);
  const { frontMatter: front, source } = guide;
  const graph: Graph = {
    version: GRAPH_VERSION,
    guide: {
      id: front.guide ?? (slug(guide.title) || 'guide'),
      title: guide.title,
      path: source.path,
      sha256: source.sha256,
      reviewed: guide.reviewed,
      database: front.database,
      description: guide.description,
      risk: front.risk ?? null,
      estimateMs: front.estimate === undefined ? null : parseDuration(front.estimate),
      environments: front.environments ?? null,
      baseline: front.baseline.flatMap((file) => findFile(guide, file, { line: 1 }) ?? []),
      record: front.record ?? null,
      log: front.log ?? null,
    },
    parameters: [],
    phases: phases.map(({ id, title, role, line }) => ({ id, title, role, line })),
    asides: readAsides(guide.root, facts),
    steps,
    edges: makeEdges(steps),
    rollback: guide.drafts.filter((draft) => draft.role === 'rollback' && (draft.kind === 'sql' || draft.kind === 'shell')).map((draft) => ({
      id: ids.get(draft) ?? '',
      reverts: ties.get(draft) ?? [],
      line: draft.line,
      statements: draft.statements.map(makeStatement),
      verifies: draft.kind === 'sql' && (isDiscarded(draft) || !draft.statements.some((one) => one.writes)),
    })),
    triggers: guide.triggers,
    hints: guide.hints,
    log: guide.log ? { line: guide.log.line, endLine: guide.log.endLine, template: guide.log.text, fields: readLogFields(guide, ids) } : null,
    forms: readForms(steps, source.lines),
    notification: guide.notification,
    diagnostics: [],
  };
  graph.parameters = readParameters(guide, graph);
  checkGraph(guide, graph);
  graph.diagnostics = [...guide.remarks.list].sort((a, b) => (a.file ?? '').localeCompare(b.file ?? '') || a.line - b.line || a.column - b.column);
  return graph;
}

/** Options name their group by the id of the choice step, which itself names the way that they are part of. */
function nameChoices(steps: Graph['steps'], drafts: Draft[], ids: Map<Draft, string>): void {
  if (drafts.every((draft) => draft.choice === null)) return;
  const groups = new Map(drafts.filter((draft) => draft.kind === 'choice').map((draft) => [draft.choice?.group, ids.get(draft) ?? '']));
  const byId = new Map(drafts.map((draft) => [ids.get(draft), draft]));
  for (const step of steps) {
    const own = byId.get(step.id)?.choice ?? null;
    const choice = step.kind === 'choice' ? (own?.within ?? null) : own;
    step.choice = choice && { group: groups.get(choice.group) ?? choice.group.title, option: choice.option, title: choice.title };
  }
}
