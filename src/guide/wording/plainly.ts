import { firstOf } from '../sieve.js';
import { remember } from '../remember.js';
import { otherFront } from './fronts.js';

/** Ways to say what is expected without the word: each as "Expected: …" would say it. */

const LOOK = String.raw`(?:verify|check|confirm|ensure|make sure)(?: that)?`;
const FIGURE = String.raw`(?:(?:exactly |at least |at most |only |about )?(?:~ ?)?\d|zero\b|no (?:rows?|results?|records?|data)\b|none\b|nothing\b|empty\b|an? (?:empty|single)\b|[<>=≥≤]|(?:exactly |at least )?(?:one|two|three|four|five|six|seven|eight|nine|ten) )`;

/** Said of the statement that follows, where one does. */
const LOOKED: [RegExp, string][] = [
  [new RegExp(`^${LOOK} (?:for )?(?=(?:(?:exactly |only |at least |at most )?(?:\\d[\\d,]*\\+?|one|two|three|four|five|six|seven|eight|nine|ten)|zero|no|a single) (?:rows?|records?|results?)$)`, 'i'), 'Expected: '],
  [new RegExp(`^${LOOK} (?:the |this |your )?(?:query|results?|output|select|statement|it) (?:returns?|shows?|is|are|gives?|lists?) (?=\\S)`, 'i'), 'Expected: '],
  [new RegExp(`^${LOOK} no (rows?|results?|records?) (?:are |is )?(?:returned|found|shown|listed|come back|appear)s?$`, 'i'), 'Expected: no $1'],
  [new RegExp(`^${LOOK} (?:there (?:are|is) )?no (?=(?:empty|orphan\\w*|null|duplicate\\w*|missing|negative|invalid|stale|dangling|broken|unmatched|remaining|leftover|zero-\\w+|0-\\w+)\\b)`, 'i'), 'Expected: no '],
  [new RegExp(`^${LOOK} (?:the )?(?:count|total|number(?: of [\\w ]{2,30}?)?) (?:is|equals|=) (?=${FIGURE})`, 'i'), 'Expected: '],
  [new RegExp(`^${LOOK} ([a-z]\\w*_\\w+) (is|=|equals) (?=\\S)`, 'i'), 'Expected: $1 $2 '],
  [new RegExp(`^${LOOK} (?:the )?(?:query )?plan (?:does not|doesn't|no longer) (?:references?|uses?|mentions?|contains?|shows?|includes?) (?=\\S)`, 'i'), 'Expected: plan does not reference '],
  // "V.3 Total triggers = 9": a title, and the figure that it tells.
  [/^(?:[A-Z]{0,5}[-.]?\d+[.:)]? )?(?:total|count|number)(?: of)?(?: [a-z][\w-]*){0,3} ?={1,2} ?(?=\d+\b(?! ?[+*/-] ?\d))/i, 'Expected: '],
  [new RegExp(`^${LOOK} (?:the )?(\`\\w+\`)(?: column)? (?:is|=|equals|shows|reads) `, 'i'), 'Expected: $1 is '],
  [new RegExp(`^${LOOK} (?:all|every|each)(?: of the)? (?:rows?|records?|entries) (?:have|has) (?:an? )?non-null (\`?\\w+\`?)$`, 'i'), 'Expected: every row has $1 populated'],
  [new RegExp(`^${LOOK} ((?:all|every|each)(?: of the)? (?:rows?|records?|entries) (?:have|has|are|is|show|shows) )`, 'i'), 'Expected: $1'],
];

/** Said of the statement above. */
const SEEN: [RegExp, string][] = [
  [/^(?:(?:expect(?:ed|s)?|we expect):? (?:it |this )?|(?:this|it) is expected )to (?=(?:fail|error|succeed|work)$)/i, 'should '],
  [/^((?:error|sqlstate)(?: code)? (?:\d[\dA-Z]{4}|P\d{4})) (?:is )?expected$/i, 'Expected: $1'],
  [/^(?:we|i) expects? (?:to (?:see|get|find) )?(?=\S)(?!that\b|you\b|the user)/i, 'Expected: '],
  [new RegExp(`^(?:you|we) (?:will|'ll) (?:then |now |only )?(?:see|get) (?=${FIGURE})`, 'i'), 'Expected: '],
  [new RegExp(`^(?:this|it|(?:the )?(?:sql )?query|the above|(?:the )?same (?:query|predicate|select|statement|count))(?: query)? (?:now )?(?:returns|gives|shows) (?=${FIGURE})`, 'i'), 'Expected: '],
  [new RegExp(`^results? (?:shows?|is|has) (?=${FIGURE})`, 'i'), 'Expected: '],
  [/^results?: (?=both (?:return|are|show)s? )/i, 'Expected: '],
  [/^confirms? (?:that )?(?=(['"`])[^'"`]+\1 is (?:now )?(?:included|present|listed|there)$)/i, 'Expected: '],
  [/^contains (?=`?[a-z]\w*_\w+`? ?\+ ?`?[a-z]\w*)/i, 'Should contain '],
  [new RegExp(`^(?:success criteri(?:a|on)|pass criteri(?:a|on)|pass(?:es)? if|ok if|acceptance(?: criteri(?:a|on))?|goal|target|healthy|good|normal(?: value)?|want(?:ed)?|desired|total(?: rows?)?) ?:? (?:(?:it |the query )?returns )?(?=${FIGURE})`, 'i'), 'Expected: '],
  // A sign in front of it is gone by now.
  [/^(?:(?:=>|->) ?)?(?=(?:\d+|no|zero) (?:rows?|results?|records?)(?: returned)?$)/i, 'Expected: '],
  [/^((?:the )?(?:`\w+`|status|role|state|value)(?: column| field| value)?) should (?:now |then |still |always )?(?:be|read|show|say) (?:exactly )?(?=\S)/i, '$1 should be '],
  [/^(?:all|every|each)(?: of the)? (?:rows?|records?|entries) (?:should|must) have (?:an? )?non-null (`?\w+`?)(?: values?)?$/i, 'Expected: every row has $1 populated'],
  [/^(?:the )?(`\w+`)(?: column| field)? (?:should|must) never be null$/i, 'Expected: every row has $1 populated'],
  [/^(?:the )?(?:column|table|index|policy|function|trigger|constraint|view) (`\w+`) should no longer (?:appear|exist|be (?:there|listed|present))$/i, 'Expected: $1 is gone'],
  [/^it should say (?=\S)/i, 'It should show '],
  // "Acceptance: avg_wait < 10, max_wait < 100".
  [/^(?:acceptance|pass|success)(?: criteri(?:a|on))?: (?=`?[a-z]\w*_\w*`? ?[<>=≤≥])/i, 'Expected: '],
  [/^((?:every|each) row in (?:the )?`\w+` column (?:should|must) )(?=\S)/i, 'Expected: $1'],
  [/^both (?=`\w+ ?= ?[^`]+`$|`\w+ ?= ?[^`]+`,)/i, 'Expected: both '],
  [/^(?:[A-Z]{0,3}[-.]?\d+[.)] )?[a-z][\w -]{2,60} (?:must|should) be (?=(?:0|zero|no) rows?$)/i, 'Expected: '],
  [/^review(?: the)?(?: outputs?| results?)?: (?=(?:each|every|all|no|\d+) )/i, 'Expected: '],
  [new RegExp(`^(?:the )?(?:count|number of (?:rows|records|results)) (?:should|must) (?:match|be|equal) (?=${FIGURE})`, 'i'), 'It should be '],
  [new RegExp(`^expects (?=${FIGURE})`, 'i'), 'Expected: '],
  [/^(?:test )?pass(?:es)? (?:iff|if|when)\b\s*[:：]?\s*(?=\S)/i, 'Expected: '],
  [/^(?:(?:execution|query|response|total) )*(?:time|duration)\s*:? ?(?=(?:<=?|≤|under|below|less than) ?\d)/i, 'Expected: time '],
  [/^avoid: (?:an? )?(?=seq(?:uential)? scan)/i, 'Expected: no '],
  [/^verify: (?=\d+ rows? (?:affected|updated|deleted|inserted)$)/i, 'Expected: '],
  [/^(?:ergebnis|r[ée]sultats?|resultaat|wynik)\s*: (?=\S)/i, 'Expected: '],
];

const KINDS = '(?:tables?|columns?|fields?|rows?|records?|entries|polic(?:y|ies)|index(?:es)?|functions?|triggers?|views?|enums?|types?|extensions?|constraints?|buckets?|roles?|jobs?|values?|names?)';
/** What leads to the names that are listed below it. */
const LISTED: [RegExp, string][] = [
  [new RegExp(`^(?:key|main|important|critical|core|required) (?:new )?(${KINDS}) to (?:verify|check|spot-?check|confirm|look for|find)(?=:)`, 'i'), 'Should include these $1'],
  [/^(?:healthy|normal|good) (?:states?|values?|outputs?|results?)(?=:)/i, 'Expected'],
  [new RegExp(`^(?:look for|you (?:will|'ll) (?:then |now )?(?:see|find)|check for|verify|confirm) (?:these|the following|all (?:of )?these)(?: \\d+)? (${KINDS})(?: (?:exist|are (?:there|listed|present|returned|shown)|in the (?:list|results?|output)))?(?=:)`, 'i'), 'Expected $1'],
  [new RegExp(`^${LOOK} (?:these|the following|all (?:of )?these) ${KINDS} (?:no longer (?:exist|appear)|do not exist|don't exist|are (?:now )?(?:gone|removed|dropped|missing|absent)|(?:should|must) (?:not exist|be gone))(?=:)`, 'i'), 'Should not contain'],
  [new RegExp(`^${LOOK} (?:the |your )?(?:\`\\w+\` )?(?:table|output|result|list) (?:has|have|shows?|includes?|contains?|lists?)(?: (?:these|the following)(?: ${KINDS})?)?:? (?=[\`:])`, 'i'), 'Expected: '],
  [new RegExp(`^${LOOK} (?:the |your )?(?:\`\\w+\` )?(?:table|output|result|list) (?:does not|doesn't|no longer) (?:have|show|include|contain|list|has|shows|includes|contains|lists):? (?=[\`:])`, 'i'), 'Should not contain '],
];

const listedBy = firstOf(LISTED);
const lookedAtBy = firstOf(LOOKED);
const seenBy = firstOf(SEEN);

/** What says so in other words, and on which side its statement stands; null for anything else. Pure. */
export const plainly = remember(inPlainWords);

function inPlainWords(said: string): { text: string; side: 'forward' | 'backward' } | null {
  const line = said.replace(/[.!]\s*$/, '').replace(/,? (?:and )?fails? otherwise$/i, '');
  const listed = listedBy(said);
  if (listed !== undefined) return { text: said.replace(...listed).replace(/: +/g, ': '), side: 'backward' };
  const front = otherFront(said);
  if (front !== null) return front;
  const leads = /:\s*$/.test(said);
  const looked = leads ? undefined : lookedAtBy(line);
  if (looked !== undefined) return { text: line.replace(...looked), side: 'forward' };
  const seen = leads && !/\bshould\b/i.test(said) ? undefined : seenBy(line);
  return seen === undefined ? null : { text: line.replace(...seen), side: 'backward' };
}
