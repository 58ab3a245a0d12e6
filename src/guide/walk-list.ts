import { isBranch, isTriggerLabel } from './branches.js';
import { hasBlank } from './blanks.js';
import type { Block, Fence, List, ListItem } from './block.js';
import { isCells } from './cell-table.js';
import type { Draft, ItemDraft } from './draft.js';
import type { Wording } from './expectation.js';
import { plainText } from './plain.js';
import { UNDER_CONDITION } from './reading.js';
import { isForward } from './roles.js';
import { bodyOf } from './wording/cue.js';
import { areHeaded } from './wording/headed.js';
import { namesIn } from './wording/names.js';
import { numberOf } from './wording/normal.js';
import { nameIn } from './wording/remarks.js';
import { areCounted } from './wording/tables.js';
import { allLines, COUNTED, firstLine, isMixed, isPart, isSentence, policyNames } from './list-lines.js';
import { closeGroup, isLeftOut, makeDraft, roleNow, titleNow, walkBlocks, type Walk } from './walk.js';
import { readBlankLines } from './walk-blanks.js';
import { firstSaid, groundOf, overrideOf, placeItem, placeUnder, roleAtTime, type Ground } from './walk-label.js';
import { closeManual, keepManual, placeOf } from './walk-manual.js';
import { tellLeftOut } from './walk-example.js';
import { isRunnable } from './walk-fence.js';
import { takeLabel } from './walk-boxes.js';
import { beginQuery, queryOfBox } from './walk-query.js';
import { expectSought, readTaskWording, RETURNS, sayOfOwn, signedResult, standsBelow } from './walk-task.js';
import { figuresOfOne } from './walk-figures.js';
import { isThresholds, readThresholds } from './walk-thresholds.js';
import { addWording, announce, readBranch, resultItem, wordingOf } from './walk-wording.js';

/** Reads a list: a checklist, the lines of an open expectation, triggers, thresholds, numbered instructions, or prose. */
export function readList(walk: Walk, list: List): void {
  if (isLegend(list)) {
    walk.prose.push(list.items.map((item) => `- ${firstLine(item, true)}`).join('\n'));
    return;
  }
  if (holdsTasks(list) && (list.items.some((item) => item.checked !== null) || !list.items.some(isGroup))) return readTasks(walk, list);
  walk.checklist = null;
  if (walk.triggers || isTriggerLabel(walk.label ?? '')) {
    for (const item of list.items) walk.guide.triggers.push({ line: item.line, text: firstLine(item) });
    walk.triggers = false;
    return;
  }
  if (walk.open && !list.items.some((item) => holdsCode(item)) && (!list.ordered || announces(walk.open.text, list.items.length))) return extendOpen(walk, list);
  if (roleNow(walk) === 'monitor' && isForward(walk.facts.role) && isThresholds(list)) return readThresholds(walk, list, (item, ground) => readItem(walk, item, list.ordered, ground));
  const ground = groundOf(walk, list.ordered);
  if (ground.role === 'reference' && list.items.some(holdsRunnable)) tellLeftOut(walk, list.line);
  const signed = !list.ordered && standsBelow(walk) && list.items.every(isSigned);
  for (const item of list.items) readItem(walk, item, list.ordered, ground, signed);
}

const STATE = /^\W*(?:not (?:yet )?started|in progress|completed?|done|finished|failed|blocked|pending|skipped|to ?do|passed|partial(?:ly)?(?: (?:done|complete))?|deferred|on hold|cancell?ed|n\/a|not applicable)\W*$/iu;

/** "⬜ Not started", "✅ Complete": what the signs of a table mean, and no boxes. */
const isLegend = (list: List): boolean => list.items.length > 1 && list.items.every((item) => item.children.length === 1 && STATE.test(firstLine(item, true)));

/** "Expected:", or "Expected: 3 indexes" above three of them: what a numbered list goes on with. */
function announces(text: string, items: number): boolean {
  const [, counted = ''] = /(?:^|\s)(\d+|two|three|four|five|six|seven|eight|nine|ten) (?:\w+ ){0,2}?[a-z]+s\W*$/i.exec(text) ?? [];
  return /[:：]\W*$/.test(text) || numberOf(counted) === items;
}

const LABEL = /^\s*(?:(?:\*\*|__)[^*_]+(?:\*\*|__)|[^\n]{1,80}[:：])\W*$/;

/** "✅ …", a line of what is seen. */
const isSigned = ({ children: [head, ...more] }: ListItem): boolean => head?.kind === 'paragraph' && more.length === 0 && /^\s*[✅✓✔☑]/u.test(head.text);

/** `signed`: in a list of such lines, right below code. */
function readItem(walk: Walk, item: ListItem, ordered: boolean, ground: Ground, signed = false): void {
  const [head, ...rest] = item.children;
  const text = head?.kind === 'paragraph' ? head.text : '';
  if (ordered) {
    // A numbered sibling ends what belonged to the one before.
    closeGroup(walk);
    closeManual(walk);
    walk.code = keepsCode(text, item) ? walk.code : null;
  }
  placeItem(walk, ground, null);
  const arrow = text === '' || isAside(walk.label) ? null : seenAfter(text);
  const wording = text === '' || isAside(walk.label) || ground.trouble === true ? null : (wordingOf(text) ?? arrow ?? resultItem(walk, text));
  const shown = wording !== null && wording === arrow ? { shown: plainText(text.replace(/\n/g, ' '), true) } : {};
  const seen = wording === null && signed ? signedResult(walk, text) : null;
  if (wording && !ordered && holdsRunnable(item) && /[:：]\W*$/.test(text)) announce(walk, { line: item.line, text: wording.replace(/\s*[:：](?=\W*$)/, ''), ...shown, extra: null, remedy: null });
  else if (wording && walk.code) addWording(walk, { line: item.line, text: wording, ...shown, extra: null, remedy: null });
  else if (seen) addWording(walk, { line: item.line, ...seen, extra: null, remedy: null });
  else if (isBranch(text)) readBranch(walk, text, item.line);
  else if (hasBlank(text)) readBlankLines(walk, `${text}`, item, item.line);
  else if (text !== '') {
    if (wording && ordered) (holdsRunnable(item) ? announce : addWording)(walk, { line: item.line, text: wording, ...shown, extra: null, remedy: null });
    else if (wording && !holdsRunnable(item)) {
      const kept = { line: item.line, text: wording, ...shown, extra: null, remedy: null };
      // What is printed below it is part of it.
      if (keepManual(walk, kept) && holdsCode(item)) walk.open = kept;
    }
    // A bullet that is a label ends what stood before it as a bold line would.
    if (ordered || holdsCode(item) || isGroup(item) || (LABEL.test(text) && overrideOf(plainText(text)) !== null)) {
      placeItem(walk, ground, plainText(text.split('\n')[0] ?? ''), /^\s*(?:\*\*|__)/.test(text));
      walk.label = plainText(firstSaid(text));
      if (isGroup(item)) walk.checklist = null;
    }
    if (ordered && walk.deeds?.from !== walk.guide.drafts.length) walk.deeds = { line: item.line, told: walk.prose.length, from: walk.guide.drafts.length };
    walk.prose.push(`- ${plainText(text)}`);
  }
  walkBlocks(walk, head?.kind === 'paragraph' ? rest : item.children);
  // "3. **Expected:** the page loads": what is seen after doing this by hand, not what a later fence returns.
  if (ordered && wording) for (const ahead of walk.ahead) if (ahead.line === item.line) ahead.apart = true;
}

/** "Put in a wrong weight → expect a warning": what is to be seen after that, said behind an arrow. */
function seenAfter(text: string): string | null {
  const said = /\S.*?(?:→|⇒|=>|->)\s*expect(?:ed|s)?\b:?\s*(\S.*)$/is.exec(text)?.[1];
  return said === undefined ? null : `Expected: ${said.replace(/\s+/g, ' ')}`;
}

/** "2. Click Run", "3. Should show 1 row": a numbered sibling that goes on about the code before it. */
function keepsCode(text: string, item: ListItem): boolean {
  if (holdsRunnable(item)) return false;
  if (holdsCode(item)) return wordingOf(text) !== null;
  return wordingOf(text) !== null || /^\W*(?:click|press|hit|run it|execute it|wait)\b/i.test(plainText(text));
}

/** "Security warning:" and the like: what stands under it warns and expects nothing. */
function isAside(label: string | null): boolean {
  return label !== null && /^\W*(?:[\w-]+ )?(?:warnings?|important|notes?|caution|attention|tips?|reminders?)\W*$/i.test(label);
}

/** The list after a label such as "Expected result:": names belong to it, sentences are expectations of their own. */
function extendOpen(walk: Walk, list: List): void {
  const open = walk.open;
  if (!open) return;
  if (/\b(?:pass|success|acceptance) criteri/i.test(open.text)) open.criterion = true;
  const plain = list.items.filter((item) => !isBranch(firstLine(item)));
  if (plain.length === 0) {
    // Cases alone: which of them it is, a person tells.
    open.extra = { kind: 'list', lines: list.items.map((item) => firstLine(item, true)) };
    return closeGroup(walk);
  }
  const said = plain.map((item) => firstLine(item, true));
  const lines = policyNames(open.text, said) ?? said;
  const sentences = (namesIn(lines) === null ? lines : lines.map(nameIn)).filter(isSentence).length;
  const bareLabel = /^\W*(?:expected|results?|(?:verify|check|confirm)(?: the)? (?:outputs?|results?)|what to (?:check|look for|verify)|you should see|should (?:see|show|return))[^:：]{0,40}[:：]\W*$/i.test(open.text) || bodyOf(open.text).text === '';
  const queries = walk.code?.statements.filter((one) => one.shape.returnsRows).length ?? 0;
  const figures = figuresOfOne(walk, lines);
  // Rows of the one result, told by their names, are no sentences of their own.
  const apart = queries === 1 && (areCounted(lines) || areHeaded(lines)) ? false : figures !== null || sentences * 2 >= lines.length || (isMixed(lines) && queries > 1);
  if (apart && bareLabel && !COUNTED.test(open.text)) {
    const place = placeOf(walk, open);
    // A condition of the label is one of each line.
    const cue = UNDER_CONDITION.test(open.text) ? open.text.replace(/[:：]\W*$/, '') : 'Expected';
    place.splice(place.indexOf(open), 1);
    if (figures !== null) place.push({ ...open, line: plain[lines.findIndex((line) => figures.lines.includes(line))]?.line ?? open.line, extra: { kind: 'list', lines: figures.lines }, at: figures.at });
    for (const [index, item] of plain.entries()) if (figures?.lines.includes(lines[index] ?? '') !== true) place.push({ ...open, line: item.line, text: `${cue}: ${lines[index] ?? ''}`, ...(open.shown === undefined ? {} : { shown: lines[index] ?? '' }), extra: null, ...(isPart(lines, index) ? { text: 'Expected output includes:', extra: { kind: 'output', text: (lines[index] ?? '').replaceAll('`', '') } } : {}) });
  } else open.extra = { kind: 'list', lines };
  for (const item of list.items) if (isBranch(firstLine(item))) readBranch(walk, firstLine(item), item.line);
  closeGroup(walk);
}

const ANY_OF_THESE = /^\W*(?:if|when) (?:any|one|either|all)(?: one)? of (?:these|the following|the below|them)\b/i;

/** Task-list items, also across lists that follow each other: one checklist, with the code under its items as steps before it. */
function readTasks(walk: Walk, list: List): void {
  let direct = standsBelow(walk);
  takeLabel(walk, list.items.map((item) => firstLine(item, true)), direct ? list.line : null);
  if (direct) expectSought(walk, () => list.items.map((item) => firstLine(item, true)), list.line);
  // "If any of these fails, stop:" says what the boxes below are for, not whether they are ticked.
  if (walk.override === 'reference' && ANY_OF_THESE.test(walk.label ?? '')) placeUnder(walk, null);
  // Behind another way to do it, they are of either.
  if (walk.otherWay) placeUnder(walk, null);
  closeGroup(walk);
  const role = roleNow(walk);
  // Boxes of a section that may be left out are still there to be ticked; its code is not run.
  const aside = role === 'reference' && walk.override === null ? walk.facts.boxes : null;
  const runs = isForward(role) || role === 'rollback' || aside !== null;
  const ground = groundOf(walk, list.ordered);
  let draft = walk.checklist;
  const known = draft;
  if (!draft || walk.pending) {
    const when = isForward(role) && walk.override === null ? roleAtTime(walk.label ?? '') : null;
    draft = makeDraft(walk, 'checklist', list, known?.title ?? titleNow(walk));
    if (when !== null && draft.attributes.role === undefined && (role === 'prepare' || role === 'deploy')) draft.role = when;
    if ((isLeftOut(walk) && role !== 'rollback') || aside !== null) draft.optional = true;
    if (aside !== null && draft.attributes.role === undefined) draft.role = aside;
    walk.label = null;
  } else draft.endLine = list.endLine;
  const { drafts } = walk.guide;
  const sole = list.items.filter((item) => RETURNS.test(firstLine(item, true))).length === 1;
  let bare = false;
  const boxed = list.items.findLastIndex((item) => item.checked !== null || holdsTaskBelow(item));
  let placed: Draft | null = null;
  // What its items wait for comes before it, also below a list that goes on with it; "Notes: ____" behind the last box, after it.
  const takePlace = (boxes: Draft): void => {
    if (placed === boxes) return;
    placed = boxes;
    const place = boxes === known ? drafts.lastIndexOf(boxes) : -1;
    if (place >= 0 && place < drafts.length - 1) drafts.splice(place, 1);
    if (runs && drafts.at(-1) !== boxes) drafts.push(boxes);
  };
  for (const [index, item] of list.items.entries()) {
    // What is ticked before the code of this one is asked before it runs.
    if (bare && holdsRunnable(item) && draft.attributes.id === undefined) {
      bare = false;
      draft.endLine = list.items[index - 1]?.endLine ?? draft.endLine;
      if (!drafts.includes(draft)) drafts.push(draft);
      draft = Object.assign(makeDraft(walk, 'checklist', { line: item.line, endLine: list.endLine }, draft.title), { optional: draft.optional, role: draft.role });
    }
    if (item.checked !== null || holdsTaskBelow(item)) readTask(walk, item, draft, 0, direct, sole);
    else {
      if (index > boxed) takePlace(draft);
      readItem(walk, item, list.ordered, ground, direct && isSigned(item));
    }
    bare ||= (isForward(role) || role === 'rollback') && item.checked !== null && !holdsRunnable(item);
    // The next box stands right below the code of this one.
    direct ||= holdsRunnable(item);
  }
  takePlace(draft);
  // "Size noted: ____ GB" is ticked and asked for.
  for (const item of list.items.filter((one) => one.checked !== null)) {
    readBlankLines(walk, firstLine(item, true), item, item.line);
    const below = item.children.flatMap((child) => (child.kind === 'list' && !holdsTasks(child) ? child.items.flatMap(allLines) : []));
    for (const { line, text } of below) if (hasBlank(text)) readBlankLines(walk, `${firstLine(item).replace(/[:：]/g, '')} – ${text}`, item, line);
  }
  walk.checklist = draft;
}

/** `direct`: right below its code; `sole`: the only one of its list that says what is returned. */
function readTask(walk: Walk, item: ListItem, draft: Draft, depth: number, direct: boolean, sole = false): void {
  const head = item.children.find((child) => child.kind === 'paragraph');
  const text = head?.text ?? '';
  const entry: ItemDraft = { line: item.line, text: plainText(text.replace(/\n/g, ' ')), depth, waitsFor: [] };
  draft.items.push(entry);
  const query = holdsRunnable(item) ? null : queryOfBox(walk, text, item.line);
  const nested = query === null ? resultsBelow(walk, item, text) : null;
  // A box with code of its own says nothing of the code above.
  if (nested !== null) addWording(walk, nested);
  else if (query === null && !holdsRunnable(item)) readTaskWording(walk, text, item.line, direct, sole);
  const below = item.children.filter((child) => child !== head);
  const before = walk.guide.drafts.length;
  // "- [ ] Rollback tested:" – the code below it is that rollback.
  const ground = groundOf(walk, false);
  placeItem(walk, ground, entry.text);
  const end = query === null ? null : beginQuery(walk, query, entry.text);
  for (const [index, child] of below.entries()) {
    if (child.kind === 'list' && walk.open !== null && walk.open.extra === null && below[index - 1]?.kind === 'paragraph' && !holdsTasks(child)) readList(walk, child);
    else if (child.kind === 'list') {
      const above = below[index - 1];
      const shown = above?.kind === 'fence' && isRunnable(above);
      const one = child.items.filter((inner) => RETURNS.test(firstLine(inner, true))).length === 1;
      for (const inner of child.items) {
        // Plain bullets under a box explain it; they are no boxes of their own.
        if (inner.checked !== null || holdsTaskBelow(inner)) readTask(walk, inner, draft, depth + 1, shown, one);
        else if (holdsCode(inner)) readItem(walk, inner, child.ordered, groundOf(walk, child.ordered));
        else draft.context = `${draft.context}\n- ${allLines(inner).map((line) => line.text).join('; ')}`.trim().slice(0, 4000);
      }
    } else {
      if (child.kind !== 'html') walk.label = entry.text;
      const made = walk.guide.drafts.length;
      walkBlocks(walk, [child]);
      // What stands under a box of a part that does not run is shown with it.
      if (child.kind === 'fence' && isRunnable(child) && walk.guide.drafts.length === made) draft.context = `${draft.context}\n${child.body.trim()}`.trim().slice(0, 4000);
    }
  }
  end?.();
  placeUnder(walk, ground.role, ground.strong);
  sayOfOwn(walk.guide.drafts.slice(before), text, item.line);
  // A box waits for no step that may be left out, nor for one of several ways; and on the way for none of the way back.
  entry.waitsFor = walk.guide.drafts.slice(before).filter((one) => one.kind !== 'checklist' && !one.optional && one.choice === draft.choice && (one.role !== 'rollback' || draft.role === 'rollback'));
}

/** "**Expected result:**", a box over plain bullets: what the query above is to show. */
function resultsBelow(walk: Walk, item: ListItem, text: string): Wording | null {
  const [, list, ...more] = item.children;
  if (walk.code?.kind !== 'sql' || list?.kind !== 'list' || more.length > 0 || holdsTaskBelow(item) || holdsCode(item) || !/^\W*expected(?: (?:results?|outputs?|values?|rows?))?\W*$/i.test(plainText(text))) return null;
  return { line: item.line, text: `${plainText(text).replace(/\W*$/, '')}:`, extra: { kind: 'list', lines: list.items.map((inner) => firstLine(inner, true)) }, remedy: null };
}

function holdsTasks(list: List): boolean {
  return list.items.some((item) => item.checked !== null || item.children.some((child) => child.kind === 'list' && holdsTasks(child)));
}

/** "3. **Look at the page:**" over boxes: no box itself, but the name of theirs. */
function isGroup(item: ListItem): boolean {
  return item.checked === null && item.children[0]?.kind === 'paragraph' && holdsTaskBelow(item);
}

function holdsTaskBelow(item: ListItem): boolean {
  return item.children.some((child) => child.kind === 'list' && holdsTasks(child));
}

function holdsCode(item: ListItem, counts: (fence: Fence) => boolean = () => true): boolean {
  const inside = (block: Block): boolean => isCells(block) || (block.kind === 'fence' && counts(block)) || (block.kind === 'list' && block.items.some((one) => one.children.some(inside))) || (block.kind === 'quote' && block.children.some(inside));
  return item.children.some(inside);
}

/** Code that may run, rather than what is printed. */
function holdsRunnable(item: ListItem): boolean {
  return holdsCode(item, isRunnable);
}
