import type { Guide } from '../guide/draft.js';
import { deferredOf } from '../assertions/deferred.js';
import { findSlots, isSecretName, namesInClaims, parametersOf, typeOf } from '../guide/parameters.js';
import { shellSlots } from '../guide/shell-placeholders.js';
import type { Graph, Parameter, Step } from './graph.js';

/**
 * The guide's parameters: those the front matter defines, then what its SQL needs:
 * psql variables and placeholders, in order of appearance. A value captured by an
 * earlier step is no parameter.
 */
export function readParameters(guide: Guide, graph: Graph): Parameter[] {
  const parameters = new Map<string, Parameter>();
  for (const [name, given] of Object.entries(guide.frontMatter.parameters)) {
    parameters.set(name, {
      name, type: given.type, line: guide.parameterLines.get(name) ?? 1, ask: given.ask ?? null, default: given.default ?? null,
      from: given.from ?? null, secret: given.secret, placeholder: null,
    });
  }
  const captured = new Set<string>();
  const everCaptured = new Map(graph.steps.flatMap((step) => step.capture.map((name) => [name, step.line] as const)));
  for (const step of graph.steps) {
    for (const { name, line, placeholder } of usesOf(step)) {
      if (parameters.has(name) || captured.has(name)) continue;
      if (everCaptured.has(name)) {
        guide.remarks.error('parameter-without-value', `\`${name}\` is used before it is captured`, { line }, `it is captured in line ${everCaptured.get(name) ?? 0}`);
        captured.add(name);
        continue;
      }
      if (placeholder === null && guide.reviewed) {
        guide.remarks.error('parameter-without-value', `nothing gives \`${name}\` a value`, { line }, 'define it under `parameters:` in the front matter, or capture it in an earlier step');
        captured.add(name);
        continue;
      }
      parameters.set(name, {
        name, type: typeOf(name, placeholder ?? ''), line, ask: null, default: null, from: null,
        secret: isSecretName(name), placeholder,
      });
    }
    for (const name of step.capture) captured.add(name);
  }
  for (const parameter of parameters.values()) {
    for (const name of parameter.from === null ? [] : parametersOf(parameter.from)) {
      if (!parameters.has(name)) guide.remarks.error('parameter-without-value', `the query of \`${parameter.name}\` needs \`${name}\`, which nothing gives a value`, { line: parameter.line });
    }
  }
  return [...parameters.values()];
}

interface Use {
  name: string;
  line: number;
  /** As written, where it is no variable of psql's. */
  placeholder: string | null;
}

/** Every place of a step that needs a value: statements, the command, the claims, the right-hand sides of what is expected. */
function usesOf(step: Step): Use[] {
  const uses: Use[] = [];
  for (const { sql, line, parameters } of step.statements) {
    if (parameters.length === 0) continue;
    for (const slot of findSlots(sql)) uses.push({ name: slot.name, line, placeholder: slot.plain ? slot.text : null });
  }
  if (step.shell !== null) for (const slot of shellSlots(step.shell)) uses.push({ name: slot.name, line: step.line, placeholder: slot.text });
  for (const name of namesInClaims(step.claims)) uses.push({ name, line: step.line, placeholder: null });
  for (const one of step.expectations) {
    const { parameters, queries } = deferredOf(one.assertion);
    // What the step captures itself is known before it is judged.
    const names = [...parameters, ...queries.flatMap(parametersOf)].filter((name) => !step.capture.includes(name));
    for (const name of names) uses.push({ name, line: one.line, placeholder: null });
  }
  return uses;
}
