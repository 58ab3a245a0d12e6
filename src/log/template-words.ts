import { outcomeOfBox } from './template-boxes.js';
import type { FactValue } from './facts.js';
import { day, inUnit, patternTime, spoken, trimmed, utc } from './format.js';

/**
 * A value as the text of one blank, in the unit and shape the blank asks for;
 * null when it does not fit (seconds asked of a name, say).
 */
export function wordFor(value: FactValue, blank: string, unit: string | null): string | null {
  const inside = /^\[(.*)\]$/.exec(blank)?.[1] ?? null;
  switch (value.kind) {
    case 'text': return value.text;
    case 'lines': return value.lines.join('; ');
    case 'number': return trimmed(value.value, 3);
    case 'time': return timeWord(value, blank, inside);
    case 'duration': {
      if (unit !== null) return inUnit(value.ms, unit);
      const asked = inside === null ? null : /\b(ms|milliseconds|seconds|minutes|hours|mins?|secs?)\b/i.exec(inside)?.[1] ?? null;
      const counted = asked === null ? null : inUnit(value.ms, asked);
      return counted === null ? spoken(value.ms) : `${counted} ${asked ?? ''}`;
    }
    case 'answer': return oneOf(inside, value.yes ? 'positive' : 'negative') ?? (value.yes ? 'Yes' : 'No');
    case 'outcome': {
      if (value.outcome === 'rolled back') return oneOf(inside, 'rolled back') ?? 'Rolled back';
      if (value.outcome === 'skipped') return oneOf(inside, 'skipped') ?? 'Skipped';
      return oneOf(inside, value.outcome === 'success' ? 'positive' : 'negative') ?? (value.outcome === 'success' ? 'Success' : 'Failed');
    }
  }
}

/** `[Pass/Fail]`: the word of the two that says it. */
function oneOf(inside: string | null, outcome: string): string | null {
  return inside?.split(/\s*[/|]\s*|\s+or\s+/).find((word) => outcomeOfBox(word) === outcome) ?? null;
}

function timeWord(value: { iso: string; show: 'date' | 'time' | 'both' }, blank: string, inside: string | null): string {
  if (inside !== null) {
    const filled = patternTime(inside, value.iso);
    if (filled !== null) return filled;
  }
  const iso = new Date(value.iso);
  if (/_:_/.test(blank)) return utc(value.iso).slice(11, 16);
  if (value.show === 'time') return utc(value.iso).slice(11);
  return value.show === 'date' || /_\/_/.test(blank) ? day(iso) : utc(value.iso);
}
