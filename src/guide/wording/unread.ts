import type { Assertion } from '../../assertions/assertion.js';
import { numberOf } from './normal.js';
import type { StatementShape } from './shape.js';

/** What tells something of its own: a text in quotes or back-ticks, a figure, a name with an underscore, a word in capitals. */
const TELLING = /`([^`]+)`|"([^"]+)"|(?<![\p{L}\d])'([^']+)'(?![\p{L}\d])|(?<![\w.,/-]|\d:)(\d[\d,]*(?:\.\d+)?)(?![\w.%:/-]*\w)|(?<![\w.])([a-z]\w*_\w+)|(?<![\p{L}\d_-])([A-Z]{3,})(?![\p{L}\d_])|\b(non-null|[Nn]ot null|NOT NULL|populated|(?:data|fields|columns|values) (?:filled|set))\b/gu;
/** Capitals that stress, or that name what everybody knows. */
const STRESSED = /^(?:ONE|TWO|THREE|FOUR|FIVE|SIX|ONLY|ALL|MUST|NOT|AND|EACH|EVERY|BOTH|EXACTLY|ROWS?|EMPTY|ZERO|NONE|PASS|FAIL|TEST|NOTE|SHOULD|RLS|SQL|UUID|JSON|API|RPC|LEAST|THE|FOR|NEW|EXPECTED)$/;
/** "…, 0 rows if not": the other case. */
const ELSE_NONE = /,? (?:0|no|zero|none)(?: rows?)? (?:if not|otherwise)\b/i;
/** Names in brackets, as a list. */
const LIST = /\(([^\s,()]+(?:, ?[^\s,()]+)+)\)/;
/** Behind such a word stands where it is looked for. */
const PLACE = /\b(?:for|on|in|of|from|across|over|under|by)(?: (?:the|all|all of the))? $/i;
/** Explanations in brackets, but no lists and pairs in them. */
const BRACKETS = /\((?!\s*[\w`]+ ?[=:])(?!\s*[^\s,()]*[A-Z_\d`'"][^\s,()]*(?:, ?[^\s,()]+)+\s*\))[^()]*\)/g;

/**
 * What an expectation of so many rows says of them beside their number: names, values and figures that
 * are neither judged nor named by the statement. Null: nothing of the kind. "Nothing unread passes."
 */
export function unreadOf(text: string, assertions: readonly Assertion[], shape: StatementShape | null): string | null {
  if (!assertions.every((one) => (one.type === 'rows' && one.value !== 0) || one.type === 'shape')) return null;
  const [first = ''] = text.replace(BRACKETS, ' ').replace(ELSE_NONE, '').split(/(?<=[.!])\s+(?=\p{Lu})|(?<=[.!])\s*$|\s[–—]\s|;\s/u);
  // "`true` or `false`" are the two that a truth value may be.
  const truths = assertions.some((one) => one.type === 'shape' && one.shape === 'boolean') ? ' true false' : '';
  const judged = JSON.stringify(assertions).toLowerCase() + truths;
  const named = new Set([...(shape?.tables ?? []), ...(shape?.sought ?? []), ...(shape?.like ?? [])].map((one) => one.toLowerCase()));
  const figures: number[] = [];
  const ranged = assertions.flatMap((one) => ('value' in one && Array.isArray(one.value) ? one.value.map(String) : []));
  for (const match of first.matchAll(TELLING)) {
    const [whole, ticked, double, single, figure, name, capitals, filled] = match;
    if (double === undefined && single === undefined && PLACE.test(first.slice(0, match.index))) continue;
    if (figure !== undefined) {
      if (!ranged.includes(figure)) figures.push(numberOf(figure) ?? -1);
    } else if (filled !== undefined) {
      if (assertions.some(({ type }) => type === 'rows')) return whole;
    }
    else if (capitals === undefined || (!STRESSED.test(capitals) && assertions.some(({ type }) => type === 'rows'))) {
      const said = (ticked ?? double ?? single ?? name ?? capitals ?? '').toLowerCase();
      if (said !== '' && !named.has(said.replace(/^\w+\./, '')) && !judged.includes(JSON.stringify(said).slice(1, -1))) return whole;
    }
  }
  const listed = LIST.exec(text)?.[1];
  if (listed !== undefined && /\p{Lu}|_|\d/u.test(listed) && !listed.split(/, ?/).every((one) => judged.includes(one.replace(/[`'"]/g, '').toLowerCase()))) return listed;
  const [total, ...parts] = figures;
  // The figure that is judged, the parts that add up to it, and factors of it.
  const sum = parts.reduce((all, one) => all + one, 0);
  return parts.length === 0 || sum === total || parts.reduce((all, one) => all * one, 1) === total ? null : String(parts[0]);
}
