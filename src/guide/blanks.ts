import { plainText } from './plain.js';
import type { FieldDraft } from './draft.js';

/** A blank to fill: a run of underscores (also escaped or in asterisks), or a word in square brackets that names a value. */
const BLANK = /(?:\\?_){3,}|(?:\*{2,}(?:\\?_)+\*{2,})|\*{6,}/;
const BRACKET = /\[(?:timestamp|date|time|your [^\]]+|name|number|count|duration|value|yyyy[^\]]*|hh:mm[^\]]*|pass\/fail|y\/n|yes\/no|ms|seconds|url|version|initials|signature)\]/i;

/** Whether a line has a blank. */
export function hasBlank(line: string): boolean {
  return BLANK.test(line) || BRACKET.test(line);
}

/**
 * Reads `Label: ______ unit` from lines; `firstLine` is the document line of the
 * first. A line with a blank but no label takes the last label without a value.
 */
export function readBlanks(text: string, firstLine: number): FieldDraft[] {
  const fields: FieldDraft[] = [];
  let pending: { line: number; label: string } | null = null;
  text.split('\n').forEach((written, index) => {
    // Longer lines are no labels, and the patterns below would take the square of their length.
    const raw = written.trim().slice(0, 500);
    const line = firstLine + index;
    // `**Name**: ****\_\_****` – the emphasis belongs to the label, the rest to the blank.
    const labelled = /^\s*(?:[-*+]\s+|\d+[.)]\s+)?(?:\[[ xX]\]\s+)?(.{1,120}?)\s*[:：]\s*(.*)$/.exec(raw);
    if (labelled && hasBlank(labelled[2] ?? '')) {
      const rest = labelled[2] ?? '';
      const match = BLANK.exec(rest) ?? BRACKET.exec(rest);
      const after = match ? rest.slice(match.index + match[0].length).trim() : '';
      // "Signed by: ____ Date: ____": another one behind it.
      const more = /^[\s|,;–-]*[\p{L}][^:：_]{0,60}[:：]/u.test(after) && hasBlank(after);
      const unit = more ? null : /^(?:[%€$£]|[A-Za-zµ]{1,12})/.exec(after)?.[0] ?? null;
      fields.push({ line, label: label(labelled[1] ?? ''), unit });
      if (more) fields.push(...readBlanks(after.replace(/^[\s|,;–-]+/, ''), line));
      pending = null;
    } else if (labelled && /^(?:\*\*|__)?\s*$/.test(labelled[2] ?? '')) pending = { line, label: label(labelled[1] ?? '') };
    else if (pending && /^\s*(?:\\?_){3,}\s*$/.test(raw)) {
      fields.push({ ...pending, unit: null });
      pending = null;
    }
  });
  return fields;
}

function label(raw: string): string {
  return plainText(raw.replace(/^\*+|\*+$/g, '')).replace(/[*_]+$/, '').trim();
}
