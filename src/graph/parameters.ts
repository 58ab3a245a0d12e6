import type { Guide } from '../guide/draft.js';
import { findSlots, parametersOf } from '../guide/parameters.js';
import type { Graph, Parameter } from './graph.js';

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
    for (const statement of step.statements) {
      for (const name of statement.parameters) {
        if (parameters.has(name) || captured.has(name)) continue;
        const slot = findSlots(statement.sql).find((one) => one.name === name);
        const plain = slot?.plain === true;
        if (everCaptured.has(name)) {
          guide.remarks.error('parameter-without-value', `\`${name}\` is used before it is captured`, { line: statement.line }, `it is captured in line ${everCaptured.get(name) ?? 0}`);
          captured.add(name);
          continue;
        }
        if (!plain && guide.reviewed) {
          guide.remarks.error('parameter-without-value', `nothing gives \`${name}\` a value`, { line: statement.line }, 'define it under `parameters:` in the front matter, or capture it in an earlier step');
          captured.add(name);
          continue;
        }
        parameters.set(name, {
          name, type: typeOf(name, slot?.text ?? ''), line: statement.line, ask: null, default: null, from: null,
          secret: /password|secret|token|api_?key/i.test(name), placeholder: plain ? (slot?.text ?? null) : null,
        });
      }
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

function typeOf(name: string, text: string): Parameter['type'] {
  if (/uuid/i.test(name) || /(?:^|_)(?:user|org|auth|tenant|account|profile)_?id$/i.test(name)) return 'uuid';
  if (text.includes('@') || /e_?mail/i.test(name)) return 'email';
  if (/^(?:limit|count|number|batch_size|max|min)(?:_|$)/i.test(name)) return 'integer';
  if (/timestamp|_at$|(?:^|_)date(?:_|$)/i.test(name)) return 'timestamp';
  return 'text';
}
