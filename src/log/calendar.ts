import type { FollowUp } from './follow-ups.js';

/** What the calendar says of a run, and its follow-ups. */
export interface CalendarRun { run: string; title: string; environment: string; finishedAt: string; list: readonly FollowUp[] }

/** TEXT values: backslash, semicolon, comma and line break are escaped (RFC 5545, 3.3.11). */
function escaped(text: string): string {
  return text.replace(/\\/g, '\\\\').replace(/;/g, '\\;').replace(/,/g, '\\,').replace(/\r\n|\r|\n/g, '\\n').replace(/[\u0000-\u0008\u000b-\u001f\u007f]/g, '');
}

/** Content lines are at most 75 octets; longer ones continue after CRLF and a space (3.1). Never splits a character. */
export function foldLine(line: string): string {
  const parts: string[] = [];
  let part = '';
  let octets = 0;
  for (const character of line) {
    const size = Buffer.byteLength(character, 'utf8');
    if (octets + size > 75) {
      parts.push(part);
      part = ' ';
      octets = 1;
    }
    part += character;
    octets += size;
  }
  parts.push(part);
  return parts.join('\r\n');
}

const stamp = (iso: string): string => new Date(iso).toISOString().replace(/[-:]/g, '').replace(/\.\d+/, '');

/**
 * The open follow-ups of runs as one iCalendar file (RFC 5545): programs read
 * only the first calendar of a file. Stamps come from the runs, not from the
 * clock, so the same runs give the same file.
 */
export function calendar(runs: readonly CalendarRun[]): string {
  const lines = ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//deploy-wizard//follow-ups//EN', 'CALSCALE:GREGORIAN', ...runs.flatMap((run) => run.list.flatMap((item) => (item.done ? [] : event(run, item)))), 'END:VCALENDAR'];
  return `${lines.map(foldLine).join('\r\n')}\r\n`;
}

function event(run: CalendarRun, item: FollowUp): string[] {
  const todo = item.items.map((text) => `- ${text}`).join('\n');
  return [
    'BEGIN:VEVENT',
    `UID:${escaped(`${run.run}-${item.step}`).replace(/\s/g, '-')}@deploy-wizard`,
    `DTSTAMP:${stamp(run.finishedAt)}`,
    `DTSTART:${stamp(item.from)}`,
    `DTEND:${stamp(item.to)}`,
    `SUMMARY:${escaped(`${item.label}: ${item.title} (${run.environment})`)}`,
    `DESCRIPTION:${escaped([`Follow-up of ${run.title}, run ${run.run}.`, todo, `deploy-wizard resume ${run.run}`].filter(Boolean).join('\n'))}`,
    'TRANSP:TRANSPARENT',
    'END:VEVENT',
  ];
}
