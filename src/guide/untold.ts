import { fencesIn, type Block } from './block.js';
import type { Draft, Guide } from './draft.js';
import { isSqlLanguage } from './info-string.js';
import { plainText } from './plain.js';
import { isForward, isNextTitle } from './roles.js';
import { walkSections, type Section } from './section.js';
import type { SectionFacts } from './section-facts.js';

/** SQL of a chapter on the way that became no step, is shown in none and was told of by no remark yet: that it does not run is said. */
export function remarkUntold(guide: Guide, facts: ReadonlyMap<Section, SectionFacts>): void {
  const drafts = guide.drafts.flatMap(withItems);
  const shown = [...drafts.map((draft) => draft.context), ...guide.hints.map((hint) => hint.remedy)];
  const told = new Set(guide.remarks.list.map(({ line }) => line));
  const steps = new Set<number>();
  for (const draft of drafts) for (const { line, endLine } of draft.fence === null ? [draft] : [draft, draft.fence]) for (let at = line; at <= endLine; at += 1) steps.add(at);
  for (const section of walkSections(guide.root)) {
    if (told.has(section.line)) continue;
    const role = facts.get(section)?.role ?? 'reference';
    if (role === 'reference' && (isNextTitle(section.title) || isLeftPart(section, facts) || tellsToRun(section, facts))) remarkNext(guide, section);
    if (!isForward(role)) continue;
    for (const { fence, above } of fencesIn(section.blocks)) {
      if (!isSqlLanguage(fence.lang) || within(steps, fence.line, fence.endLine)) continue;
      const first = fence.body.split('\n').map((line) => line.trim()).find((line) => line !== '');
      if (first === undefined || shown.some((text) => text.includes(first)) || within(told, fence.line - 2, fence.endLine)) continue;
      if (REMEDY.test(above)) guide.remarks.info('remedy', 'this SQL is for the case that is told above it; it does not run on the way', { line: fence.line });
      else guide.remarks.warning('left-out', 'this SQL became no step and does not run on the way', { line: fence.line }, 'if it is a step, say so: ```sql role=deploy; if it is none, put it below a heading such as "Troubleshooting"');
    }
  }
}

/** "1.3 Clean old jobs (optional)": counted among the steps, and set aside all the same. */
function isLeftPart({ title, parent }: Section, facts: ReadonlyMap<Section, SectionFacts>): boolean {
  return /^\W*(?:step |phase |part )?\d+(?:\.\d+)*[.):]?\s/i.test(plainText(title)) && parent !== null && isForward(facts.get(parent)?.role ?? 'reference') && /\boptional\b/i.test(title);
}

/** "Important note about ids" in a chapter on the way, which goes on: "update them by running:". */
function tellsToRun({ title, blocks, parent }: Section, facts: ReadonlyMap<Section, SectionFacts>): boolean {
  return /\bnotes?\b/i.test(title) && parent !== null && isForward(facts.get(parent)?.role ?? 'reference') && blocks.some((block, index) => block.kind === 'fence' && /\b(?:run|running|execut\w+|apply(?:ing)?)\b[^.]{0,40}[:：]\W*$/i.test(lastWords(blocks[index - 1])));
}

const lastWords = (block: Block | undefined): string => (block?.kind === 'paragraph' ? block.text : block?.kind === 'list' ? lastWords(block.items.at(-1)?.children.at(-1)) : '');

/** "Next steps after deployment" over SQL that writes: whoever walks the guide to its end has not done it. */
function remarkNext(guide: Guide, section: Section): void {
  const fence = [...walkSections(section)].flatMap((one) => fencesIn(one.blocks)).map((one) => one.fence).find((one) => isSqlLanguage(one.lang) && /^\s*(?:insert|update|delete|create|alter|drop|grant|select cron\.)\b/im.test(one.body));
  if (fence !== undefined && !guide.drafts.some(({ line }) => line >= fence.line && line <= fence.endLine)) guide.remarks.warning('left-out', `what stands under "${plainText(section.title).slice(0, 60)}" does not run on the way`, { line: fence.line }, 'if it is a step, say so: <!-- step: role=deploy --> before the heading');
}

/** What is done where something went wrong, or only shows how: nobody misses it on the way. */
const REMEDY = /\b(?:fail\w*|errors?|issues?|problems?|wrong|empty|missing|broken|stuck|slow|not work\w*|doesn't work|examples?)\b/i;

const withItems = (draft: Draft): Draft[] => [draft, ...draft.items.flatMap((item) => item.waitsFor.flatMap(withItems))];

function within(lines: ReadonlySet<number>, from: number, to: number): boolean {
  for (let at = from; at <= to; at += 1) if (lines.has(at)) return true;
  return false;
}
