import { isBranch, isConditional, isTriggerLabel, isWish, leavesTheWay, toleratedBy } from './branches.js';
import type { Wording } from './expectation.js';
import { isOneOfOptions } from './options.js';
import type { Paragraph } from './block.js';
import { BOLD, plainText } from './plain.js';
import { isAnswer, isExpectation, isLabel } from './reading.js';
import { isForward } from './roles.js';
import { roleNow, type Walk } from './walk.js';
import { isRunnable } from './walk-fence.js';
import { overrideOf, placeUnder } from './walk-label.js';
import { keepManual } from './walk-manual.js';
import { beginCase } from './walk-option.js';

/** What a filled report says below the expectation: "Actual result: 0 rows", "Status: PASS". */
const FILLED = /\n\W*(?:actual|status|verdict|measured|tested)\b[^:：\n]{0,20}[:：][\s\S]*$/i;

/** "**Reason:** a lookup by id is no way around it": why it is so, on a line of its own below what is expected. */
const REASON = /\n\W*(?:reason|why|what (?:it|this) (?:proves|shows|means)|rationale|explanation|purpose|meaning|because)\b[^:：\n]{0,20}[:：][\s\S]*$/i;

/** A wording as it is read, and as it stands in the document where that says more. */
export const asSaid = (text: string, wording: string): Pick<Wording, 'text' | 'shown'> => (REASON.test(text) ? { text: wording, shown: text.replace(/\n/g, ' ') } : { text: wording });

/** "**Before the fix:** returns 0", and in the next line what is so after it: the guide is walked to its end. */
const BEFORE_AND_AFTER = /^\W*before\b[^\n:：]{0,60}[:：][^\n]+\n\s*(\W*after\b[^\n:：]{0,60}[:：][^\n]+)$/i;

/** The expectation a text states, or null. Several sentences count from the first that has a cue. */
export function wordingOf(text: string): string | null {
  const after = BEFORE_AND_AFTER.exec(text)?.[1];
  if (after !== undefined) return wordingOf(after);
  // "If it returns none, …" on a line of its own is another sentence.
  const flat = text.replace(FILLED, '').replace(REASON, '').replace(/[.;,]?\n\W*(?=if\b)/gi, '. ').replace(/\n/g, ' ');
  if (isBranch(flat) || /(?:^|[.!?]\s+)(?:if|when) [^.!?]*[:：]\W*$/i.test(flat)) return null;
  const down = leadingDown(flat);
  if (down !== null) return down;
  if (isExpectation(plainText(flat, true))) return flat;
  const sentences = flat.split(/(?<=[.!?。])\s+(?=\S)/);
  const first = sentences.findIndex((one, index) => index > 0 && isExpectation(plainText(one, true)) !== null && !ADVICE.test(plainText(one)));
  return first === -1 ? null : sentences.slice(first).join(' ');
}

/** Where what a sentence says of the code below it may begin: "Re-run these; all must return zero rows:". */
const BEGINS = /(?<=[.!?。;])\s+|\s+[—–]\s+|(?<=^(?:after|once|following|before)\b[^,.;:]{2,60},)\s+/giu;

/** The last part of what leads to code, where that alone says what is expected; null where all of it does. */
function leadingDown(flat: string): string | null {
  if (!/[:：]\W*$/.test(flat)) return null;
  const begins = [...flat.matchAll(BEGINS)].map((one) => one.index + one[0].length);
  const last = begins.map((at) => flat.slice(at)).findLast((part) => isExpectation(plainText(part, true)) !== null);
  return last === undefined || isExpectation(plainText(flat.slice(0, -last.length), true)) !== null ? null : last;
}

/** What people should do rather than what they should see: "It should be run at night", "You should have a backup". */
const ADVICE = /^(?:you|it|this|they|these)? ?(?:should|must) (?:always |never |only |not |first |all |also |be (?:run|executed|applied|done|taken|made|used|added|created|called|kept|stored|safe|fine|careful|idempotent|considered|reviewed|tested|backed|performed|deployed|restarted|set|able|aware|quick|in|on|off)|have|do|run|use|make|take|keep|read|test|check)\b/i;

/** What a wording says of the code above, and what leads to the code below, with what that is to show, if it says so. */
interface Leading {
  said: string;
  lead: string;
  announced: string | null;
}

/** "Expected: 1 row. Then run:" – what is expected above, and what leads to the code below; null where it is one sentence. `beforeCode`: code stands right below. */
export function leadingOn(wording: string, beforeCode: boolean): Leading | null {
  const [, said = '', written = ''] = /^(.*[^.\s][.!]["')*_`]*)\s+(\p{Lu}[^.!?]*[:：])\W*$/su.exec(wording) ?? [];
  if (said === '' || isExpectation(plainText(said, true)) === null) return null;
  const lead = plainText(written);
  if (isExpectation(plainText(written, true)) !== null) return beforeCode ? { said, lead, announced: written } : null;
  return { said, lead, announced: beforeCode ? (FOLLOWS.exec(written)?.[1] ?? null) : null };
}

/** "…, so its total should read 31:": what follows from it, said last. */
const FOLLOWS = /,\s*(?:so|and so|hence|thus|therefore|which means(?: that)?|and) (?:(?:its|their|the) )?((?:[`\w.]+ ){1,5}(?:should|must) [^,]*[:：])\W*$/i;

/** "Expected output:" below a command: what stands there is printed by it, whatever language it is in. */
export function isOutputLabel(walk: Walk, text: string): boolean {
  return walk.code?.kind === 'shell' && /^\W*(?:(?:expected|sample|example|typical|the|command) ){0,2}(?:outputs?|contents?|file contents?)\W*[:：]\W*$/i.test(plainText(text));
}

/** "This should return 3 rows:" right above code is about that code (rule 5), also where code stood before. */
function pointsDown(walk: Walk, wording: string): boolean {
  if (isOutputLabel(walk, wording)) return false;
  return walk.beforeCode && (/[:：]\W*$/.test(wording) || isExpectation(plainText(wording, true)) === 'forward');
}

/** Lines with a sign each, without bullets, right below a label: what it stands over. */
export function takesSigned(walk: Walk, lines: readonly string[]): boolean {
  if (walk.open === null || walk.open.extra !== null || !/[:：]\W*$/.test(walk.open.text) || !lines.every((line) => /^\s*[✅✓✔☑•]\ufe0f?\s+\S/u.test(line))) return false;
  walk.open.extra = { kind: 'list', lines: lines.map((line) => line.trim()) };
  return true;
}

/** Words with which a paragraph says for itself what it expects. */
const OWN_CUE = /^\W*(?:expect\w*|you (?:should|will)|it (?:should|must)|this (?:should|must)|should|must|verify|check|confirm|run|execute|then|next|now)\b/i;

/** "**Expected:**", and in the next paragraph nothing but the answer. */
export function takesAnswer(walk: Walk, { text, line }: Paragraph): boolean {
  const { open, code } = walk;
  if (open === null || open.extra !== null || code?.kind !== 'sql' || line - open.line > 3 || !isLabel(plainText(open.text)) || !/[:：]\W*$/.test(open.text)) return false;
  if (text.includes('\n') || text.length > 160 || BOLD.test(text) || /[:：]\W*$/.test(text) || isBranch(text) || OWN_CUE.test(text)) return false;
  open.text = `${open.text} ${text.replace(/^\\>/, '>')}`;
  // "> 5 rows" may quote five rows, or ask for more.
  if (/^\s*>\s*\d/.test(walk.guide.source.lines[line - 1] ?? '')) open.asks = true;
  return true;
}

/** Keeps a wording for the code below it. */
export function announce(walk: Walk, wording: Wording): void {
  walk.open = null;
  walk.spread = null;
  walk.ahead.push(wording);
}

/** Hands a wording to the code that it is of, below it or above. */
export function sayOf(walk: Walk, wording: Wording): void {
  if (!pointsDown(walk, wording.text)) return addWording(walk, wording);
  announce(walk, isLabel(plainText(wording.text)) ? wording : { ...wording, text: wording.text.replace(/\s*[:：]\s*$/, '') });
}

/** "Run and verify all 8 tables exist:", "Verify no crew is lost:" */
const MAY_SAY = /^\W*(?:run (?:(?:this|the|these)(?: quer(?:y|ies))? )?(?:and|to) )?((?:(?:verify|check|confirm|ensure|make sure)(?: that)? [^.;:]{3,80}?|all [^.;:]{3,60}?) (?:exists?|(?:(?:are|is|were|was|been|have|has|now) )*(?:created|there|present|enabled|active|installed|migrated|populated)|in place)|(?:verify|check|confirm|ensure|make sure)(?: that)?(?: there (?:are|is))? no [^.;:]{3,60})\W*$/i;

/** What a label right above code, or the title of a box over it, may say of its query; null where it says nothing that could be read. */
export const maySay = (text: string): string | null => (/^\W*(?:run|verify|check|confirm|ensure|make|all)\b/i.test(text) ? (MAY_SAY.exec(plainText(text, true))?.[1] ?? null) : null);

/** A remark at the end of a heading that tells what comes out, rather than how long it takes or who runs it when. */
const TITLED = /\((?:(?:this |it |all )?(?:should|must) (?:not |now |only )?(?!be (?:run|done|executed|applied|performed|created|completed|deployed)\b)(?:be|return|show|list|have|contain|include|exclude|equal|give|see|match|exist|fail|error|succeed|pass)|expect(?:ed|s)?|(?:deve(?:ria)?|debe(?:ría)?|doit|devrait|sollte|muss) (?:retornar|devolver|mostrar|dar|ser|retourner|renvoyer|être|afficher|[^()]{1,20} (?:liefern|ergeben|zeigen|sein)))\b(?![^()]*\b(?:duration|downtime|seconds?|minutes?|hours?|mins?|secs?)\b)[^()]*\)\W*$/i;

/** "### Orphans (should return 0 rows)" right above code: what the heading expects of it. */
export function announceTitle(walk: Walk): void {
  const { section } = walk;
  // Up to two paragraphs may say what it is for.
  const [first, second, third] = section.blocks.filter((block) => block.kind !== 'html');
  const text = plainText(section.title, true);
  const told = (block: typeof first): boolean => block?.kind === 'paragraph' && !isLabel(block.text) && wordingOf(block.text) === null;
  const code = !told(first) ? first : !told(second) ? second : third;
  if (code?.kind !== 'fence' || !isRunnable(code) || isBranch(text) || !TITLED.test(text) || isExpectation(text) === null) return;
  walk.ahead.push({ line: section.line, text, extra: null, remedy: null, titled: true });
}

/** Hands a wording to the step before it, or keeps it for the section's first fence. */
export function addWording(walk: Walk, wording: Wording): void {
  walk.open = wording;
  // A statement of its own in the line, and what it shows: nothing is said of the one above.
  if (OWN_SQL.test(wording.text)) keepManual(walk, wording, true);
  else if (walk.code) walk.code.around.push(walk.exampled === null ? wording : Object.assign(wording, walk.exampled === 'same' ? { exampled: true } : { apart: true }));
  else if (!walk.hadFence) walk.ahead.push(Object.assign(wording, { onWay: isForward(roleNow(walk)) }));
  else if (!keepManual(walk, wording)) walk.prose.push(plainText(wording.shown ?? wording.text));
}

/** "Expected tables (5 total):" over their names. */
const THINGS_EXPECTED = /^\W*(?:expected|required) (?:[\w-]+ ){0,2}?(?:tables|columns|functions|policies|index(?:es)|triggers|views|buckets|extensions|enums|types|constraints|schemas|roles|jobs)\b[^.!?]{0,30}[:：]\W*$/i;

/** Takes the names that a section without code lists, where the query that shows them stands right below its next heading. */
export function namesForBelow(walk: Walk): Wording[] {
  const code = walk.section.children[0]?.blocks.find((block) => block.kind === 'fence');
  if (walk.hadFence || code?.kind !== 'fence' || !isRunnable(code) || !/^\s*(?:--[^\n]*\n\s*)*(?:select|with)\b/i.test(code.body)) return [];
  const isNames = ({ text, extra }: Wording): boolean => extra?.kind === 'list' && THINGS_EXPECTED.test(plainText(text));
  const found = [...walk.manual, ...walk.ahead].filter(isNames);
  if (found.length !== 1) return [];
  walk.manual = walk.manual.filter((one) => !isNames(one));
  walk.ahead = walk.ahead.filter((one) => !isNames(one));
  return found;
}

/** "Run `SELECT * FROM boats;` → should show 6 rows". */
const OWN_SQL = /^\W*(?:expect(?:ed|s)?:? )?(?:(?:run|execute|try|query|test|check(?: [\w-]+)?|verify(?: [\w-]+)?):? )?`(?:SELECT\s|INSERT\s+INTO\s|UPDATE\s+[a-z"]|DELETE\s+FROM\s|WITH\s+\w+\s+AS\b|EXPLAIN\s)[^`]+`(?! ?(?:=|==|equals?|match(?:es)?)\b)/i;

/** Labels that say no more than that the answer follows. */
const ANSWERS = /^[^\p{L}]*(?:(?:结果|結果|输出|輸出|返回|回傳|出力|결과|출력|ergebnis(?:se)?|ausgabe|résultats?|sortie|resultados?|salida|saída|risultat[oi]|resultaat|uitvoer|wynik|результат|вывод|hasil|kết quả|sonuç)|(?:the |its |full |psql |query )*(?:outputs?|results?|answer)(?: (?:is|will be|looks?(?: like)?))?(?: this| the following| as follows)?|(?:it |this |which |that |psql |postgres(?:ql)? |the (?:query|server) )?(?:returns?|gives?|prints?|shows?|outputs?|yields?|produces?|answers?)(?: this| the following)?|you(?:'ll| will| would)? (?:get|see)(?: this| the following)?)[^\p{L}\d]*$/iu;

/** Whether what is read now stands right below a SQL step, with no words between that say otherwise. */
export function answersAbove(walk: Walk): boolean {
  if (walk.code?.kind !== 'sql' || walk.open !== null || walk.exampled !== null || walk.casesOf === walk.code) return false;
  return walk.prose.every((text) => text === walk.label) && (walk.label === null || ANSWERS.test(walk.label));
}

/** "Result: `42`", "Returns: 3 rows": an answer and its label in one line, right below the statement. */
export function labelledAnswer(walk: Walk, text: string): string | null {
  const plain = plainText(text, true);
  if (!answersAbove(walk) || text.includes('\n') || TYPE.test(plain)) return null;
  if (isVerdict(walk, plain)) return null;
  const defines = walk.code?.statements.every(({ command }) => !/^(?:SELECT|WITH|INSERT|UPDATE|DELETE|MERGE|CALL|DO)\b/.test(command)) === true;
  if (/^error\b/i.test(plain) && (defines || !plain.startsWith('ERROR'))) return null;
  // "0 rows updated", "ERROR: permission denied", on a line of its own.
  return ANSWER.test(plain) ? plain.replace(ANSWER, 'Expected: ') : isAnswer(plain, false, walk.code?.statements.some(({ sql }) => /\braise\b/i.test(sql)) === true) ? plain : null;
}
/** "Result: PASS", "Result: ⏳ Pending": how the test went when the document was written, unless the query answers so. */
const VERDICT = /^\W*results?\W*[:：]\W*(?:pending|tbd|to ?do|n\/?a|not (?:yet )?(?:run|tested|started|executed)|pass(?:ed)?|fail(?:ed|ing)?|skipped|in progress)\W*$/i;
const isVerdict = (walk: Walk, plain: string): boolean => VERDICT.test(plain) && walk.code?.statements.some(({ sql }) => sql.includes(plain.replace(ANSWER, '').replace(/\W/g, ''))) === false;

const RESULT_ITEM = /^\s*(?:\*\*|__)results?\s*[:：]?\s*(?:\*\*|__)\s*[:：]?\s*(?=[^\s_])/i;

/** "- **Result:** `state` = 'open'", a line of a list below a query: its answer. */
export function resultItem(walk: Walk, text: string): string | null {
  return walk.code?.kind === 'sql' && RESULT_ITEM.test(text) && !isVerdict(walk, plainText(text, true)) ? text.replace(RESULT_ITEM, 'Expected: ') : null;
}

/** "Returns: `boolean`": of what type, and not what. */
const TYPE = /^\W*returns?\W*[:：]\s*`?(?:uuid|jsonb?|void|integer|bigint|int|text|boolean|trigger|record|numeric|date|table|setof\b.*|timestamp\w*)`?\W*$/i;
const ANSWER = /^\W*(?:results?|outputs?|returns?)\W*[:：]\s*(?=\S)|^(?:→|⇒|=>)\s*(?=\S)/i;

/** A case of going back, said in a sentence of its own. */
const GOES_BACK = /^\W*(?:if|when|in case|should) (?:you|we|it|anything|something|the \w+)\b[^.!?]{0,60}\b(?:go(?:ing)? back|roll(?:ed|ing)? ?-?back|revert(?:ed|ing)?|undo(?:ing|ne)?|back(?:ed)? out)\b/i;
/** What is done in that case stands below. */
const ACTS = /\b(?:run|execute|use|apply|try|add|create|do) (?:this|these|the (?:following|below|next|(?:\w+ ){0,2}(?:below|statement|query|script|command|sql)))\b[^.!?]{0,40}[.!]?\W*$/i;

/** "If you have access to the database:", first said in one of several ways: for whom it is, and no case within it. */
function isFor(walk: Walk, plain: string): boolean {
  if (walk.choice === null || walk.hadFence || !isOneOfOptions(walk.section)) return false;
  // "If option A has issues, insert the rows by hand:": when to choose this one.
  if (/^\W*if (?:the )?(?:option|method|approach|alternative|variant) (?:[a-z]|\d)\b/i.test(plain)) return true;
  return /^\W*if you(?:'re| are| have| use| prefer| can| run| don't have)\b/i.test(plain) && !/\b(?:fail\w*|errors?|wrong|problems?|issues?|roll\w*|revert\w*|undo)\b/i.test(plain);
}

/** "If any row is missing, stop. The result must include:": the case ends with its sentence, and what is expected stands below. */
export function gateBefore(text: string): { said: string; lead: string } | null {
  const [, said = '', lead = ''] = /^(\W*if\b[^.!?:：]{3,100},\s+(?:then |please )?(?:stop|halt|abort|(?:do not|don't) (?:proceed|continue|go (?:on|ahead)))\b[^.!?:：]*[.!])\s+([^.!?]+[:：]\W*)$/i.exec(text) ?? [];
  return lead === '' || isBranch(lead) || isWish(lead) || wordingOf(lead) === null ? null : { said, lead };
}

/** "If …": a remedy of the nearest expectation, an error that may be ignored, or what makes the next fence conditional. */
export function readBranch(walk: Walk, text: string, line: number): void {
  const plain = plainText(text.replace(/\n/g, ' '));
  if (beginCase(walk, plain, line)) return;
  if (/[:：]\W*$/.test(plain)) walk.casesOf = walk.code;
  if (/[:：]\W*$/.test(plain) && walk.override === null && (isFor(walk, plain) || (walk.facts.asked && isWish(plain) && walk.code === null))) {
    walk.label = plain;
    return;
  }
  const codes = toleratedBy(plain);
  if (codes.length > 0 && walk.code) walk.code.tolerate.push(...codes.filter((code) => !walk.code?.tolerate.includes(code)));
  else {
    const nearest = walk.open ?? walk.code?.around.at(-1);
    if (nearest) nearest.remedy = nearest.remedy === null ? plain : `${nearest.remedy} ${plain}`;
    else {
      const inside = walk.code?.inside.at(-1);
      if (inside) inside.remedy = inside.remedy === null ? plain : `${inside.remedy} ${plain}`;
      // "If any rows come back, stop.": what it should give, where nothing else says so.
      else if (walk.code?.kind === 'sql' && !/[:：]\W*$/.test(plain) && isExpectation(plainText(text, true)) !== null) addWording(walk, { line, text, extra: null, remedy: plain });
    }
  }
  // "In case you have to go back, nothing is lost." and then "Run:"; "If it is missing, run this." right above code.
  if (!/[:：]\W*$/.test(plain) && walk.override === null) {
    if (GOES_BACK.test(plain)) placeUnder(walk, 'rollback');
    else if (walk.beforeCode && ACTS.test(plain) && isConditional(plain) && leavesTheWay(plain)) placeUnder(walk, 'reference');
  }
  // "If it is needed, run:" below "**Rollback:**" is part of the rollback.
  if ((/[:：]\W*$/.test(plain) || (walk.beforeCode && isWish(plain))) && (walk.override !== 'rollback' || walk.used)) {
    walk.label = plain;
    placeUnder(walk, overrideOf(plain) ?? (leavesTheWay(plain) || isWish(plain) ? 'reference' : null), /^\s*(?:\*\*|__)/.test(text));
    walk.triggers = isTriggerLabel(plain);
  } else if (isTriggerLabel(plain)) walk.guide.triggers.push({ line, text: plain });
}

/** "Expect 1 row. If there is none, run:", right above code: what is expected above it, and a case. */
export const BEFORE_CASE = /^([^]*[^.\s][.!])\s+((?:If|When)\b[^.!?]*[:：]\s*)$/;

/** "Expected indexes:" over their names: what the query below the next label is to show. */
export const NAMES_AHEAD = /^\W*expected (?:new )?(?:tables|columns|indexes|policies|functions|triggers|views|extensions|constraints|buckets|jobs)\W*$/i;

/** "Expected result in the database:", which only says where what it stands over is seen. */
export const isLabelOver = (text: string): boolean => /^\W*expected (?:results?|outputs?|values?)(?: (?:in|from|of) (?:the )?(?:database|db|query|sql))?\W*[:：]\W*$/i.test(plainText(text));
