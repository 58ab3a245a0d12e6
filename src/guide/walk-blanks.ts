import { readBlanks } from './blanks.js';
import { plainText } from './plain.js';
import { isForward } from './roles.js';
import { makeDraft, titleNow, type Walk } from './walk.js';

/** Blanks outside a log template: measured or known values the operator gives. */
export function readBlankLines(walk: Walk, text: string, at: { line: number; endLine: number }, firstLine = at.line): void {
  const fields = readBlanks(text, firstLine);
  if (fields.length === 0 || !isForward(walk.facts.role)) return;
  const title = titleNow(walk);
  const signoff = /\bsign[ -]?off|approved? by|signature/i.test(`${walk.section.title} ${walk.label ?? ''} ${fields.map((field) => field.label).join(' ')}`);
  const last = walk.guide.drafts.at(-1);
  if (last && last.section === walk.section && last.fields.length > 0 && last.fence === null && last.endLine >= at.line - 2) {
    last.fields.push(...fields);
    last.endLine = at.endLine;
    return;
  }
  const draft = makeDraft(walk, signoff ? 'approval' : 'input', at, signoff ? plainText(walk.section.title) : title);
  draft.fields = fields;
  draft.prompt = signoff ? draft.title : (walk.label ?? draft.title);
  if (/^\W*(?:before|pre-?deploy|pre-?migration|baseline)\b/i.test(walk.label ?? '') && draft.attributes.role === undefined) draft.role = 'prepare';
  walk.guide.drafts.push(draft);
}
