import type { Draft } from './draft.js';
import { matchable } from './plain.js';

const HOUR = 3_600_000;
const SPAN: Record<string, number> = { minute: 60_000, hour: HOUR, day: 24 * HOUR, week: 7 * 24 * HOUR, month: 30 * 24 * HOUR };

/** When a step is due after the deployment, in milliseconds from its end. */
export interface FollowUp {
  fromMs: number;
  toMs: number;
  label: string;
}

/** "Week 2", "Day 1-3", "(first 24 hours)": the time a title or item is about, or null. */
export function followUpOf(title: string): FollowUp | null {
  const text = matchable(title);
  const first = /\b(?:first|within|next|for) (?:the (?:first|next) )?(?:(\d{1,3}) ?(?:-|–|to) ?)?(\d{1,3})? ?(minute|hour|day|week|month)s?\b/.exec(text);
  const label = title.replace(/[*`]/g, '').trim();
  if (first && (first[2] !== undefined || text.includes('first'))) return { fromMs: 0, toMs: Number(first[2] ?? 1) * (SPAN[first[3] ?? ''] ?? HOUR), label };
  const nth = /(?:^|[^\w])(day|week|month|hour)s? (\d{1,3})(?: ?(?:-|–|to) ?(?:day |week )?(\d{1,3}))?(?:\b|$)/.exec(text);
  if (nth) {
    const unit = SPAN[nth[1] ?? ''] ?? HOUR;
    return { fromMs: (Number(nth[2]) - 1) * unit, toMs: Number(nth[3] ?? nth[2]) * unit, label };
  }
  return laterOf(title);
}

const NUMBERS = ['one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten'];
const NUMBER = String.raw`(?:at least |about |around |another )?(\d{1,3}|an?|${NUMBERS.join('|')})\+?(?: ?(?:-|–|to) ?\d{1,3})?`;
const LATER = new RegExp(String.raw`\bafter ${NUMBER} (day|week|month)s?\b|(?:^\W*|\()${NUMBER} (minute|hour|day|week|month)s? (?:after|post|later)\b`);

/** "Cleanup after 30 days", "(one week later)": what is not done in the same run, or null. */
export function laterOf(title: string): FollowUp | null {
  const match = LATER.exec(matchable(title));
  return match && spanOf(match[1] ?? match[3] ?? '', match[2] ?? match[4] ?? '', title);
}

function spanOf(count: string, unit: string, title: string): FollowUp {
  const number = /^an?$/.test(count) ? 1 : Number(count) || NUMBERS.indexOf(count) + 1;
  const each = SPAN[unit] ?? HOUR;
  const label = title.replace(/[*`]/g, '').trim();
  // "30 minutes after": within the run of its people; "after 30 days" from then on.
  return each < 24 * HOUR ? { fromMs: 0, toMs: number * each, label } : { fromMs: number * each, toMs: (number + 1) * each, label };
}

/** "After 7 days without trouble, drop it:", "Wait two weeks": a sentence that begins with when. */
const WAITS = new RegExp(String.raw`^\W*(?:only |then )?(?:after|wait(?:ing)?(?: for)?) ${NUMBER} (day|week|month)s?\b(?! (?:the|old)\b)`);

/**
 * When each step is due. What takes something away for good waits for the time that is said right above it;
 * a title such as "Purge logs after 30 days" only speaks of a time where its SQL takes nothing away itself.
 */
export function placeFollowUps(drafts: readonly Draft[]): void {
  for (const draft of drafts) {
    if (draft.statements.length === 0 || draft.role === 'rollback') continue;
    if (draft.statements.some((one) => one.destructive)) draft.followUp ??= waitedFor(draft);
    else if (draft.followUp !== null && draft.followUp.fromMs > 0 && draft.role === 'deploy' && draft.statements.some((one) => one.writes) && !SAYS_WHEN.test(matchable(draft.followUp.label))) draft.followUp = null;
  }
}

const SAYS_WHEN = /(?:^|[(:–—-])\W*(?:do |run )?(?:after|\d)|\bclean-?ups?\b/;

function waitedFor({ title, context }: Draft): FollowUp | null {
  for (const sentence of [title, ...context.split(/\n|(?<=[.!?])\s+/)]) {
    const match = WAITS.exec(matchable(sentence));
    if (match) return spanOf(match[1] ?? '', match[2] ?? '', sentence.slice(0, 100));
  }
  return null;
}
