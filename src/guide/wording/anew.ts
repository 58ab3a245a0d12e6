import type { Assertion } from '../../assertions/assertion.js';
import type { StatementShape } from './shape.js';
import { literalPattern } from '../../text/literal-pattern.js';

/** Definitions, which the server writes in its own way: with brackets and casts that nobody wrote. */
export const WRITTEN_ANEW = /def(?:inition)?$|^(?:indexdef|qual|with_check|consrc|prosrc)$|clause$|expr(?:ession)?$|default$|statement$/i;
/** A condition, as a guide quotes it from its own SQL. */
const CONDITION = /\bIS (?:NOT )?NULL\b|\bWHERE\b|[=<>]/i;

/** `WHERE done_at IS NOT NULL` within a definition: wherever the server puts its brackets, and its casts behind texts. */
function patternOf(condition: string): string {
  const words = condition.trim().split(/\s+/).map((word) => literalPattern(word).replace(/'$/, "'(?:::[a-z ]+)?"));
  return words.join('\\)*\\s+\\(*');
}

/** Conditions that a definition is to hold, of a result of definitions alone: as the server writes them. */
export function asWritten(assertions: readonly Assertion[], shape: StatementShape | null): Assertion[] {
  const [column, ...others] = shape?.columns ?? [];
  if (column == null || others.length > 0 || !WRITTEN_ANEW.test(column)) return [...assertions];
  return assertions.map((one) => {
    const [value, ...more] = one.type === 'contains' ? one.values : [];
    return typeof value === 'string' && more.length === 0 && CONDITION.test(value) && !value.includes('(') ? { type: 'column', column, quantifier: 'any', op: 'matches', value: patternOf(value) } : one;
  });
}
