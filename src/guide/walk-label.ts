import { ANY_OTHER_SYSTEM, isBranch, isConditional, TO_VERIFY } from './branches.js';
import type { Block } from './block.js';
import type { Role } from './guide.js';
import { isSqlLanguage } from './info-string.js';
import { matchable } from './plain.js';
import { isContrastTitle, leadingNumber, roleOfTitle } from './roles.js';
import { optionOf } from './options.js';
import type { Walk } from './walk.js';
import { wordingOf } from './walk-wording.js';

/** Sets what a label says of all that follows it; null ends it. */
export function placeUnder(walk: Walk, role: Role | null, strong = false): void {
  walk.override = role;
  walk.leavable = false;
  walk.otherWay = false;
  walk.strong = strong;
  walk.used = false;
  walk.ran = false;
  walk.part = null;
}

const ENDED = /[.!?。:：]["')*_`]*\s*$/;
const OWN_MARK = /^\s*(?:\*\*|__|[-*•]\s|\d+[.)]\s|\p{Extended_Pictographic})/u;
const GOES_ON = /(?:[,;(—–-]|\b(?:an?|the|of|to|in|on|at|by|or|and|for|from|with|than|that|this|into|via|if|as|is|are|be|not))$/i;

/** Whether a line is wrapped: the sentence of the one above goes on in it. */
function isWrapped(above: string, line: string): boolean {
  if (ENDED.test(above) || OWN_MARK.test(line)) return false;
  // Below a short line, one that begins in capitals is a line of its own.
  return !/^\W*(?:\p{Lu}|\p{Lo})/u.test(line) || GOES_ON.test(above.trim()) || above.trim().length >= 60;
}

/** What a paragraph says last: its last line, or all of the sentence that is wrapped into it. A title never begins amid one. */
export function lastSaid(text: string): string {
  const lines = text.split('\n');
  let first = lines.length - 1;
  while (first > 0 && isWrapped(lines[first - 1] ?? '', lines[first] ?? '')) first -= 1;
  const said = lines.slice(first).join(' ');
  return first === lines.length - 1 ? said : (said.split(/(?<=[.!?。]["')*_`]*)\s+(?=[\p{Lu}\p{Lo}\d`*_"'([])/u).at(-1) ?? said);
}

/** What an item says first, which its step is called by: its first line, or what is wrapped from it where that is short. */
export function firstSaid(text: string): string {
  const lines = text.split('\n');
  const [first = '', second] = lines;
  if (second === undefined || !isWrapped(first, second)) return first;
  const flat = lines.join(' ');
  const bold = /^\s*\*\*([^*]{3,100}?)[.:]?\*\*/.exec(flat)?.[1];
  const sentence = /^(.*?[^.\s][.!?:：]["')*_`]*)(?:\s|$)/u.exec(flat)?.[1] ?? flat;
  return bold ?? (sentence.length <= 100 ? sentence : first);
}

/** What a label above a list says of all its items: `role` and whether it is bold. */
export interface Ground {
  role: Role | null;
  strong: boolean;
  /** It tells of something gone wrong: what it says is seen then is expected of nothing. */
  trouble?: boolean;
}

const TROUBLED = /^\W*(?:if|when|in case)\b.*\b(?:fail\w*|errors?|wrong|problems?|issues?|broken|missing|not|n't)\b/i;

/** The ground the items of a list stand on: that of the label right above it, or of a bold line that leads back. */
export function groundOf(walk: Walk, ordered: boolean): Ground {
  const holds = !walk.used || !ordered || (walk.strong && walk.override === 'rollback');
  return holds ? { role: walk.override, strong: walk.strong, trouble: walk.override === 'reference' && TROUBLED.test(walk.label ?? '') } : { role: null, strong: false };
}

/** Sets what an item's own label says, on the ground of its list. */
export function placeItem(walk: Walk, ground: Ground, label: string | null, bold = false): void {
  // "Clear the cache (optional):" is a step that the operator may leave out; in one of several ways nobody would be asked.
  const kept = label?.replace(/\s*\(optional\b[^()]*\)(?=\W*$)/i, '') ?? null;
  if (label !== null && kept !== null && kept !== label && overrideOf(kept) === null && ground.role === null && walk.choice === null) {
    placeUnder(walk, null, ground.strong);
    walk.leavable = true;
    return;
  }
  const own = label === null ? null : isOnlyWay(walk, label) ? null : overrideOf(label);
  if (own === null) placeUnder(walk, ground.role, ground.strong);
  else placeUnder(walk, ground.role === 'rollback' ? 'rollback' : own, bold);
}

/** "Run this in the SQL editor:", "Then:", "Important:": leads to what follows and names nothing. */
const LEADS_IN = /^\W*(?:(?:run|execute|type|enter)\W*$|critical|important|warning|caution|danger|attention|note|copy|paste|run (?:this|these|the following|it|them|in\b)|execute (?:this|these|the following|it|in\b)|click|use this|in (?:a new|(?:the|your) (?:supabase|sql|query|database)|supabase|sql editor)\b|then|and|verify\W*$|sql\W*$|or\b)/i;

/** Whether a label only leads to what follows it. */
export function isLeadIn(label: string): boolean {
  return LEADS_IN.test(label);
}

/**
 * Whether a bold line is a part of the one above: "**Rollback:**", right below it
 * "**1. The table**", and after its code "**2. The index**".
 */
export function partOf(walk: Walk, label: string): Walk['part'] {
  const numbered = leadingNumber(label) !== null || optionOf(label) !== null;
  if (walk.part !== null) return walk.part.numbered && numbered ? walk.part : null;
  return walk.override !== null && walk.strong && !walk.used && (walk.prose.at(-1) === walk.label || isBranch(walk.label ?? '')) ? { role: walk.override, numbered } : null;
}

/**
 * Whether a plain line with a colon leaves the label above it as it is: "Run this:"
 * below "**Rollback:**" is part of the rollback. Below a bold line that leads back,
 * all that is not bold is.
 */
export function keepsLabel(walk: Walk, label: string): boolean {
  // "Or empty it:" is another way to do what stands above.
  if (walk.override !== null) return !walk.used || (!walk.ran && isLeadIn(label) && !/^\W*(?:then|and)\b/i.test(label)) || /^\W*or\b/i.test(label) || (walk.strong && walk.override === 'rollback');
  return walk.label !== null && !walk.used && isLeadIn(label);
}

/** What rolls back by itself, or need not be rolled back with the rest. */
const MENTIONED = new RegExp([
  String.raw`\b(?:is|are|be|been|being|was|were|gets?) (?:\w+ )?rolled[ -]?back\b`,
  String.raw`^\W*(?:test|verify|check|ensure|confirm|make sure)(?: that)? (?:all |any )?(?:failed |aborted |partial )?transactions? (?:are |is |will |should |properly |correctly )*roll(?:s|ed)?[ -]?backs?\b`,
  String.raw`\b(?:causes?|triggers?|forces?|results? in|leads? to|ends? in) (?:an? )?(?:automatic |full |complete )?roll-?back\b`,
  String.raw`\broll(?:ing)?[ -]?back (?:the )?(?:application|app|code|back-?end|front-?end) (?:does|do) not (?:require|need)\b`,
  String.raw`\b(?:undo|revert|take back)\b[^.!?]{2,60} before (?:going on|continuing|proceeding|moving on|you (?:go on|continue|proceed|move on))\b`,
  String.raw`^\W*restore (?:an? )(?!(?:[\w-]+ )?(?:backup|database|db|dump|snapshot|tables?|data|schema|state|version|copy|previous|original|old)\b)[^.!?,]{2,40}, then (?!restart|verify|check)\w+`,
  String.raw`\brun \x60?ROLLBACK;?\x60?;? first if (?:a|an|the) (?:previous|earlier)\b`,
].join('|'), 'gi');

/**
 * A label without what it only tells about a rollback ("the test is rolled back at
 * its end"). One that sets a condition or a purpose keeps its words: what follows
 * "If it must be rolled back, run:" is a rollback.
 */
function mentionsOnly(label: string): string {
  if (/^\W*(?:if|when|once|after|in case|should|to (?:undo|revert|roll|be))\b/i.test(label)) return label;
  return /back|undo|revert|restor/i.test(label) ? label.replace(/\s+/g, ' ').replace(MENTIONED, ' ') : label;
}

/** "Fix if needed:" */
const IF_NEEDED = /^\W*(?:quick |manual )?(?:fix|repair|correct|remedy|update|change|grant)\b[^.!?]{0,40}\b(?:if|when|where) (?:needed|necessary|required)\W*$/i;

/** A label's own role: only such as take what follows off the way forward. */
export function overrideOf(said: string): Role | null {
  // "Note: if it fails, …" is about the case.
  const label = said.replace(/^\W*(?:note|important|warning|tip|hint|caution|attention|nb)\b\W+(?=if\b|when\b|in case\b|to\b|should\b|only\b)/i, '');
  // "Keep this at hand. If it must be rolled back, run:" – each sentence is read for itself.
  const sentences = label.split(/(?<=[.!?。])\s+/);
  if (sentences.length > 1) {
    const roles = sentences.map(overrideOf);
    return roles.includes('rollback') ? 'rollback' : (roles.at(-1) ?? null);
  }
  if (TO_VERIFY.test(label)) return null;
  const role = roleOfTitle(mentionsOnly(label));
  if (role === 'rollback') return 'rollback';
  if (isConditional(label) || IF_NEEDED.test(label)) return 'reference';
  return role === 'reference' && /troubleshoot|(?<!@[\w.-]*|\w\.)example(?!\.\w)|alternative/i.test(label) ? 'reference' : null;
}

/** "Rollback:", "Quick revert", "To undo it, run", "If it must be rolled back": what follows leads back. */
const LEADS_BACK = /^\W*(?:(?:to|(?:quick|fast|full|complete|manual|emergency|sql|code|schema|data|database|immediate|partial) )?(?:\w+ )?(?:roll|revert|undo|back|restor)|if\b|when\b|once\b|in case\b|should\b)/i;

/** A label's own role where it stands: advice that only speaks of rollbacks ("Use savepoints for partial rollback") is no rollback. */
export function overrideIn(walk: Walk, label: string): Role | null {
  const role = overrideOf(label);
  if (role === null && walk.facts.role === 'deploy' && isContrastTitle(label) && halvesIn(walk) > 1) return 'reference';
  if (role === 'reference' && isOnlyWay(walk, label)) return null;
  return role === 'rollback' && walk.facts.role === 'reference' && !label.split(/(?<=[.!?。])\s+/).some((sentence) => LEADS_BACK.test(sentence)) ? null : role;
}

/** "Or run in the SQL editor:" – another way to do what stands above it. */
const OTHER_WAY = /^\W*(?:or|alternatively),? (?:(?:you can )?(?:also )?(?:simply |just |directly )?)(?:run|execute|use|check|verify|query|look)\b(?!.*\b(?:if|scratch|reset|drop|wipe|delete|old|previous|legacy|wrong|emergency|restore|force|instead of|examples?|fails?|roll\w*|revert\w*|undo)\b)/;

/** "Or use the CLI:" above code that is not run: another way to do what stands above it. */
export const leadsElse = (walk: Walk): boolean => walk.override === 'reference' && /^\W*(?:or|alternatively)\b(?!.*\b(?:if|when|fail\w*|roll\w*|revert\w*|undo)\b)/i.test(walk.label ?? '');

/** Whether another way is the first that can be run: what stands above it is only looked at in a window. */
function isOnlyWay(walk: Walk, label: string): boolean {
  const sentences = label.split(/(?<=[.!?。])\s+/);
  const last = sentences.pop() ?? '';
  // What is copied out of a file above is done there, and a command only shows it.
  if (walk.prose.some((text) => /\.sql\b/i.test(text)) || walk.section.blocks.some((block) => block.kind === 'fence' && block.lang !== null && !isSqlLanguage(block.lang))) return false;
  return !walk.hadFence && walk.code === null && walk.override === null && OTHER_WAY.test(matchable(last)) && !ANY_OTHER_SYSTEM.test(last) && sentences.every((one) => overrideOf(one) === null);
}

/** How many bold lines of a section are halves of a comparison: "**Before (slow):**", and below its code "**After:**". */
function halvesIn(walk: Walk): number {
  return walk.section.blocks.filter((block) => block.kind === 'paragraph' && /^\s*(?:\*\*|__)[^\n]*$/.test(block.text) && isContrastTitle(block.text)).length;
}

/** Whether a sentence of a longer text leads back: "To undo it, connect and run the following:". */
export function leadsBack(text: string): Role | null {
  return text.split(/(?<=[.!?。])\s+/).some((sentence) => LEADS_BACK.test(sentence) && overrideOf(sentence) === 'rollback') ? 'rollback' : null;
}

/** A sentence that only speaks of recovering something ("not eligible for recovery") leads nowhere. */
export const withoutRecovery = (text: string): string => (/^\W*(?:for |to |the |in |if |when )?recover/i.test(text) ? text : text.replace(/\b(?:for|of|from|during|after|before|without)\s+recovery\b/gi, ' '));

/** "- **The type exists**:" as the last of a list right above code that is not part of it: a label, and no line of what stands before. */
export function withLabelApart(block: Block): Block[] {
  const last = block.kind === 'list' ? block.items.at(-1) : undefined;
  const [label, ...more] = last?.children ?? [];
  if (block.kind !== 'list' || last === undefined || last.checked !== null || label?.kind !== 'paragraph' || more.length > 0) return [block];
  const leads = !block.ordered && /^\s*\*\*[^*\n]+(?:\*\*[:：]|[:：]\*\*)\s*$/.test(label.text);
  // "3. This must return zero rows:" is of the code below it.
  if (!leads && (!/[:：]\s*$/.test(label.text) || wordingOf(label.text) === null)) return [block];
  return [...(block.items.length > 1 ? [{ ...block, items: block.items.slice(0, -1), endLine: last.line - 1 }] : []), label];
}

/** "Before running the migration:", "After deployment:", over boxes of one checklist. */
const WORK = String.raw`(?: (?:running|applying|executing|deploying|you (?:run|apply|deploy)|the|this|each|your|any))* ?(?:migrations?|deploy(?:ment|ing)?|upgrades?|scripts?|running|applying|sql|release|cut-?over)\b[^.!?]{0,30}[:：]?\W*$`;
const WHEN: readonly (readonly [RegExp, Role])[] = [[new RegExp(String.raw`^\W*before${WORK}`, 'i'), 'prepare'], [new RegExp(String.raw`^\W*after${WORK}`, 'i'), 'verify']];

/** The role of boxes under a label that says when they are ticked. */
export const roleAtTime = (label: string): Role | null => WHEN.find(([form]) => form.test(label))?.[1] ?? null;
