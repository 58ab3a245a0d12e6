import { isCells } from './cell-table.js';
import { isConditional, leavesTheWay } from './branches.js';
import type { Draft } from './draft.js';
import { wholeText, type Wording } from './expectation.js';
import { plainBlocks, plainText } from './plain.js';
import type { Role } from './guide.js';
import { isForward, isStepTitle, roleOfTitle } from './roles.js';
import type { Section } from './section.js';
import { isLeftOut, makeDraft, roleNow, titleNow, type Walk } from './walk.js';
import { placeUnder } from './walk-label.js';
import { saidInEnglish } from './wording/elsewhere.js';
import { normal } from './wording/normal.js';

/** "Expected:", "Should show …" and "You should see:", in the languages guides are written in: said of a result, not in passing. */
const STATED = /^(?:should (?:not |now |only |also |still |all )*(?:show|see|display|return|list|contain|include|appear|disappear|open|load|fail|work|pass|succeed|bypass|allow|block|deny|reject|prevent|redirect|receive|get|exist|match|stay|remain|have (?!been\b|a? ?back-?ups?\b)|be (?:able|unable|shown|visible|hidden|listed|empty|rejected|denied|blocked|allowed|redirected|forbidden|accessible|logged))\b|(?:what to (?:check|look for|verify)|look for)\s*:|(?:pass(?:ing)?|acceptance) criteri(?:a|on)\s*:\s*\S|expect(?:ed|ation)s?\b|you should see\b|what you should see\b|r[ée]sultats? attendus?|attendu|(?:resultados?|salida|saída) esperad[oa]s?|esperad[oa]|erwart(?:et|ung)|verwacht|očekáv|risultat[oi] attes[oi]|oczekiwan|ожидае|beklenen|預期|预期|期望|期待される)/i;

/**
 * Keeps what is expected of something done by hand, where no code stands that it
 * could be said of. Gives whether it was kept: never in what is not on the way.
 */
export function keepManual(walk: Walk, wording: Wording, stated = STATED.test(saidInEnglish(normal(wording.text)))): boolean {
  if (!(wording.onWay ?? isForward(roleNow(walk))) || isLeftOut(walk) || !stated) return false;
  walk.manual.push(wording);
  return true;
}

/** Ends what was done by hand: a step that tells it and asks for each result, so that none passes unread. */
export function closeManual(walk: Walk): void {
  const wordings = walk.manual;
  const [first] = wordings;
  walk.manual = [];
  if (!first) return;
  // A label below that took what follows off the way is not what was done here.
  const apart = first.onWay === true && walk.override !== null;
  const title = walk.option !== null && walk.choice !== null ? walk.choice.title : apart ? plainText(walk.section.title) || walk.guide.title : titleNow(walk);
  const draft = makeDraft(walk, 'operator', { line: first.line, endLine: wordings.at(-1)?.line ?? first.line }, title);
  if (apart) draft.role = walk.facts.role;
  // What the whole is to bring, said above its chapters, is seen when all is done.
  else if (walk.section.depth <= 1 && walk.section.children.length > 0 && !walk.guide.drafts.some(({ section }) => section === walk.section)) draft.role = 'signoff';
  // One question is asked: it tells what was done and all that is to be seen.
  const told = draft.context || draft.title;
  const expected = wordings.map((one) => plainText(wholeText(one))).filter((text) => !told.includes(text));
  draft.prompt = [told, ...expected].join('\n').slice(0, 4000);
  draft.context = '';
  draft.around = wordings;
  // Blanks for what was seen may have been read before: they come after what is to be seen.
  const { drafts } = walk.guide;
  const later = drafts.findIndex((one) => one.section === walk.section && one.kind === 'input' && one.line >= draft.line);
  drafts.splice(later === -1 ? drafts.length : later, 0, draft);
}

/** Ends a section: what was announced for a fence that never came was said of what is done by hand. */
export function closeByHand(walk: Walk): void {
  for (const ahead of walk.ahead) if (walk.hadFence || !keepManual(walk, ahead)) walk.prose.push(plainText(wholeText(ahead)));
  walk.ahead = [];
  // What was to be said of fences, and none came here or below, is said of what is done by hand.
  if (walk.spread?.met === false && walk.section.children.length === 0) keepManual(walk, walk.spread.wording);
  if (walk.manual.some(({ line }) => walk.guide.drafts.some((one) => one.section === walk.section && one.line >= line))) walk.label = null;
  closeManual(walk);
}

/** What is done in the window of another program, as the items of a numbered list begin. */
const DOES = /^\W*(?:v[áa] (?:para|até|a)|acess(?:e|ar)|acced[ae]|ve a|digite|preencha|open|go|navigate|log|sign|copy|paste|click|press|run|execute|select|choose|upload|abr[aei]\w*|copi[ae]\w*|peg(?:a|ue|ar)|col(?:e|ar|ler?|lez)|ouvr\w+|cli(?:c|que)\w*|haga clic|exécut\w+|ejecut\w+|execut\w+|lanc(?:er|ez)|sélectionn\w+|choisi\w+|seleccion\w+|selecion\w+|öffne\w*|kopiere\w*|klicke\w*|打开|打開|复制|複製|粘贴|貼上|点击|點擊|运行|執行)(?![\p{L}])/iu;

/** "Storage öffnen", "**Run** klicken": languages that say what is done last. */
const DOES_LAST = /\p{L} (?:öffnen|kopieren|einfügen|klicken|ausführen|anlegen|erstellen|auswählen|eingeben|speichern|starten|einloggen|anmelden|hochladen)(?: \([^()]*\))?\W*$/iu;

/** "Verify that the page loads", "Look at the log": what a person is to do; "test cases" only names it. */
const LOOKS = /^\W*(?:(?:please|now|then|also|finally|manually|next),? )*(?:verify|check|confirm|ensure|make sure|validate|inspect|look (?:for|at))\b(?! (?:queries|query|scripts?|steps?|lists?|points?)\W*$)(?=.*\s\S)/i;

/** Whether a section says what to look at: in a sentence of its own, or in each item of a list. */
function asksToLook({ blocks, children }: Section): boolean {
  const looks = (text: string): boolean => plainText(text.replace(/\n/g, ' ')).split(/(?<=[.!?])\s+/).some((said) => LOOKS.test(said));
  return children.length === 0 && blocks.some((block) => (block.kind === 'paragraph' && looks(block.text))
    || (block.kind === 'list' && block.items.every(({ children: [head] }) => head?.kind === 'paragraph' && looks(head.text))));
}

/** A section without any step that is one: "Step 2: …", a chapter of verification that says what to look at, or a numbered list of what to do by hand. Told nowhere else, it would pass undone. */
export function takeByHand(walk: Walk, at: { line: number; endLine: number }): void {
  const { section, guide } = walk;
  const told = sectionText(section);
  const [first = ''] = told.split('\n', 1);
  // "If the problem is still there, …" is a remedy.
  if (isLeftOut(walk) || told === '' || (isConditional(first) && leavesTheWay(first)) || !(isStepTitle(section.title) || isCountedDeed(section, walk.facts.role) || listsDeeds(section, walk.facts.role === 'verify') || appliesFile(section) || (walk.facts.role === 'verify' && asksToLook(section)))) return;
  placeUnder(walk, null);
  const draft = makeDraft(walk, 'operator', at, plainText(section.title));
  draft.prompt = told.slice(0, 4000);
  draft.context = '';
  guide.drafts.push(draft);
}

const PASTES = /\b(?:copy|paste|copi[ae]\w*|peg(?:a|ue|ar)|col(?:e|ar|ler?|lez)|kopiere\w*)(?![\p{L}])|复制|粘贴|複製|貼上/iu;

/** "**Run:** `010.sql`", "Apply `rls.sql` in the SQL editor.": a file that is applied by hand, and none that only looks. */
const APPLIES = /^\W*(?:\d+[.)] )?(?:first,? |then |now )?(?:run|execute|apply)\b(?: (?:the|this|file|migration|script|contents of))*\W*(?!\S*(?:verif|check|test|valid|diagnos|rollback|revert|undo|down)\w*\S*\.sql)[\w./-]+\.sql\b/i;

/**
 * "Copy the contents of 010.sql, paste them, press Run", and right below it a query that looks whether
 * it took: what is done by hand is a step of its own, before the query. What was expected of it goes along.
 */
export function takeDeedsAbove(walk: Walk, fence: { line: number }, statements: Draft['statements']): void {
  const told = walk.prose.filter((text, at) => at < walk.prose.length - 1 || text !== walk.label);
  if (walk.code !== null || !isForward(roleNow(walk)) || !told.some((text) => APPLIES.test(text)) && (!told.some((text) => PASTES.test(text)) || !told.some((text) => /\.sql\b/i.test(text)))) return;
  if (statements.length === 0 || statements.some((one) => one.writes || !one.shape.returnsRows)) return;
  const { pending, pendingLine, label } = walk;
  const from = walk.guide.drafts.at(-1)?.endLine ?? 0;
  const line = Math.max(walk.section.line, from + 1);
  walk.pending = null;
  const draft = makeDraft(walk, 'operator', { line, endLine: Math.max(line, fence.line - 1) }, plainText(walk.section.title) || walk.guide.title);
  draft.prompt = told.join('\n').slice(0, 4000);
  draft.context = '';
  draft.around = walk.ahead.filter((one) => one.apart === true);
  walk.ahead = walk.ahead.filter((one) => one.apart !== true);
  walk.guide.drafts.push(draft);
  Object.assign(walk, { pending, pendingLine, label });
}

/** "**3. Press Run**": a number in bold, and what stands behind it. */
const NUMBERED = /^\s*(?:\*\*|__)\s*\d{1,2}[.)]\s*(.+)/;

/** Ends the numbered bold line before a paragraph or the end of the section: one that tells what to do by hand, between others that run something, is a step. */
export function closeNumbered(walk: Walk, next: { text: string; line: number } | null): void {
  const { numbered, guide } = walk;
  const behind = next === null ? null : NUMBERED.exec(next.text.split('\n')[0] ?? '');
  if (next !== null && !behind) return;
  walk.numbered = behind && next && walk.override === null ? { line: next.line, from: guide.drafts.length, told: walk.prose.length } : null;
  if (numbered === null || guide.drafts.length > numbered.from || walk.override !== null || !isForward(roleNow(walk)) || isLeftOut(walk) || !runsSomething(walk.section)) return;
  const told = walk.prose.slice(numbered.told);
  if (!told.some((text) => doesByHand(text.replace(/^\W*(?:\d{1,2}[.)])?\s*/, '')))) return;
  const before = walk.prose.slice(0, numbered.told);
  const label = (told[0] ?? '').replace(/\s*[:：]\s*$/, '');
  const draft = makeDraft(walk, 'operator', { line: numbered.line, endLine: Math.max(numbered.line, (next?.line ?? numbered.line + 1) - 1) }, label.slice(0, 100));
  draft.prompt = told.join('\n').slice(0, 4000);
  draft.context = before.join('\n').slice(0, 4000);
  guide.drafts.push(draft);
  if (walk.numbered) Object.assign(walk.numbered, { from: guide.drafts.length, told: 0 });
}

/** What a person does next, away from the SQL that the step before ran. */
const ACTS = /^\W*(?:(?:then|now|finally|also|next|please),? )*(?:re-?start|re-?deploy|deploy|merge|push|notify|announce|inform|tell|enable|disable|re-?enable|resume|unpause|record|note|write down|document|save|wait|monitor|watch|review|compare|test|try|reload|refresh|switch|turn (?:on|off)|invite|repeat|re-?run|schedule|remove the maintenance|take (?:the|a) )\b(?=.*\s\S)/i;
/** To press the button that runs what the step runs. */
const PRESSES = /^\W*(?:(?:click|press|hit|run|execute|copy|paste|select)\b(?: (?:on|the|this|it|above|that|your|all|into|in|sql|quer(?:y|ies)|statements?|commands?|scripts?|code|editor|button|run|execute|ctrl|cmd|enter|supabase|following|below|\+))*|open (?:the )?.*(?:editor|console|dashboard|terminal|psql|pgadmin).*|(?:go|navigate|log|sign) .*(?:editor|console|dashboard|supabase|psql|pgadmin).*)\W*$/i;

/** Ends a section: what its numbered items tell to do behind the last step of it is a step as well. */
export function closeDeeds(walk: Walk, endLine: number): void {
  const { deeds, guide } = walk;
  walk.deeds = null;
  if (deeds === null || deeds.from !== guide.drafts.length || !isForward(roleNow(walk)) || isLeftOut(walk) || walk.override !== null || !guide.drafts.some(({ section }) => section === walk.section)) return;
  const told = walk.prose.slice(deeds.told);
  const acts = told.filter((text) => !PRESSES.test(text.replace(/["'`*]/g, '')) && (LOOKS.test(text) || ACTS.test(text) || doesByHand(text.replace(/^\W*/, ''))));
  if (acts.length === 0) return;
  const before = walk.prose.slice(0, deeds.told);
  const draft = makeDraft(walk, 'operator', { line: deeds.line, endLine: Math.max(deeds.line, endLine) }, (acts[0] ?? '').replace(/^- /, '').replace(/\s*[:：]\s*$/, '').slice(0, 100));
  draft.prompt = told.join('\n').slice(0, 4000);
  draft.context = before.join('\n').slice(0, 4000);
  guide.drafts.push(draft);
}

const runsSomething = ({ blocks }: Section): boolean => blocks.some((block) => isCells(block) || (block.kind === 'fence' && block.lang !== null && /^(?:sql|psql|pgsql|postgres\w*|bash|sh|shell)$/.test(block.lang)));

const doesByHand = (text: string): boolean => DOES.test(text) || DOES_LAST.test(text.split('\n', 1)[0] ?? '');

/** Whether a section is a numbered list of what to do; a test by hand may begin with any words. */
function listsDeeds({ blocks, children }: Section, tests: boolean): boolean {
  const list = blocks.find((block) => block.kind === 'list' && block.ordered && block.items.length > 1);
  return children.length === 0 && list?.kind === 'list' && (tests || list.items.filter(({ children: [head] }) => head?.kind === 'paragraph' && doesByHand(plainText(head.text))).length * 2 > list.items.length);
}

function sectionText({ blocks, children }: Section): string {
  const tables = blocks.flatMap((block) => (block.kind === 'table' ? [[block.columns, ...block.rows.map(({ cells }) => cells)].map((cells) => cells.map((cell) => plainText(cell)).join(' | ')).join('\n')] : []));
  return [plainBlocks(blocks), ...tables, ...children.flatMap((child) => [plainText(child.title), sectionText(child)])].filter((text) => text !== '').join('\n');
}

const DEED = /^\W*\d+[.):]?\s+(?:run|execute|apply|deploy|re-?deploy|test|restart|re-?start|update|configure|install|enable|disable|import|upload|notify|announce|verify|check|migrate|push|publish|switch)\b(?=.*\s\S)/i;

/** "1. Run the migration", "2. Deploy the code", below a chapter of what to do. */
function isCountedDeed({ title, children, parent }: Section, role: Role): boolean {
  return (role === 'deploy' || role === 'verify') && children.length === 0 && DEED.test(plainText(title)) && parent !== null && roleOfTitle(parent.title) === 'deploy';
}

/** "Copy the contents of `010.sql` and run it.": said in a sentence of its own. */
function appliesFile({ title, blocks, children }: Section): boolean {
  return children.length === 0 && !/[?？]\W*$/.test(title) && blocks.some((block) => block.kind === 'paragraph' && DOES.test(plainText(block.text)) && /\.sql\b/i.test(block.text));
}

/** The wordings among which one stands that may still take lines. */
export function placeOf(walk: Walk, open: Wording): Wording[] {
  return [walk.manual, walk.ahead].find((place) => place.includes(open)) ?? walk.code?.around ?? walk.ahead;
}
