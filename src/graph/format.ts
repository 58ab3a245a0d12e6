import type { Graph, Step } from './graph.js';

export const graphFormats = ['json', 'mermaid', 'dot'] as const;
export type GraphFormat = (typeof graphFormats)[number];

/** The graph as text in a format, with a final newline. */
export function formatGraph(graph: Graph, format: GraphFormat): string {
  switch (format) {
    case 'json': return toJson(graph);
    case 'mermaid': return toMermaid(graph);
    case 'dot': return toDot(graph);
  }
}

/** The graph as indented JSON; its schema is published as `schemas/graph.schema.json`. */
export function toJson(graph: Graph): string {
  return `${JSON.stringify(graph, null, 2)}\n`;
}

/** A Mermaid flowchart: phases as subgraphs, rollback steps dashed. Node names are n0, n1, … since ids hold slashes. */
export function toMermaid(graph: Graph): string {
  const names = new Map(graph.steps.map((step, index) => [step.id, `n${index}`]));
  const lines = ['flowchart TD'];
  for (const { title, steps, index } of grouped(graph)) {
    lines.push(`  subgraph p${index}["${mermaidText(title)}"]`);
    for (const step of steps) lines.push(`    ${names.get(step.id) ?? ''}${mermaidShape(step)}`);
    lines.push('  end');
  }
  for (const edge of graph.edges) {
    const label = edge.on === 'passed' ? '' : `|"${mermaidText(edge.on)}"|`;
    lines.push(`  ${names.get(edge.from) ?? ''} ${edge.on === 'rollback' ? '-.->' : '-->'}${label} ${names.get(edge.to) ?? ''}`);
  }
  const rollback = graph.steps.filter((step) => step.role === 'rollback').map((step) => names.get(step.id) ?? '');
  if (rollback.length > 0) lines.push('  classDef rollback stroke-dasharray: 5 5', `  class ${rollback.join(',')} rollback`);
  return `${lines.join('\n')}\n`;
}

/** A Graphviz digraph: phases as clusters. */
export function toDot(graph: Graph): string {
  const lines = [`digraph ${quoted(graph.guide.id)} {`, '  rankdir=TB;', '  node [shape=box, fontname="sans-serif"];'];
  for (const { title, steps, index } of grouped(graph)) {
    lines.push(`  subgraph cluster_${index} {`, `    label=${quoted(title)};`);
    for (const step of steps) lines.push(`    ${quoted(step.id)} [label=${quoted(`${step.title}\n${step.kind}, line ${step.line}`)}${step.role === 'rollback' ? ', style=dashed' : ''}];`);
    lines.push('  }');
  }
  for (const edge of graph.edges) {
    const look = [...(edge.on === 'passed' ? [] : [`label=${quoted(edge.on)}`]), ...(edge.on === 'rollback' ? ['style=dashed', 'constraint=false'] : [])];
    lines.push(`  ${quoted(edge.from)} -> ${quoted(edge.to)}${look.length > 0 ? ` [${look.join(', ')}]` : ''};`);
  }
  lines.push('}');
  return `${lines.join('\n')}\n`;
}

function grouped(graph: Graph): { title: string; steps: Step[]; index: number }[] {
  const byPhase = new Map<string, Step[]>();
  for (const step of graph.steps) {
    const steps = byPhase.get(step.phase) ?? [];
    steps.push(step);
    byPhase.set(step.phase, steps);
  }
  const titles = new Map(graph.phases.map((phase) => [phase.id, phase.title]));
  return [...byPhase].map(([id, steps], index) => ({ title: titles.get(id) ?? id, steps, index }));
}

function mermaidShape(step: Step): string {
  const text = `"${mermaidText(step.title)}"`;
  switch (step.kind) {
    case 'checklist': return `[/${text}/]`;
    case 'sql': return `[${text}]`;
    case 'shell': return `[[${text}]]`;
    case 'input': return `[\\${text}\\]`;
    case 'monitor': return `((${text}))`;
    case 'approval': return `{{${text}}}`;
    case 'operator': return `(${text})`;
    case 'choice': return `{${text}}`;
  }
}

/** Mermaid ends a label at a quote, reads entities and `#`, and Markdown between back-ticks; a line feed would end the statement. */
function mermaidText(text: string): string {
  return text.slice(0, 120).replace(/#/g, '#35;').replace(/`/g, '#96;').replace(/&/g, '&amp;').replace(/"/g, '&quot;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/\s+/g, ' ');
}

function quoted(text: string): string {
  return `"${text.replace(/\\/g, '\\\\').replace(/"/g, '\\"').replace(/\n/g, '\\n')}"`;
}
