import type { Draft, Guide } from './draft.js';
import { plainText } from './plain.js';
import { isForward } from './roles.js';
import type { Section } from './section.js';
import { isLeftOut, roleNow, type Walk } from './walk.js';

/** Characters that one section may add to a step. */
const LONGEST = 1500;
/** Characters beside a step in all. */
const MOST = 3000;

/** Keeps what a section on the way says and none of its steps took: with the step above it there, else for the next one. */
export function keepSaid(walk: Walk, from: number): void {
  const { guide, section } = walk;
  if (walk.prose.length === 0 && walk.shown.length === 0) return;
  const said = [...walk.prose, ...walk.shown];
  Object.assign(walk, { prose: [], shown: [] });
  // What the document says of itself as a whole is its description.
  if (section.depth < 2) return;
  const back = roleNow(walk) === 'rollback' ? guide.drafts.slice(from).findLast((draft) => draft.role === 'rollback') : undefined;
  if (back !== undefined) {
    addBeside(back, said.join('\n').slice(0, LONGEST));
    return;
  }
  // "Nothing can be restored without a backup": speaks of the way back, and is said on the way.
  if (!isForward(walk.facts.role) || isLeftOut(walk)) return;
  const text = said.join('\n').slice(0, LONGEST);
  const own = guide.drafts.slice(from).findLast((draft) => isForward(draft.role) && !draft.optional);
  if (own === undefined) guide.said.push({ section, text });
  else addBeside(own, text);
}

/** Hands what sections without steps say to the next step on the way; behind the last one, to that. */
export function placeSaid(guide: Guide): void {
  if (guide.said.length === 0) return;
  const steps = guide.drafts.filter((draft) => isForward(draft.role) && !draft.optional).sort((one, other) => one.line - other.line);
  const told = new Map<Section, Draft[]>();
  for (const step of steps) if (step.prompt !== null) told.set(step.section, [...(told.get(step.section) ?? []), step]);
  let next = 0;
  for (const { section, text } of guide.said) {
    while (next < steps.length - 1 && (steps[next]?.line ?? 0) <= section.line) next += 1;
    const step = steps[next];
    if (step !== undefined && !isTold(section, text, told)) addBeside(step, text);
  }
}

/**
 * What the way back asks a person to do is said with the part of its section that runs next, or ran last: of a rollback
 * only SQL and commands run.
 */
export function tellByHandBack(guide: Guide): void {
  const back = guide.drafts.filter(({ role }) => role === 'rollback').sort((one, other) => one.line - other.line);
  const parts = back.filter(({ kind }) => kind === 'sql' || kind === 'shell');
  const bare = (text: string): string => plainText(text).replace(/\W+$/, '');
  const titles = new Set(parts.map(({ title }) => bare(title)));
  for (const draft of back) {
    if (parts.includes(draft)) continue;
    const own = parts.filter(({ section }) => section === draft.section);
    const told = draft.prompt === null ? draft.items.map((item) => ({ text: plainText(item.text), line: item.line })) : [{ text: draft.prompt, line: draft.line }];
    const partAt = (line: number): Draft | undefined => own.find((one) => one.line > line) ?? own.at(-1) ?? parts.findLast((one) => one.line < line && one.section.parent === draft.section.parent);
    const above = partAt(draft.line);
    if (above !== undefined && draft.context !== '') addBeside(above, draft.context);
    for (const { text, line } of told) {
      const part = partAt(line);
      if (part !== undefined && !titles.has(bare(text)) && !part.beside.includes(text)) addBeside(part, `by hand: ${text}`);
    }
  }
}

/** Whether a step tells a whole section, this one or one that it is part of. */
function isTold(section: Section, text: string, told: ReadonlyMap<Section, readonly Draft[]>): boolean {
  const [first = ''] = text.split('\n', 1);
  for (let at: Section | null = section; at !== null; at = at.parent) if (told.get(at)?.some((step) => step.prompt?.includes(first.replace(/^- /, '')) === true) === true) return true;
  return false;
}

function addBeside(step: Draft, text: string): void {
  step.beside = [step.beside, text].filter((part) => part !== '').join('\n').slice(0, MOST);
}
