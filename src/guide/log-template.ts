import { hasBlank } from './blanks.js';
import { factOfLabel } from './log-facts.js';
import { matchable, plainText } from './plain.js';
import type { Draft, Guide } from './draft.js';

export interface LogFieldRead {
  label: string;
  fact: string | null;
  line: number;
  unit: string | null;
  section: string | null;
  steps: string[];
  boxes: string[];
}

const BOX = /\[[ xX]?\]\s*([^[\]|,;]+?)(?=\s{2,}|\s*\[[ xX]?\]|\s*[|,;]|\s*$)/g;

const NAMES = new Set<string>(['date', 'start', 'end', 'duration', 'operator', 'environment', 'project', 'database', 'server', 'guide', 'version', 'run', 'host', 'role']);

/** A box of its own on a line. */
const LONE_BOX = /^\s*(?:[-*+]\s*)?\[[ xX]?\]\s*([^[\]]{1,200})$/;

/**
 * Reads the labels of a log template: what each asks for, the section it stands in
 * and the steps that section is about. A label with text already filled in
 * ("Environment: Production") is a field too: the run knows better.
 */
export function readLogFields(guide: Guide, ids: Map<Draft, string>): LogFieldRead[] {
  if (!guide.log) return [];
  const fields: LogFieldRead[] = [];
  let section: string | null = null;
  let steps: string[] = [];
  let pending: { line: number; label: string } | null = null;
  let before = '';
  const captures = new Map(guide.drafts.flatMap((draft) => draft.attributes.capture ?? []).map((name) => [keyOf(name), name]));
  const answer = (label: string): string | null => {
    const captured = captures.get(keyOf(label));
    return captured === undefined ? factOfLabel(label) : `capture:${captured}`;
  };
  const lines = guide.log.text.split('\n').map((text) => text.slice(0, 500));
  lines.forEach((raw, index) => {
    const line = (guide.log?.firstLine ?? 1) + index;
    const heading = /^\s*#{1,6}\s+(.+)$/.exec(raw)?.[1];
    const match = /^(\s*(?:[-*+]\s+|\d+[.)]\s+)?(?:\[[ xX]\]\s+)?)([^:：|]{1,120}?)\s*[:：]\s*(.*)$/.exec(raw);
    if (before.trim() === '' && /^\S/.test(raw) && !/^[-*+]\s/.test(raw)) {
      section = null;
      steps = [];
    }
    before = raw;
    const add = (label: string, unit: string | null, boxes: string[], at = line) => fields.push({ label, fact: answer(label), line: at, unit, section, steps, boxes });
    if (heading !== undefined && !hasBlank(raw)) {
      section = plainText(heading);
      steps = stepsOf(section, guide, ids);
      pending = null;
    } else if (match) {
      const label = plainText((match[2] ?? '').replace(/^\*+|\*+$/g, '').replace(/_{2,}\s*$/, ''));
      const rest = (match[3] ?? '').trim();
      const boxes = [...rest.matchAll(BOX)].map((box) => (box[1] ?? '').trim()).filter((text) => text !== '');
      const bare = rest.replace(/^\*+$/, '') === '';
      if (boxes.length > 0 || hasBlank(rest)) add(label, boxes.length > 0 ? null : unitOf(rest), boxes);
      else if (bare) pending = { line, label };
      else if (factOfLabel(label) !== null && !/^\s*(?:[-*+]|[✅✔☑✓❌✗])/u.test(raw)) add(label, null, []);
      if (!bare) pending = null;
    } else if (pending && hasBlank(raw)) {
      add(pending.label, null, [], pending.line);
      pending = null;
    } else if (LONE_BOX.test(raw)) {
      const text = plainText(LONE_BOX.exec(raw)?.[1] ?? '');
      const fact = answer(text);
      // A box is ticked or not: no name or time answers it.
      fields.push({ label: text, fact: fact !== null && NAMES.has(fact) ? null : fact, line, unit: null, section, steps, boxes: [text] });
    } else if (raw.trim() !== '') pending = null;
    // A label with nothing behind it, followed by labels: a section of the template.
    const next = lines[index + 1] ?? '';
    if (pending && pending.line === line && /^\s*(?:[-*+]\s+|\[[ xX]?\]|\d+[.)]\s+|[^:：]{1,80}[:：])/.test(next)) {
      section = pending.label;
      steps = stepsOf(section, guide, ids);
    }
  });
  return fields;
}

function unitOf(rest: string): string | null {
  return /(?:_{3,}|\])\s*([%€$£]|[A-Za-zµ]{1,12})/.exec(rest)?.[1] ?? null;
}

/** Steps a template's section is about: by number ("Migration 001"), else by the words of its title. */
function stepsOf(section: string, guide: Guide, ids: Map<Draft, string>): string[] {
  const text = matchable(section);
  const forward = guide.drafts.filter((draft) => draft.role !== 'rollback');
  const numbered = /\b(migration|phase|step|part|stage|task) #?0*(\d{1,14})\b/.exec(text);
  const pick = (wanted: (draft: Draft) => boolean) => forward.filter(wanted).map((draft) => ids.get(draft) ?? '');
  if (numbered) {
    const same = new RegExp(`\\b${numbered[1] ?? ''} #?0*${numbered[2] ?? ''}\\b`);
    const found = pick((draft) => draft.labels.some((label) => same.test(matchable(label))) && (draft.statements.length > 0 || draft.shell !== null));
    const writing = new Set(forward.filter((draft) => draft.statements.some((one) => one.writes)).map((draft) => ids.get(draft)));
    const acting = found.filter((id) => writing.has(id));
    if (found.length > 0) return acting.length > 0 ? acting : found;
  }
  if (/\bpost\b|\bverif|\bvalidat|\bcheck/.test(text)) return pick((draft) => draft.role === 'verify' && draft.statements.length > 0);
  return [];
}

/** A label or a name, case, blanks and marks aside. */
function keyOf(label: string): string {
  return label.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '');
}
