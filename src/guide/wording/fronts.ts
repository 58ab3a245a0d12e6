import { firstOf } from '../sieve.js';
import { remember } from '../remember.js';
import { otherwiseOf, stopOf } from './gates.js';
import { NUMBER_WORD } from './normal.js';

/** The ways a sentence may begin that says what a result is, each turned into the one form that the readers know. */

const ANSWER = '(?:quer(?:y|ies)|statements?|results?(?: set)?|outputs?|select|count|row count|number|total|value|answer|list|set|sum|figure|numbers|counts|values|totals)';
const WHICH = '(?:(?:above|final|verification|check|sql|select|count|diagnostic|returned|resulting) )*';
/** What answers, as a whole. */
const SUBJECT = `(?:(?:the |this |that |your )${WHICH}${ANSWER}(?: above| below| here| returned)?|(?:quer(?:y|ies)|results?(?: set)?|output|statement)(?: here| above| returned)?|the (?:above|function)|it|this|that|these|we|you|one)`;
const MODAL = "(?:should|must|will|shall|needs? to|ha(?:s|ve) to|ought to|(?:is|are) (?:expected|supposed|required) to|should now|must now|will now)";
const ALSO = '(?:(?:now|then|still|also|only|always|again|at this point) )*';
const SEES = '(?:come back|come out|comes back|(?:eventually |have )?(?:drop|dropped|fall|fallen|go|gone|decrease|decreased|come)(?: down)? to|(?:eventually |have )?reach(?:ed)?|become|return|give|yield|show|report|print|read|say|display|list|produce|evaluate to|output|equal|match|be|have|contain|include|get|see|find|result in)(?: back)?(?: with| as| to)?';
const SO_MANY_ROWS = String.raw`(?:exactly |at least |at most |only )?(?:\d[\d,]*|${NUMBER_WORD}|no|zero) (?:rows?|records?|entries)`;
const FIGURE = String.raw`(?:(?:exactly |precisely |at least |at most |only |just )?(?:~ ?)?-?\d|(?:exactly |precisely )?zero\b|no (?:rows?|results?|records?|data|entries)\b|none\b|nothing\b|empty\b|an? empty\b|a single (?:row|record)\b|an? (?:number|count|value|total) (?:greater|more|less|lower|higher|smaller|larger|of|between|above|below|over|under)\b|(?:some|any) (?:rows?|results?|records?)$|(?:greater|more|less|fewer) than (?:zero|one|-?\d)|(?:at least |exactly )?(?:${NUMBER_WORD})(?: \w+)?$|between -?\d|(?:up to|(?:no|not) more than|fewer than|less than|under|max(?:imum|\.)?|min(?:imum|\.)?) \d|[<>=≥≤])`;
const TRUTH = '(?:`?(?:true|false|null|t|f)`?|not null|non-null)[.!]?$';
const TICKED = '`[^`]+`';
const VALUE = `(?:${FIGURE}|${TRUTH}|${TICKED}|'[^']+'|"[^"]+")`;
/** A name as it is marked: in back-ticks or quotes. */
const NAME = '(?:`[^`]+`|"[^"]+"|\'[^\']+\')';
const NAMES = `${NAME}(?:(?:,| and|, and| &) ${NAME})*`;
/** Bare names in a row, two at least. */
const BARE = String.raw`[a-z_][\w.]*(?:, [a-z_][\w.]*)*,? (?:and|&) [a-z_][\w.]*`;
const MUST = '(?:should|must|will|ought to|ha(?:s|ve) to|needs? to|(?:is|are) (?:expected|supposed) to)';
const REFUSED = '(?:fail|error(?: out)?|be (?:denied|rejected|blocked|refused|prevented)|not (?:be (?:allowed|accepted|possible|permitted)|go through|succeed|work))';
const DOER = '(?:it|this|that|the above|(?:the |this |that |your )?(?:above )?(?:insert|update|delete|upsert|merge|truncate|call|function call|rpc call|statement|query|command|attempt|operation|select|drop|transaction|write|insertion|deletion))';
const KIND = '(?:table|column|field|row|record|entry|policy|index|function|procedure|trigger|view|materialized view|enum|type|extension|constraint|foreign key|primary key|unique constraint|bucket|role|user|job|schema|database|sequence|publication|subscription|slot|partition|setting|migration|version)';
const THERE = '(?:exists?|is (?:now )?(?:there|listed|present|shown|returned|included|in the (?:list|outputs?|results?)|among them)|appears?(?: (?:in (?:the |this )?(?:list|outputs?|results?(?: set)?)|here|there))?|shows? up(?: (?:here|there|in (?:the )?(?:list|outputs?|results?)))?|(?:was|has been) (?:created|added))';
const BE_THERE = '(?:exist|be (?:there|listed|present|shown|returned|included|found|visible|displayed|available|in the (?:list|outputs?|results?))|appear(?: in (?:the |this )?(?:list|outputs?|results?))?|show up)';
const LOOK = '(?:verify|check|confirm|ensure|make sure|validate|assert)(?: that)?';
/** What follows tells of something wrong, and not of its absence. */
const TROUBLE = String.raw`(?=.*\b(?:problems?|issues?|errors?|bugs?|fail\w*|wrong|bad|broken|missing|incomplete|drift|orphan\w*|duplicate\w*|violat\w*|not|n't|lost|leak\w*|mismatch\w*|inconsisten\w*|trouble|corrupt\w*|remain\w*|left|still|without|unmigrated)\b)(?!.*\b(?:not a|no problem|fine|success\w*|good)\b)`;

type Side = 'forward' | 'backward';

const FRONTS: [RegExp, string, Side][] = [
  [new RegExp(`^(?:(?:${SUBJECT}) )?(?:${MODAL}) ${ALSO}(?:${SEES}) (?:some|any) (?:rows?|results?|records?|data)(?: (?:back|here|returned))?$`, 'i'), 'Expected: at least one row', 'backward'],
  // "The result set has to be empty", "this will return 12"
  [new RegExp(`^(?:(?:${SUBJECT}) (?:${MODAL})|(?!should|must|will)(?:${MODAL}|expected to|supposed to)|(?:should|must)(?= (?:produce|result in|evaluate to|come out)\\b)) ${ALSO}(?:${SEES})(?: (?:the )?(?:text|string|word|value|message|literal|number))? (?=${VALUE})`, 'i'), 'Expected: ', 'backward'],
  [new RegExp(`^(?:(?:${SUBJECT}) )?(?:should|must|will|shall|ha(?:s|ve) to|needs? to) ${ALSO}(?:come back|comes back|come up|turn up|be) (?:completely |totally )?(empty|blank)(?: here)?$`, 'i'), 'Expected: empty', 'backward'],
  [new RegExp(`^(?:it |this |that |the query |the function |the call )?(?:returns?|yields?|gives?|prints?) (?!\`?(?:uuid|jsonb?|void|integer|bigint|int|text|boolean|trigger|record|numeric|date|table|setof\\b.*|timestamp\\w*)\`?[.!]?$)(?=(?:${TICKED}|'[^']+'|"[^"]+"|true|false|null|t|f)[.!]?$)`, 'i'), 'Expected: ', 'backward'],
  [new RegExp(`^(?:should|must) (?:return|be|show|say|read|give|print) (?:the )?(?:text|string|word|value|message|literal|number|name) (?=${VALUE}$)`, 'i'), 'Expected: ', 'backward'],
  [new RegExp(`^(?:we|you|i) (?:want|would like|are looking for)(?: to (?:see|get))? ((?:exactly |at least )?(?:-?\\d[\\d,]*|zero|none|nothing)(?: (?:rows?|records?|results?))?)(?: here)?$`, 'i'), 'Expected: $1', 'backward'],
  [new RegExp(`^(${VALUE}.{0,40}?) (?:is |are )?expected(?: here)?$`, 'i'), 'Expected: $1', 'backward'],
  [new RegExp(`^${LOOK} (?:the |this |that |your )?(?:above |previous |last )?${ANSWER}(?: above)? (?:is|are|returns?|shows?|equals?|matches|comes back(?: as| with)?|gives?|reads?|says?|reports?|displays?) (?=${VALUE})`, 'i'), 'Expected: ', 'forward'],
  [new RegExp(`^(?:the )?(?:row )?(?:count|total|number|sum|figure)s? (?:(?:is|are) (?:expected|supposed|required|going)|needs?|has|ought) to ${ALSO}(?:be|equal|read|show|match) (?=${VALUE})`, 'i'), 'Expected: ', 'backward'],
  [new RegExp(`^(?!(?:if|when)\\b).{3,120}?,? (?:so|hence|therefore|thus) (?:that )?(?:this|it|the (?:count|result|query|number|output|total)) (?:is|should be|must be|should now be|returns?|should return|gives?|should give|must return) (?=(?:${FIGURE}(?: rows?)?|${TRUTH}|${TICKED})$)`, 'i'), 'Expected: ', 'backward'],
  [new RegExp(`^(?:wait|repeat(?: (?:this|the) query)?|re-?run (?:this|the) query|keep (?:polling|checking|waiting)|poll|check again) until (?:${SUBJECT}|the (?:count|value|number)) (?:reaches|returns?|is|shows?|gives?|drops? to|equals?|becomes|reads|says|hits|goes (?:down )?to|comes back(?: as| with)?) (?=${VALUE})`, 'i'), 'Expected: ', 'backward'],
  [new RegExp(`^${LOOK} (?:it|this|that)(?:'s| is| equals| returns| shows| reads| says) (?=${VALUE})`, 'i'), 'Expected: ', 'forward'],
  [new RegExp(`^(?:expecting|expected is|what we expect(?: here)?(?: is|:)|the expected (?:result|value|output|count|answer|number)(?: here)?(?: is|:)) (?=${VALUE})`, 'i'), 'Expected: ', 'backward'],
  [new RegExp(String.raw`^any(?:thing| value| number| count| result)? (?:above|over|greater than|more than|higher than|larger than|>) ?(?:0|zero) (?:means?|indicates?|is|=|signals?|points? to)\b${TROUBLE}.{2,80}$`, 'i'), 'Expected: figure 0', 'backward'],
  [new RegExp(`^(?:the |this |that )?(?!(?:each|every|all|both|no|any) )\`?(\\w*)\`? ?table ${MUST} ${ALSO}(?:contain|hold|have) (${SO_MANY_ROWS})$`, 'i'), 'Expected: whole($1) $2', 'backward'],
  [new RegExp(`^(?:the )?table \`(\\w+)\` ${MUST} ${ALSO}(?:contain|hold|have) (${SO_MANY_ROWS})$`, 'i'), 'Expected: whole($1) $2', 'backward'],
  [new RegExp(String.raw`^(?:the |this )?\`?(\w*)\`? ?table (?:now |then |still )?(?:has|contains|holds) (${SO_MANY_ROWS})$`, 'i'), 'Expected: whole($1) $2', 'backward'],
  [new RegExp(`^you(?:'ll| will| should| would)? (?:then |now |only )?(?:get|see|have|receive)(?: back)? (${FIGURE}.{0,40}?)(?: back| returned| here)?$`, 'i'), 'Expected: $1', 'backward'],
  [new RegExp(`^((?:exactly |at least |at most |only |just )?(?:\\d[\\d,]*|${NUMBER_WORD}|a single|an?) (?:[\\w-]+ )?(?:rows?|records?|results?|entry|entries|lines?|tuples?|tables?|polic(?:y|ies)|index(?:es)?|functions?|triggers?|constraints?|views?|columns?|users?|roles?|extensions?)) (?:should|must|will|ought to|has to|have to|needs to) ${ALSO}(?:come back|be (?:returned|shown|listed|displayed|found|there|present|visible|left|here)|appear|show up|exist|remain|return)(?: here)?$`, 'i'), 'Expected: $1', 'backward'],
  // "Mismatches between them must return zero rows": whatever it is that is looked for.
  [new RegExp(`^(?!(?:if|when|unless|each|every|all|both|any|you|we)\\b)[^:.!?,]{3,80}? ${MUST} ${ALSO}(?:return|yield|give|produce|find) ((?:exactly |at least |at most |only )?(?:\\d[\\d,]*|${NUMBER_WORD}|no|zero) (?:rows?|records?|results?))$`, 'i'), 'Expected: $1', 'backward'],
  [new RegExp(`^(?!(?:if|when|unless|each|every|all|both|any)\\b)(?:the |your )?(?:[\\w-]+ ){1,4}?${MUST} ${ALSO}(?:contain|hold|have) ((?:exactly |at least |at most |only )?(?:\\d[\\d,]*|${NUMBER_WORD})) (?:[a-z-]+ ){0,4}(row|record|entry|entries|rows|records)$`, 'i'), 'Expected: $1 $2', 'backward'],
  [new RegExp(`^(?:this |the )?(?:${ANSWER} )?${MUST} ${ALSO}(?:return|list|show|give|contain) (?:exactly |only )?(?:these|the following) (\\d+|${NUMBER_WORD}) (?:names?|rows?|tables?|columns?|polic(?:y|ies)|indexes|functions?|triggers?|views?|records?|entries|values?)$`, 'i'), 'Expected: $1 rows', 'forward'],
  [/^(?:(?!all\b|both\b|row\b)[\w-]+ ){1,4}counts (?:should|must) (?:all )?(?:be|equal|read) (zero|0)$/i, 'All counts must be $1', 'backward'],
  [/^(?:check|verify|inspect|look at|search) (?:the )?(?:(?:explain|query) )?(?:output|plan|query plan) for (?=["'`])/i, 'Look for ', 'backward'],
  [new RegExp(`^note: (?:this|the)(?: above)? (?:query|statement|select) ${MUST} (?:return|be|show|give) (?=${FIGURE})`, 'i'), 'Expected: ', 'backward'],
  [new RegExp(`^${LOOK} (?:all |the )?(\\d+|${NUMBER_WORD}) \`?[a-z][\\w-]*\`?(?: [a-z][\\w-]*)? (?:(?:are|were|have been) )?(?:seeded|loaded|imported)(?: \\([^()]*\\))?$`, 'i'), 'Expected: $1 rows', 'forward'],
  [new RegExp(`^${LOOK} (?:all |the )?(\\d+|${NUMBER_WORD}) (?:cron |scheduled )?jobs are (?:all )?(?:running|scheduled|registered|there|listed)$`, 'i'), 'Expected: $1 rows', 'forward'],
  [new RegExp(`^(?:(?:it|this|query|result):? )?(?:should|must) (?:show|return|list|give) ((?:exactly )?(?:\\d+|${NUMBER_WORD}|a single) rows?) [—–-] (?=(?:[\\w@.+-]+, )+[\\w@.+-]+$)(?=.*[\\d@_])`, 'i'), 'Expected: $1: ', 'backward'],
  [/^(?:it |this |query )?(?:should|must) (?:show|return|list|include) (?:an? |the )?([a-z]+(?:_[a-z\d]+)+) (?:record|row|entry|job|policy|index|table|function|trigger|column|key)$/i, 'Should include `$1`', 'backward'],
  [/^`?(\d+)`? (?:ou mais|ou plus|o más|oder mehr|of meer|o più)$/i, 'Expected: at least $1', 'backward'],
  [/^if (?:you|we|i) (?:now )?(?:try|attempt) [^,]{3,100}, (?:you|we|i|it|this|postgres(?:ql)?)(?:'ll| will| should| must) (?:now )?(?:(?:get|see|receive|raise|throw) (?:an? |the )?(?:[\w-]+ )?(?:error|exception|violation)|fail|be (?:denied|rejected|blocked|refused))$/i, 'Should fail', 'forward'],
  [/^(?:wait|poll|repeat|re-?run)(?: (?:this|it|the query))? until `?(\w+)`? ?= ?(['"][^'"]+['"]|true|false|\d+)`?$/i, 'Expected: $1 = $2', 'backward'],
  [/^(?:wait|poll|repeat|re-?run)(?: (?:this|it|the query))? until (`\w+ ?= ?[^`]+`)$/i, 'Expected: $1', 'backward'],
  [new RegExp(`^${LOOK} (?:the )?(?:[\\w-]+ )?bucket is (?:now |still )?private$`, 'i'), 'Expected: public = false', 'forward'],
  [new RegExp(`^${LOOK} (?:the )?(?:[\\w-]+ )?bucket is (?:now |still )?public$`, 'i'), 'Expected: public = true', 'forward'],
  [new RegExp(`^${LOOK} ((?:exactly |only )?(?:\\d[\\d,]*|${NUMBER_WORD})) (?:(?!for\\b|with\\b|per\\b)[a-z-]+ ){1,4}(?:exists?|remains?)$`, 'i'), 'Expected: $1 rows', 'forward'],
  [new RegExp(`^${LOOK} (?:there (?:is|are) )?no (?:orphan(?:ed|s)?|duplicated?|dangling|stale|leftover|unmatched)\\b(?=.*\\b(?:without|missing)\\b)(?!.*\\b(?:or|if|unless|except)\\b)[^:]{0,60}$`, 'i'), 'There should be no orphans', 'forward'],
  [/^(?:you )?(?:should|must) (?:now )?(?:see|find|get) (?:the|your|that) (?:new |inserted )?(?:row|record)$/i, 'The row should exist', 'backward'],
  [/^missing: (`[\w.]+`(?:(?:, | and |, and )`[\w.]+`)*)(?: \([^()]*\))?$/i, 'Should not contain $1', 'backward'],
  [/^both (counts|values|totals|figures|numbers) (?:should|must) (?:now |always |still )?(match|be equal|agree)(?:: [^=<>\d]+)?$/i, 'Both $1 should $2', 'backward'],
  // Of every one of several
  [/^(?:neither|none)(?: of (?:the|these|those|them)(?: (?:\w+ )?(?:queries|statements|selects|checks))?)?(?: (?:query|statement|select|check))? (?:should|must|may|will) (?:return|give|show|find|produce|report|list) (?:any(?:thing)?(?: (?:rows?|results?|records?|data))?|rows?|results?|records?|data)$/i, 'All queries should return no rows', 'backward'],
  [/^(?:(?:no|zero|0) (?:rows?|results?|records?)|nothing) (?:(?:should|must) (?:be (?:returned|found|shown)|come back) )?(?:by|from|for|in) (?:any|either|each|both|all|every)(?: one)?(?: of (?:the|these|those|them)(?: \w+)?)?(?: (?:query|queries|statements?|cases?|checks?))?$/i, 'All queries should return no rows', 'backward'],
  [/^(?:all|both|each|every)(?: of (?:the|these|those|them))?(?: (?:\w+ )?(?:query|queries|statements?|selects?|checks?))? (?:should|must|will|ought to|have to|has to|need to|needs to) (?:come back (?:empty|without rows|with no rows)|be empty)$/i, 'All queries should return no rows', 'backward'],
  [new RegExp(`^(?:the )?\`(\\w+)\`(?: table)? ${MUST} ${ALSO}(?:contain|have|hold) (${SO_MANY_ROWS})$`, 'i'), 'Expected: whole($1) $2', 'backward'],
  [new RegExp(`^expected (?:number|count|total|amount)(?: of [a-z ]{2,20})?\\s*[:=]\\s*(?=${VALUE})`, 'i'), 'Expected: ', 'backward'],
  [new RegExp(`^(?:(?:it|this|the (?:count|result|value|number|total|output)) )?(?:should|must|may|can) (?:not|never) (?:be|return|show|equal|read) (?:0|zero)$`, 'i'), 'Expected: non-zero', 'backward'],
  [new RegExp(`^(?:(?:it|this|the (?:count|result|value|number|total|output)) )?(?:should|must|will) be non[- ]?zero$`, 'i'), 'Expected: non-zero', 'backward'],
  [new RegExp(`^(${VALUE}) is (?:the )?(?:correct|right|expected|desired|wanted)(?: (?:answer|result|value|number|count|output))?(?: here)?$`, 'i'), 'Expected: $1', 'backward'],
  [new RegExp(`^(?:the )?(?:correct|right|expected|desired|wanted) (?:answer|result|value|number|count|output|total)(?: here)? (?:is|should be|must be) (?=${VALUE})`, 'i'), 'Expected: ', 'backward'],
  [new RegExp(`^(?:correct|right|ok|okay|verify|check|confirm)\\s*: (?=${FIGURE}[\\w ]{0,20}$)`, 'i'), 'Expected: ', 'backward'],
  [new RegExp(`^(?:you (?:can|should|would|may|will) (?:safely )?|we |i )?expects? (?:to (?:see|get|find|have|receive) )(${VALUE}.*?)(?: back| here)?$`, 'i'), 'Expected: $1', 'backward'],
  [new RegExp(`^you (?:can|should|would|may|will) expect (${VALUE}.*?)(?: back| here)?$`, 'i'), 'Expected: $1', 'backward'],
  [new RegExp(`^${LOOK} there(?: is| are|'s| exist) (?:still |now )?(?=${FIGURE})`, 'i'), 'Expected: ', 'forward'],
  [new RegExp(`^${LOOK} ((?:exactly |at least |only )?(?:\\d[\\d,]*|${NUMBER_WORD}|no|zero) [a-z]+(?: [a-z]+)?) (?:exists?|remain|are (?:there|present|left|listed|returned))$`, 'i'), 'Expected: $1', 'forward'],
  [new RegExp(`^(?:${LOOK} )?(?:all )?(\\d[\\d,]*) (rows?|records?|entries|users|items|documents|orders) (?:were|have been|should be|should have been|must be|must have been)(?: successfully)? (?:migrated|copied|imported|loaded|moved|backfilled|converted|transferred|restored)$`, 'i'), 'Expected: $1 $2', 'backward'],
  [/^(?:an? (?:result|count|value|total) of )?(?:an? )?(?:0|zero)(?: (?:result|count|value))? ?(?:=|means?|indicates?|confirms?)(?: that)? ?(?!.*(?:[,;] ?\d|\bbut\b|\btoo\b|staging|pending|anything else))(?:good|ok(?:ay)?|pass(?:ed)?|success(?:ful)?|fine|clean|healthy|done|complete|correct|all (?:good|rows|clear|data|records|is (?:well|good|clean))|everything|nothing (?:is |was )?(?:left|missing|to do|remain\w*|pending|outstanding)|no (?:orphans|duplicates|errors|issues|problems|violations|missing|rows? (?:are )?(?:left|missing|remain\w*)))\b.{0,80}$/i, 'Expected: figure 0', 'backward'],
  [new RegExp(`^(?:needs? to|ha(?:s|ve) to|ought to|will) (?:now )?(?:be|return|equal|read|show|give) (?=${VALUE})`, 'i'), 'Expected: ', 'backward'],
  [new RegExp(`^check for (?=${FIGURE})`, 'i'), 'Expected: ', 'backward'],
  [new RegExp(String.raw`^(?:an?|any) (?:results?|values?|counts?|numbers?|row counts?) (?:other than|but|except|different from) (-?\d+|zero|\`[^\`]+\`) (?:means?|indicates?|is|are|signals?|points? to)\b${TROUBLE}.{2,90}$`, 'i'), 'Expected: figure $1', 'backward'],
  [new RegExp(String.raw`^(?:fewer|less) than (\d+)(?: (?:rows?|results?|records?))? (?:means?|indicates?|is|are|signals?)\b${TROUBLE}.{2,90}$`, 'i'), 'Expected: at least $1', 'backward'],
  [/^(?:at least one row|one or more rows|a row|one row at least)(?: returned)? (?:means?|indicates?|confirms?|shows?|proves?)(?: that)? (?!.*\b(?:not|n't|fail\w*|wrong|missing|problems?|errors?|broken|orphan\w*|duplicate\w*|violat\w*|incomplete|lost|bad)\b).{3,80}$/i, 'Expected: at least one row', 'backward'],
  [/^expected (?!.*\b(?:errors?|status|codes?|time|impact|loss|alerts?)\b)(?=[a-z ]*\b(?:rows?|records?|entries|users?|nulls?|duplicates?|orphan\w*|without|missing|tables?|columns?|polic(?:y|ies)|index(?:es)?|functions?|triggers?|views?|constraints?|total|count)\b)[a-z][a-z ]{2,40}\s*[:=]\s*(?=(?:\d[\d,]*|zero|none)[.!]?$)/i, 'Expected: ', 'backward'],
  [new RegExp(`^(?:the )?(?:count|number|total) of [a-z][\\w ]{2,60}? (?:should|must|has to|needs to) (?:be|equal|read|show) (?=${FIGURE})`, 'i'), 'Expected: ', 'backward'],
  [new RegExp(`^(?:the )?[a-z]+ (?:without|having|missing|lacking|with no) [a-z][\\w ]{1,40}? (?:should|must|has to|needs to) (?:be|equal|read) (?=${FIGURE})`, 'i'), 'Expected: ', 'backward'],
  [/^no (?!rows?\b)[a-z]+ (?:should|must|may) (?:be without|lack|be missing|remain|be left|be left without)\b(?![^a-z ]).{0,40}$/i, 'Expected: no such row', 'backward'],
  [/^no (?!rows?\b)[a-z]+ without (?:an? |the |any )?[a-z ]{2,30} (?:should|must|may) (?:remain|exist|be left|be found)$/i, 'Expected: no such row', 'backward'],
  [/^there (?:should|must) (?:not|never) be any (?!rows?\b|results?\b)[a-z]+ (?:left |remaining )?(?:without|left|remaining|missing)\b[a-z ]{0,40}$/i, 'Expected: no such row', 'backward'],
  [/^(?:the )?(?:user [a-z\d]+|users?|owners?|members?|admins?|[a-z]+ users?) (?:should|must|can) (?:now |still )?(?:see|view|read) (?:its |their |his |her |the )?(?:own|user [a-z\d]+'s) [a-z ]{3,40}$/i, 'Expected: at least one row', 'backward'],
  [/^(?:all|both|each|every)(?: (?:of (?:the|these|those|them)|query|queries|statements?|selects?)){0,2} (?:(?:should|must|will) )?returns? (?:some )?(?:data|rows|results|records)(?: \((?!.*\b(?:or|if|unless|may|might)\b)[^()]*\))?$/i, 'All queries should return at least one row', 'backward'],
  // No rows
  [/^(?:nothing|(?:no|zero|0) (?:rows?|results?|records?|data|entries|hits|matches)) (?:should|must|will|may|ought to) (?:now |ever |still )?(?:come back|be (?:returned|found|listed|shown|displayed|there|left|present|reported|here)|appear|show up|remain|exist|return)(?: (?:here|at all|in the (?:output|results?|list)))?$/i, 'Expected: no rows', 'backward'],
  [/^there (?:should not|shouldn't|must not|mustn't|should never|can't|cannot|will not|won't) be any (?:rows?|results?|records?|entries|output|data|hits|matches)(?: (?:returned|left|here|listed|remaining|at all|in the (?:output|results?)))?$/i, 'Expected: no rows', 'backward'],
  [new RegExp(`^(?:(?:${SUBJECT}) )?(?:should not|shouldn't|must not|mustn't|should never|must never|will not|won't) (?:return|show|find|list|give|produce|yield|display|report|contain|output|have|see|be)(?: back)? (?:any(?:thing)?(?: (?:rows?|results?|records?|entries|output|data))?(?: (?:here|at all))?|a (?:single )?(?:row|record|result))$`, 'i'), 'Expected: no rows', 'backward'],
  [/^(?:an? )?empty(?: (?:results?(?: set)?|outputs?|set|list|table))? ?(?:=|means?|indicates?|is|:|→|->)(?: that)? ?(?:good|ok(?:ay)?|pass(?:ed|es)?|success|correct|fine|clean|healthy|expected|what (?:we|you) want|all (?:good|clear|is well|ok|clean)|(?:that )?everything (?:is|was|has been|went) (?!.*\b(?:not|n't|pending|yet)\b).{2,40}|no (?:orphans?|duplicates?|violations?|errors?|problems?|issues?|mismatches|invalid \w+|orphaned \w+|duplicate \w+)|the (?:migration|backfill|cleanup|fix) (?:succeeded|worked|is complete|was successful))$/i, 'Expected: no rows', 'backward'],
  [/^(?:(?:no|zero|0) records?|no data|nothing(?: returned| here)?|no output) ?(?:=|means?|indicates?|is)(?: that)? ?(?:good|ok(?:ay)?|pass(?:ed|es)?|success|correct|fine|clean|healthy|expected|what (?:we|you) want|all (?:good|clear|is well|ok|clean)|everything (?:is|was|has been|went) .{2,40})$/i, 'Expected: no rows', 'backward'],
  [/^(?:rows?|results?|records?|entries|anything) (?:returned|listed|shown|found|here|in the (?:output|results?))(?: here)? ?(?:=|means?|indicates?|is|are|signals?)(?: that)? ?(?:an? )?(?:problems?|issues?|errors?|bugs?|failures?|violations?|not ok|bad|wrong|fail(?:ed|s)?|(?:that )?something (?:is|went) wrong.{0,20}|(?:that )?the (?:migration|backfill|cleanup|fix) (?:failed|is incomplete|did not .{2,30}|was not .{2,30}))$/i, 'Expected: no rows', 'backward'],
  [new RegExp(String.raw`^(?:an?|any) (?:non-?zero|positive) (?:count|result|value|number|total)s?(?: here)? ?(?:=|means?|indicates?|is|signals?|points? to)(?: that)? ?${TROUBLE}\S.{2,80}$`, 'i'), 'Expected: figure 0', 'backward'],
  // What is there, by its name
  [new RegExp(`^${LOOK} (?:the |your |a )?(?:new )?(?:${KIND} )?(${TICKED})(?: ${KIND})? ${THERE}$`, 'i'), '$1 should be listed', 'forward'],
  [new RegExp(`^${LOOK} (?:the |your )?(?:new |old )?(?:${KIND} )?(${TICKED})(?: ${KIND})? (?:no longer (?:exists|appears|is (?:there|listed|present))|does not (?:exist|appear)|doesn't (?:exist|appear)|is (?:now )?(?:gone|absent|removed|not (?:there|listed|present))|(?:was|has been) (?:removed|dropped|deleted))$`, 'i'), 'Expected: $1 is gone', 'forward'],
  [new RegExp(`^(?:the |your |a )?(?:new )?${KIND} (${NAME}) ${MUST} ${ALSO}${BE_THERE}$`, 'i'), 'Should include $1', 'backward'],
  [new RegExp(`^(?:the |both |all |the new |both new )?(${TICKED}(?:(?:,| and|, and| &) ${TICKED})+)(?: ${KIND.replace(/\)$/, '')}|tables|columns|polic(?:y|ies)|indexes|functions|triggers|views|roles|types|rows)?)? ${MUST} ${ALSO}(?:both |all )?(?:now )?${BE_THERE}$`, 'i'), 'Should include $1', 'backward'],
  [new RegExp(`^(?:the )?(${TICKED}(?:(?:,| and|, and| &) ${TICKED})*) ${KIND}s? ${MUST} ${ALSO}(?:both |all )?${BE_THERE}(?: (?:in|on) (?:the )?${TICKED}(?: table)?)?$`, 'i'), 'Should include $1', 'backward'],
  [new RegExp(`^(${TICKED}(?:(?:,| and|, and| &) ${TICKED})*) (?:is|are)(?: all| both)? (?:listed|shown|present|there|returned|included|displayed)(?: in (?:the )?(?:list|outputs?|results?))?$`, 'i'), 'Should include $1', 'backward'],
  [new RegExp(`^(?:the )?(?:(two|three|four|five|six|seven|eight|nine|ten|\\d+) )?(?:new )?(tables|columns|policies|indexes|functions|triggers|views|roles|types|schemas|constraints|extensions|enums|buckets):? (${BARE}) ${MUST} ${ALSO}(?:all )?${BE_THERE}$`, 'i'), 'Expected: $1 $2: $3', 'backward'],
  [new RegExp(`^(?:the |this |your )?(?:(?:\`?\\w+\`?) )?table ${MUST} ${ALSO}(?:have|contain|show|include)(?: the)?(?: following)?(?: new)? columns:? (?=(?:${BARE}|${NAMES})$)`, 'i'), 'Expected columns: ', 'backward'],
  [new RegExp(`^(?:the )?(?:lists?|outputs?|results?|names|tables|columns) ${MUST} ${ALSO}(?:be|read|show|list)\\s*: ?(?=\\S)`, 'i'), 'Expected: ', 'backward'],
  [new RegExp(`^no (${TICKED}(?:(?:,| or|, or| and) ${TICKED})*)(?: ${KIND}| rows?)? in (?:the )?(?:list|outputs?|results?(?: set)?)$`, 'i'), 'Should not contain $1', 'backward'],
  [new RegExp(`^only (?:the )?((?:tables|columns|policies|roles|users|values|rows|types|functions) )?(${TICKED}(?:(?:,| and|, and) ${TICKED})*)(?: ${KIND})? ${MUST} ${ALSO}(?:remain|be (?:left|listed|returned|shown|present|there)|appear|exist|show up)$`, 'i'), 'Only $1$2 remains', 'backward'],
  [new RegExp(`^you (?:should|must|will|'ll|can) ${ALSO}(?:see|find) (?:the |a |an |your )?(?:new )?(?:${KIND} (${NAME})|(${TICKED}) ${KIND})(?: (?:listed|there|present|in (?:the |this )?(?:list|outputs?|results?)))?$`, 'i'), '$1$2 should be listed', 'backward'],
  [/^(?:there )?(?:should|must) be (?:exactly )?one (policy|row|trigger|index|entry|record|table|column)(?: each)? (?:for each of|each for|per|for each:|for) (?=[\w`'"]+, )/i, 'Expected one $1 each: ', 'backward'],
  [new RegExp(`^(?:the )?(?:(?:column|table|policy|index|function|trigger) )?(?:lists?|outputs?|results?(?: set)?|query|response) (?:(?:should|must|will|has to|needs to|ought to) ${ALSO}(?:contain|include|list|show|have)|(?:contains|includes|lists|shows|has)):? (?=${TICKED}(?:(?:,| and|, and) ${TICKED})*$)`, 'i'), 'Should include ', 'backward'],
  [new RegExp(`^look for (?=${TICKED}(?:(?:,| and|, and) ${TICKED})*(?: in (?:the )?(?:output|list|results?))?$)`, 'i'), 'Expected: ', 'backward'],
  // A column by its name
  [new RegExp(`^(?:the |every |each )?(?!(?:it|this|that|they|result|results|output|outputs|response|plan|list|query|definition|source|body|function|view|index|table|row|rows|message|text)\\b)(\`?\\w+\`?)(?: column| value)? ${MUST} ${ALSO}(?:contain|include) (${TICKED}|'[^']+'|"[^"]+")$`, 'i'), 'Expected: $1 contains $2', 'backward'],
  [new RegExp(`^(?:the )?(?:\\w+|\`\\w+\`) ${MUST} ${ALSO}(?:start|begin) with ${NAME}$`, 'i'), '$&', 'backward'],
  [new RegExp(`^(?:should|must) ${ALSO}(?:start|begin) with (?=${NAME}$)`, 'i'), 'Expected: starts with ', 'backward'],
  [/^`?(\w+)`? (?:should|must) (?:stay|remain) (below|under|above|over) (?=\d)/i, '$1 should be $2 ', 'backward'],
  [/^`?(\w+)`? (?:should|must|has to|needs to) be (?:set|populated|filled(?: in)?|not null|non-null) (?:for|in|on) (?:all|each|every)\b.{0,20}$/i, 'Expected: every row has $1 populated', 'backward'],
  [/^no null(?:s| values?) (?:in|for) (?:the )?`?(\w+)`?(?: column)?$/i, 'Expected: every row has $1 populated', 'backward'],
  [/^`(\w+)` is (?:never|not) null$/i, 'Expected: every row has $1 populated', 'backward'],
  [/^there (?:should|must) be no (?:rows?|records?|entries|[a-z]+s) with (?:an? |the )?`?(\w+)`?(?: of| =| set to)? (?:`([^`]+)`|'([^']+)')$/i, "No rows should have $1 '$2$3'", 'backward'],
  [/^no (?:orphans?|duplicates?|violations?|mismatches|gaps|overlaps|leftovers|differences)(?: (?:found|left|remain(?:ing)?|exist))?$/i, 'There should be $&', 'backward'],
  [/^(?:the )?`?(data_type|udt_name|is_nullable|column_default|indisvalid|convalidated|is_updatable|is_identity|confdeltype|provolatile|polpermissive|permissive)`?(?: column)? (?:should|must|will|has to|needs to|ought to) (?:now |then )?(?:be|read|show|say) `?([a-z][\w ]*(?:\(\d+(?:,\d+)?\))?(?:\[\])?)`?$/i, 'Expected: $1 = $2', 'backward'],
  [/^(?:it|the column|the (?:data )?type|its type|the new column) (?:should|must|will|has to|needs to) (?:now |then )?(?:be|have|show|read)(?: of)?(?: the)?(?: (?:data )?type)? `([a-z][\w ]*(?:\(\d+(?:,\d+)?\))?(?:\[\])?)`,? (?:and|,) (?:be )?(?:not nullable|not null|`not null`|non-null(?:able)?)$/i, 'Expected: data_type = $1, is_nullable = NO', 'backward'],
  [/^(?:it|the column|the (?:data )?type|its type|the new column) (?:should|must|will|has to|needs to) (?:now |then )?(?:be|have|show|read)(?: of)?(?: the)?(?: (?:data )?type)? `([a-z][\w ]*(?:\(\d+(?:,\d+)?\))?(?:\[\])?)`,? (?:and|,) (?:be )?(?:nullable)$/i, 'Expected: data_type = $1, is_nullable = YES', 'backward'],
  [new RegExp(`^(?:the |its |their )?(\`\\w+\`|\\w+)(?: column| field| value)? (?:should|must|will|ought to|has to|needs to) ${ALSO}(?:be|read|show|say|equal|contain|be set to|have changed to|be changed to|have become|have been set to|have the value|hold) (${TICKED}|'[^']+'|"[^"]+"|true|false) (?:everywhere|for (?:all|each|every)(?: of (?:them|the rows))?(?: (?:rows?|records?|tables?|entries))?|in (?:all|each|every)(?: of (?:them|the rows))?(?: (?:rows?|records?|tables?|entries))?)$`, 'i'), 'Every row must have $1 = $2', 'backward'],
  [new RegExp(`^(?:the |its |their )(\`\\w+\`|\\w+)(?: column| field) (?:should|must|will|ought to|has to|needs to) ${ALSO}(?:be|read|show|say|equal|be set to|have changed to|be changed to|have become|have been set to|have the value) (${TICKED}|'[^']+'|"[^"]+"|true|false)$`, 'i'), 'Every row must have $1 = $2', 'backward'],
  [new RegExp(`^(?:its|their|the row's|the record's) (\`\\w+\`|\\w+) (?:should|must|will|ought to|has to|needs to) ${ALSO}(?:be|read|show|say|equal|be set to|have changed to) (${TICKED}|'[^']+'|"[^"]+"|true|false)$`, 'i'), 'Every row must have $1 = $2', 'backward'],
  [new RegExp(`^(\`\\w+\`) (?:should|must|will|ought to|has to|needs to) ${ALSO}(?:say|have changed to|be changed to|have become|have been set to|be set to) (${TICKED}|'[^']+'|"[^"]+"|true|false)$`, 'i'), 'Every row must have $1 = $2', 'backward'],
  [new RegExp(`^(?:the|this|that|your) (?:row|record|entry) (?:should|must|will|ought to|has to|needs to) ${ALSO}(?:have|show|display|contain) (?:an? |the |its )?(\`\\w+\`|\\w+)(?: column| field)?(?: of| =| as| set to| equal to)? (${TICKED}|'[^']+'|"[^"]+"|true|false)$`, 'i'), 'Every row must have $1 = $2', 'backward'],
  [new RegExp(`^(\`\\w+\`|\\w+) (?:is|=|reads|shows) (${TICKED}|'[^']+'|true|false) (?:for|in|on) (?:all|each|every)(?: of (?:them|the rows))?(?: (?:rows?|records?|tables?|entries))?$`, 'i'), 'Every row must have $1 = $2', 'backward'],
  [/^no (?:rows?|records?|entr(?:y|ies)) (?:may|should|must|can|is allowed to|are allowed to) (?:have|show|contain|be in|be left in|still have) (?:an? |the )?(`\w+`|\w+)(?: of| =| as| set to| equal to)? (?:`([^`]+)`|'([^']+)')$/i, "No rows should have $1 '$2$3'", 'backward'],
  [/^(?:none|not one) of (?:the (?:rows?|records?|entries|results)|them|these) (?:may|should|must|can) (?:be|have|show|say|read|still be) (?=`[^`]+`$)/i, 'Should not contain ', 'backward'],
  // "It should succeed, but `a` and `b` should both be true"
  [/^(?:the |this )?(?:query|statement|insert|update|call|it|this) (?:should|must|will) (?:still )?(?:succeed|work|run|pass),? (?:but|and) (?=`)/i, '', 'backward'],
  // Plans and time
  [/^no errors? ?(?:=|means?|→|->|indicates?)(?: that)? \S.{2,80}$/i, 'Expected: no errors', 'backward'],
  [/^(?:the )?(?:query |execution )?plan (?:should|must|may|ought to) (?:not|never) (?:contain|show|have|include|use|be) (?:an? |any )?(seq(?:uential)? scans?)$/i, 'Expected: no $1', 'backward'],
  [/^(?:(?:it|this|the (?:query|statement|call|select|whole query)) )?(?:should|must|will|ought to|has to) (?:now |only )?(?:take|finish in|complete in|run in|return in|finish within|complete within|run within) (?:well )?(?=(?:less than|under|below|at most|no more than|<=?|≤) ?\d[\d,.]* ?(?:ms|milliseconds?|s|sec(?:ond)?s?)\b)/i, 'Expected: time ', 'backward'],
  [new RegExp(`^${LOOK} (?:it|this|the (?:query|plan|planner|output|statement)) (?:now )?(?:uses|is using|shows|picks|chooses) (?:the )?(?:index )?(${TICKED})(?: index)?$`, 'i'), 'Should use the index $1', 'forward'],
  // A row by its name
  [new RegExp(`^(?:the )?${KIND} ${NAME} ${MUST} (?:now |also )?(?:be|have|show) .{2,80}$`, 'i'), '$&', 'backward'],
  [new RegExp(`^${LOOK} (?:the |that the )?(?:row|record|job|order|entry|task|item) (?:is|has been|was) (?:now )?(?:in|set to|marked(?: as)?|moved to) (?:the )?('[^']+'|${TICKED})(?: (?:state|status))?$`, 'i'), 'Every row must have status = $1', 'forward'],
  // Columns of one row beside each other
  [/^(?:the )?`?([a-z_]\w*)`? and (?:the )?`?([a-z_]\w*)`? (?:should|must|ought to|have to|need to) (?:both )?(?:be (?:equal|the same|identical)|match|agree)(?: each other)?$/i, '$1 should equal $2', 'backward'],
  [/^(both|all)((?: (?:counts?|values?|columns?|numbers?|figures?|totals?))?) (?:should|must|ought to|have to|need to) be (?:greater|more|higher) than (\d+)$/i, '$1$2 should be > $3', 'backward'],
  [/^`?([a-z_]\w*)`? (?:should|must) (?:be|equal) `?(-?\d[\d,]*|true|false)`?,? and `?([a-z_]\w*)`?(?: (?:should|must) (?:be|equal))? `?(-?\d[\d,]*|true|false)`?$/i, 'Expected: $1 = $2, $3 = $4', 'backward'],
  [/^all (?:the )?(?:foreign key |check )?constraints (?:should|must|have to|need to) (?:now )?be (?:valid|validated)$/i, 'Expected: convalidated = true', 'backward'],
  [/^all (?:of )?(?:the |these )?(?:new )?index(?:es)? (?:should|must|have to|need to) (?:now )?be valid$/i, 'Expected: indisvalid = true', 'backward'],
  [/^(?:(?:(?:it|the column|this(?: column)?) )?(?:should|must|has to|needs to) (?:now )?(?:not be nullable|be (?:not |non-?)nullable)|(?:the|this) column (?:should|must|has to|needs to) (?:now )?be `?not null`?)$/i, 'Expected: is_nullable = NO', 'backward'],
  [/^(?:(?:it|the column|this(?: column)?) )?(?:should|must|has to|needs to) (?:now |still )?be nullable$/i, 'Expected: is_nullable = YES', 'backward'],
  [/^(?:(?:should|must) (?:show|have|be|list) |(?:it|the column) (?:should|must) have )(.{2,40}) as (?:the |its )?default(?: value)?$/i, 'The default should be $1', 'backward'],
  [new RegExp(`^(?:the )?(?:extension )?(${NAME})(?: extension)? ${MUST} ${ALSO}be installed$`, 'i'), 'Should include $1', 'backward'],
  [new RegExp(`^(?:the )?(?:extensions )?(${BARE})(?: extensions)? ${MUST} ${ALSO}(?:both |all )?be installed$`, 'i'), 'Expected extensions: $1', 'backward'],
  [new RegExp(`^(?:the )?(?:enum|type|list|values?|results?|outputs?|set) (?:should|must|ought to|has to|needs to) ${ALSO}(?:contain|include|have|list|show|be)(?: the)?(?: (?:values?|labels?))?:? (?=${BARE}$)`, 'i'), 'Expected values: ', 'backward'],
  [/^(?:the )?(?:values?|labels?|names?|results?) (?:should|must) (?:now )?be: (.+?) ?\((?:in )?(?:this|that|exactly this) order\)$/i, 'Expected: $1', 'backward'],
  [/^no (?:invalid|idle|long-running|blocked|blocking|waiting|unvalidated|unused|orphan(?:ed)?|duplicated?|broken|stale|dangling|bloated) (?:[a-z-]+ ){0,2}(?:indexes|index|rows?|records?|transactions?|sessions?|quer(?:y|ies)|locks?|constraints?|entries|foreign keys?|references|values|users|jobs?)(?: (?:(?:should|must) (?:be )?)?(?:exist|remain|appear|found|left|returned|listed|there|shown)s?)?$/i, 'There should be $&', 'backward'],
  [new RegExp(`^((?:exactly )?(?:one|1|a single)) ((?:${KIND.slice(3)}) (?:called|named) \`?([a-z][\\w-]+)\`?$`, 'i'), 'Expected: 1 row: `$3`', 'backward'],
  // Things that are there, or no more, by their names
  [new RegExp(`^(?:(?:it |this |you )?(?:should|must|will) (?:return|show|list|include|see|have) )?(${NAMES}) (?:as one of|(?:should|must) be (?:one of|among)) (?:the )?(?:rows|results|entries|values|names|tables|columns|policies|functions|extensions|output|list)$`, 'i'), 'Should include $1', 'backward'],
  [new RegExp(`^(?:it |this |you )?(?:should|must|will) (?:show|return|list|include|see|contain) (?:an? |the |your )?(${NAME}) (?:event|row|entry|record|item|user|job|policy|table|index|function|trigger|bucket|role)$`, 'i'), 'Should include $1', 'backward'],
  [new RegExp(`^one of the (?:rows|results|entries|values|names) (?:should|must) (?:be|read|show) (${NAME})$`, 'i'), 'Should include $1', 'backward'],
  [new RegExp(`^(?:the |this |that )?(?:old |new |legacy |temporary )?${KIND} (?:should|must|has to|ought to) (?:(?:no longer|not|never) (?:exist|appear|be (?:there|listed|present|found|returned))|(?:now )?be gone|have been (?:dropped|removed|deleted))$`, 'i'), 'Expected: no such row', 'backward'],
  [new RegExp(`^(${TICKED}(?:(?:,| and|, and) ${TICKED})*) (?:no longer (?:appears?|exists?|shows? up)|(?:is|are) no longer (?:listed|there|present|shown|returned)|(?:has|have|had) been (?:dropped|removed|deleted)|(?:was|were) (?:dropped|removed|deleted))$`, 'i'), 'Should not contain $1', 'backward'],
  [new RegExp(`^(?:the )?(?:old )?${KIND} (${TICKED}) (?:should|must) (?:have been|be) (?:dropped|removed|deleted)$`, 'i'), '$1 is gone', 'backward'],
  [new RegExp(`^(?:the )?(tables|columns|policies|indexes|functions|triggers|views|types|extensions|constraints|roles|enums) (?:that |which )?(?:should|must) (?:now )?(?:exist|appear|be (?:there|present|listed|shown))\\s*: *`, 'i'), 'Expected $1: ', 'backward'],
  [new RegExp(`^${LOOK} (?:that )?(?:these|the following|all (?:of )?these)(?: ${KIND}s?| polic(?:y|ies)| indexes| entries)? (?:are (?:all )?(?:present|there|listed|shown|returned|included)|(?:all )?(?:exist|appear))\\s*: *`, 'i'), 'Expected: ', 'backward'],
  [new RegExp(`^${LOOK} you (?:can |should |will )?(?:now )?(?:see|get|have) (?=${VALUE})`, 'i'), 'Expected: ', 'forward'],
  [new RegExp(`^${LOOK} (?:both |all of )?(${TICKED}(?:(?:,| and|, and) ${TICKED})+) (?:are|exist|appear)(?: (?:both |all )?(?:there|listed|present|shown|returned|included|in the (?:list|outputs?|results?)))?$`, 'i'), 'Should include $1', 'forward'],
  [new RegExp(`^${LOOK} (?:all |both |the )?(?:of the )?(\\d+|two|three|four|five|six|seven|eight|nine|ten) (?:new )?(tables|columns|policies|indexes|functions|triggers|views|types|extensions|constraints|roles|rows|records) (?:exist|appear|(?:are|were) (?:there|present|listed|shown|returned|created))(?: in [^:]{2,30})?(: .+)?$`, 'i'), 'Expected: $1 $2$3', 'forward'],
  [new RegExp(`^${LOOK} (?:the |a |your |this )?(?:new )?(${KIND}) (?:exists|is (?:there|present|listed)|(?:was|has been) created)$`, 'i'), 'The $1 should exist', 'forward'],
  [new RegExp(`^(?:the )?(${KIND}) exists$`, 'i'), 'The $1 should exist', 'backward'],
  [new RegExp(`^returns (?=${FIGURE}.{0,60}$)`, 'i'), 'Expected: ', 'backward'],
  [/^`?([a-z_]\w*)`? (?:should|must) be (\{[\w,"-]+\})(?: (?:for|in|on) (?:all|each|every)\b.{0,20})?$/i, 'Expected: `$1 = $2`', 'backward'],
  [new RegExp(`^(?:your|the user's|my) (\`\\w+\`|\\w+) ${MUST} ${ALSO}(?:be|read|show|say|equal) (${TICKED}|'[^']+'|"[^"]+"|true|false)$`, 'i'), 'Every row must have $1 = $2', 'backward'],
  [new RegExp(`^you (?:should|must|will) (?:now )?(?:see|get|have) (your|the|an?) ([a-z]+) with (?:the |a )?(\\w+)(?: =| of| set to)? (${TICKED}|'[^']+'|"[^"]+"|true|false)$`, 'i'), 'Expected: $1 $2 with $3 = $4', 'backward'],
  [new RegExp(`^(?:the|your) (?:user|row|record|account|entry|profile|job|order) ${MUST} (?:now )?(?:have|be in|show) (?:the )?(role|status|state|plan|tier|type) (?:of )?\`?([a-z]\\w+)\`?$`, 'i'), 'Every row must have $1 = `$2`', 'backward'],
  [new RegExp(`^${LOOK} (?:the |your )?(\`\\w+\`|\\w+)(?: column| field| value)? (?:is|=|equals|shows|reads|says)(?: now)? (${TICKED}|'[^']+'|"[^"]+"|true|false|-?\\d[\\d,]*)$`, 'i'), 'Expected: $1 = $2', 'forward'],
  // Rows that are written
  [new RegExp(String.raw`^(?:(?:it|this|the (?:statement|query|update|delete|insert|command)) )?(?:should|must|will|has to|ought to|is expected to) (?:only |then |now )?(?:affect|modify|touch|change) ((?:exactly |at least |at most |only )?(?:\d[\d,]*|${NUMBER_WORD}|zero|no)) (?:rows?|records?)$`, 'i'), 'Expected: $1 rows affected', 'backward'],
  [new RegExp(String.raw`^((?:exactly |at least |at most |only )?(?:\d[\d,]*|${NUMBER_WORD}|zero|no)) (?:rows?|records?) (?:should|must|will|are expected to|ought to) (?:be|have been) (?:affected|updated|deleted|removed|inserted|modified|touched|changed)$`, 'i'), 'Expected: $1 rows affected', 'backward'],
  [/^(?:(?:it|this|the (?:statement|query|update|delete|insert|command)) )?(?:should|must|will) (?:not|never) (?:affect|update|delete|remove|insert|modify|touch|change) (?:any(?:thing)?(?: (?:rows?|records?|data))?|a (?:single )?(?:row|record))$/i, 'Expected: no rows affected', 'backward'],
  // That it is there
  [/^(?:(?:it|this|that|they) )?(?:should|must|has to|needs to) (?:still |now |already )?(?:exist|be (?:there|present|found))$/i, 'The row should exist', 'backward'],
  [/^(?:(?:it|this|that|they) )?(?:(?:should|must) (?:no longer|not|never) (?:exist|be (?:there|present|found|listed|returned))|(?:should|must) (?:now )?be gone)$/i, 'Expected: no such row', 'backward'],
  [/^(?:this |it )?(?:affects|updates|deletes|inserts) (?:exactly )?(\d[\d,]*) rows?$/i, 'Expected: $1 rows affected', 'backward'],
  [/^(?:(?:it|this|the (?:statement|query|update|delete|insert|command)) )?(?:should|must|will) (?:silently )?(?:do nothing|have no effect|change nothing|be a no-?op)$/i, 'Expected: no rows affected', 'backward'],
  // What fails
  [/^(?:the )?(unique|check|foreign key|not[- ]null) constraint (?:should|must|will) (?:reject|refuse|prevent|block|stop|deny) (?:this|it|that|the \w+)$/i, 'should fail with $1 constraint violation', 'backward'],
  [/^expects? (?:an? )?(?:sqlstate )?(`?(?:2[0-9]|4[0-9]|P0)[0-9A-Z]{3}`?) (?:error|exception)$/i, 'should fail with $1', 'backward'],
  [/^expects? (?:an? )?(?:failure|rejection|refusal)$/i, 'should fail', 'backward'],
  [/^(?:(?:it|this|the (?:statement|query|update|delete|insert|command|call)) )?(?:should|must|will) (?:give|return|raise|throw|produce|show|yield) (?:an? |the )("[^"]+"|permission denied|unique violation|foreign key violation|check violation|not[- ]null violation|duplicate key) (?:error|exception)$/i, 'should fail with $1', 'backward'],
  [new RegExp(`^(?:${DOER} )?(?:should|must|will|ought to|ha(?:s|ve) to|is expected to) ${ALSO}(?:fail|be (?:rejected|refused|denied|blocked)|error out)(?:,)? (?:because of|due to|by|on|with) (?:an? |the )?(unique|check|foreign key|not[- ]null)(?: key)?(?: constraint)?(?: violation)?$`, 'i'), 'should fail with $1 constraint violation', 'backward'],
  [new RegExp(`^(?:${DOER}|this (?:one)?) (?:should|must|will|ought to|has to|is expected to|needs to) ${ALSO}${REFUSED}$`, 'i'), 'should fail', 'backward'],
  [new RegExp(`^(?:${DOER}) (?:should|must|will|ought to|has to|is expected to|needs to) ${ALSO}(?:fail|be (?:denied|rejected|blocked|refused)) (?=with |because |due )`, 'i'), 'should fail ', 'backward'],
  [new RegExp(`^(?:${DOER} )?(?:should|must|will|ought to|has to|is expected to) ${ALSO}violate (?:an? |the )?(unique|check|foreign key|not[- ]null)(?: key)?(?: constraint)?$`, 'i'), 'should fail with $1 constraint violation', 'backward'],
  [new RegExp(`^(?:${DOER} )?(?:should|must|will|ought to|has to|is expected to) ${ALSO}(?:raise|throw|cause|trigger|end in) (?:an? )?(?:error|exception)$`, 'i'), 'should fail', 'backward'],
  [/^you (?:should|will|'ll|must|ought to) (?:then |now )?(?:get|see|receive|hit) (?:an? |the )((?:permission denied|unique violation|foreign key violation|check constraint violation|not[- ]null violation|duplicate key|row[- ]level security|rls|constraint violation)(?: error)?)$/i, 'should fail with $1', 'backward'],
  // Of rows that are looked for, or changed, it hides some: only what is inserted fails.
  [/^(?:rls|row[- ]level security|the (?:rls )?policy) (?:should|must|will) (?:now |then )?(?:reject|refuse|deny|block|prevent)s? (?:this|it|that|the \w+)$/i, 'should be blocked by RLS', 'backward'],
  [/^(?:postgres(?:ql)?|the (?:database|server|constraint|trigger|check)) (?:should|must|will) (?:now |then )?(?:reject|refuse|deny|block|prevent) (?:this|it|that|the \w+)( with .+)?$/i, 'should fail$1', 'backward'],
  [/^you(?:'ll| will| should)? (?:get|see|receive|hit) (?:an?|the|this) (?:error|exception)(?: (?:like|such as|saying))?\s*: ?(?=\S)/i, 'Expected error: ', 'backward'],
  [/^(?:(?:it|this|the (?:statement|query|update|delete|insert|command|call)|this (?:insert|update|delete|statement|query|call)) )?(?:should not|must not|shouldn't|mustn't|should never|must never) (?:succeed|go through|be (?:allowed|accepted|possible)|work)$/i, 'should fail', 'backward'],
  [/^(?:(?:it|this|the (?:statement|query|update|delete|insert|command|call)|this (?:insert|update|delete|statement|query|call)) )?(?:should|must|will|has to|ought to|is expected to) (?:raise|throw|give|return|produce|fail with) (?:an? |the )?(?=(?:sqlstate |error code |code )?`?(?:2[0-9]|4[0-9]|P0)[0-9A-Z]{3}`?$)/i, 'should fail with ', 'backward'],
];

/** "2 approvals", "3 pods": figures of what no result shows. */
const OTHER_THINGS = /^Expected: (?:exactly |precisely |at least |at most |only |just )?(?:\d[\d,]*|one|two|three|four|five|six|seven|eight|nine|ten) (?!(?:rows?|records?|results?|entry|entries|lines|tuples|hits|matches|tables?|columns?|polic(?:y|ies)|index(?:es)?|functions?|triggers?|views?|constraints?|extensions?|roles?|users?|enums?|types?|values?|schemas?|buckets?|names?|jobs?|names|duplicates?|orphans?|or (?:more|higher|greater)|and above|to|back|here|returned|of|in|for|for|total|after|before|because|since|at|if|when|once|,|\()(?![a-z]))[a-z]/i;
const LONE = /^Expected: (?:exactly |at least |at most )?(?:-?\d[\d,]*|zero)$/;
/** What is no number of rows. */
const OF_A_COUNT = /^.{0,60}\b(?:counts?|numbers?|totals?|values?|sums?|figures?)\b/i;

/** "0 for the constraint to be added": what a figure makes possible. */
const FOR = /(?<=^Expected: (?:-?\d[\d,]*|zero|no rows|empty)) (?:(?:in order )?for .{3,60} to .{3,60}|before (?:you|we|the|any|adding|dropping|running|going|enabling|moving)\b[^\d=<>]{2,60})$/i;

/** "Step 4: Confirm …": the number of a check, in front of what it looks for. */
const LABELLED = /^(?:(?:step|test|check|part|query|verification|validation|case) ?\d+[a-z]?|[A-Z]{0,5}[-.]?\d+[a-z]?)\s*[:.)–—-]\s*(?=(?:verify|check|confirm|ensure|make sure)\b)/i;

/** What a sentence says in the form that the readers know, and on which side its statement stands; null where it begins in no such way. Pure. */
export const otherFront = remember((said) => (said.length > LONGEST || /^expected(?: results?| outputs?)?: /i.test(said) ? null : findFront(said)));

/** No sentence that says what to expect is longer. */
const LONGEST = 400;

const frontOf = firstOf(FRONTS);

function findFront(said: string): { text: string; side: Side } | null {
  const line = said.replace(/[.!]\s*$/, '').replace(LABELLED, '');
  if (!/^\w/.test(line) && !line.startsWith('`') && !line.startsWith("'")) return null;
  const front = frontOf(line);
  if (front !== undefined) {
    const [form, text, side] = front;
    const told = line.replace(form, text).replace(FOR, '');
    if (OTHER_THINGS.test(told)) return null;
    return { text: LONE.test(told) && OF_A_COUNT.test(line) ? told.replace('Expected: ', 'Expected: figure ') : told, side };
  }
  const gate = stopOf(line) ?? otherwiseOf(line);
  return gate === null ? null : { text: gate, side: 'backward' };
}
