import type { Step } from './graph.js';

/** A part of the document with blanks to fill, outside the log template, as it stands there. */
export interface Form { step: string; line: number; text: string }

const fence = /^\s*(?:`{3,}|~{3,})/;

/**
 * The forms of a guide: the lines of every step that holds blanks, with the
 * label they stand under, which says whether figures are of before or after.
 */
export function readForms(steps: readonly Step[], lines: readonly string[]): Form[] {
  return steps.filter((step) => step.fields.length > 0 && step.role !== 'rollback').map((step) => {
    const from = firstLine(step.line, lines);
    // Fences are blank lines here: the form is shown in a fence of its own, and its lines keep their numbers.
    const text = lines.slice(from - 1, step.endLine).map((line) => (fence.test(line) ? '' : line)).join('\n').trimEnd();
    const blank = /^\n*/.exec(text)?.[0].length ?? 0;
    return { step: step.id, line: from + blank, text: text.slice(blank) };
  });
}

/** 1-based; a label such as `**Before**:` right above belongs to the form. */
function firstLine(line: number, lines: readonly string[]): number {
  let above = line - 1;
  while (above > line - 3 && (lines[above - 1] ?? '').trim() === '') above -= 1;
  const text = lines[above - 1] ?? '';
  return above < line && /[:：](?:\*\*|__)?\s*$|^\s*\*\*[^*]+\*\*\s*$/.test(text) && !/_{3,}/.test(text) ? above : line;
}
