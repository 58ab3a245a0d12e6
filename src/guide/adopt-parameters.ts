import type { Guide } from './draft.js';
import { findSlots, isSecretName, namesInClaims, typeOf } from './parameters.js';

/**
 * The front matter's `parameters:` of an adopted guide: psql's variables, which a plain
 * document may leave to be asked and a reviewed guide has to name. Placeholders stay
 * where they are written. None where the document defines its parameters itself.
 */
export function parameterLines(guide: Guide): string[] {
  if (Object.keys(guide.frontMatter.parameters).length > 0) return [];
  const captured = new Set(guide.drafts.flatMap((draft) => draft.attributes.capture ?? []));
  const variables = new Set<string>();
  const others = new Set<string>();
  for (const draft of guide.drafts) {
    const claims = typeof draft.attributes.claims === 'string' ? namesInClaims(draft.attributes.claims) : [];
    for (const slot of draft.statements.flatMap(({ sql }) => findSlots(sql))) if (!variables.has(slot.name)) (slot.plain ? others : variables).add(slot.name);
    for (const name of claims) variables.add(name);
  }
  const names = [...variables].filter((name) => !others.has(name) && !captured.has(name));
  return names.length === 0 ? [] : ['parameters:', ...names.map((name) => `  ${/^(?:null|true|false|yes|no|on|off|y|n)$/i.test(name) ? JSON.stringify(name) : name}: { type: ${typeOf(name, '')}${isSecretName(name) ? ', secret: true' : ''} }`)];
}
