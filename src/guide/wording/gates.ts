import { NUMBER_WORD } from './normal.js';

/** Gates: what a result must be for the way to go on, said by what stops it or lets it pass. */

const RESULT = '(?:(?:the |this |that |your )?(?:(?:above|previous|last|verification|check|sql) )?(?:query|statement|result(?: set)?|output|select|count|row count|number|total|value|answer)(?: above| here| returned)?|it|this|that|you|they)';
const IS = "(?:is|are|was|equals?|returns?|returned|shows?|gives?|finds?|reports?|prints?|reads?|says?|comes? back(?: as| with)?|get|see|=)";
const NOT = "(?:is not|not|isn't|is anything (?:other than|but|except)|is other than|differs from|does not (?:equal|return|show|match|read|say|give)|doesn't (?:equal|return|show|match|read|say|give)|returns? anything (?:other than|but|except)|shows? anything (?:other than|but|except)|is different (?:from|than)|!=|<>|≠)";
const ANY_ROWS = '(?:any (?:rows?|results?|records?|entries|output|data|matches|hits)|(?:one|1) or more (?:rows?|results?|records?)|some (?:rows?|results?|records?)|at least (?:one|1) (?:row|result|record)|anything(?: at all)?|rows|results|records|a (?:row|result|record)|more than (?:zero|0) (?:rows?|results?|records?))';
const NO_ROWS = '(?:no (?:rows?|results?|records?|entries|output|data|matches)|(?:zero|0) (?:rows?|results?|records?)|nothing|an empty (?:result(?: set)?|set|list)|empty)';
/** What makes the way end: it must not come to it. */
const STOPS = /^(?:then |please |you (?:must|should|need to|have to) )?(?:immediately |first )?(?:(?:stop|halt|abort)(?: (?:here|now|immediately|the (?:migration|deployment|rollout|procedure|process|upgrade)|and [\w ]{3,40}))?[.!]?$|stop[,;] |(?:do not|don't|never) (?:proceed|continue|go (?:on|ahead|further)|deploy|move on|drop)\b|not safe|roll ?back|revert|contact|escalate|cancel the (?:migration|deployment|rollout)|re-?run (?:the |this )?(?:migration|backfill|script|import|step(?: \d+)?)[.!]?$|run (?:the|this) (?:migration|backfill|import|script|seed) again[.!]?$|(?:the )?(?:[\w-]+ ){0,2}(?:migration|backfill|update|cleanup|deployment|script|import|copy|sync|fix|check|seed|data|policies|table|policy|constraint)s? (?:has |have )?(?:failed|did not (?:run|complete|finish|succeed|work|apply|land)|didn't (?:run|complete|finish|succeed|work|apply|land)|(?:was|were|is) not (?:created|applied|complete|successful)|(?:is|was) (?:broken|incomplete|wrong|invalid|inconsistent|corrupt))|(?:something|things) (?:is|went|has gone) wrong|there(?:'s| is| are| was| were) (?:still )?(?:\w+ (?:without|left|missing)|(?:an? |some )?(?:problem|issue|bug|mismatch|violation|orphan|duplicate|inconsisten|data loss)\w*)|(?:it|this|that)(?:'s| is| means) (?:an? )?(?:[\w-]+ )?(?:bug|problem|failure|incident)\b|(?:migration|deployment|backfill|verification|check|test) (?:failed|fails|incomplete|is incomplete))/i;
/** What is mended before the way goes on. */
const MENDS = /^(?:then |please )?(?:fix|resolve|repair|correct|clean|investigate|merge|remove|delete|update)\b(?!.*\b(?:below|above|later|next release|in step|with the|script|statement|following)\b).*\b(?:first[.!]?$|before (?:you\b|continu|proceed|going (?:on|further)|moving on|the migration\b|applying))/i;
/** What tells that it was nothing: there is no more to do, or another case follows. */
const LETS = /\b(?:nothing to|no \w+ (?:is |are )?needed|not (?:necessarily|yet)|already|skip|yet\b|another|instead)\b|[;,.] (?:else\b|otherwise\b|if\b|when\b)/i;
/** What lets the way go on. */
const PASSES = /^(?:then )?(?:proceed|continue|go on|move on|go ahead|you(?:'re| are) (?:good|done|ready|safe|fine|ok|all set|set)|you can (?:safely )?(?:proceed|continue|go on|move on|drop)|(?:it|everything|all) (?:worked|succeeded|went (?:well|fine|through)|looks (?:good|fine|right)|is (?:good|fine|ok|okay|correct|clean|well|in place|set))\b|(?:it(?:'s| is) )?(?:safe|ok|okay|good|fine) to (?:proceed|continue|go|drop|deploy|move)|(?:the )?(?:[\w-]+ )?(?:migration|backfill|deployment|update|cleanup|setup|data|check|fix|import|copy|sync)(?: \w+)? (?:succeeded|worked|passed|passes|was successful|is (?:complete|done|successful|correct|good|fine|working|in place|ok|clean|consistent)|completed|went (?:well|through))|all (?:is )?(?:good|well|clear|set))\b/i;

const value = String.raw`(-?\d[\d,]*|zero|one|true|false|null|t|f|\`[^\`]+\`|'[^']+'|"[^"]+")(?: (?:rows?|results?|records?))?`;

interface Condition { form: RegExp; wrong: string; right: string }

/** Conditions of a result: what must be where the way stops on it, and where it goes on with it. */
const CONDITIONS: Condition[] = [
  { form: new RegExp(`^(?:${RESULT} )?${NOT} (?:exactly )?(${value})$`, 'i'), wrong: 'Expected: $1', right: '' },
  { form: new RegExp(`^(?:${RESULT} ${IS} |there (?:is|are) (?:still )?)${ANY_ROWS}(?: (?:here|returned|left))?$|^${ANY_ROWS}(?: (?:is|are|was|were|come|comes|get) ?(?:returned|found|shown|listed|back|left|displayed|reported|here)?)?(?: (?:here|returned))?$|^${ANY_ROWS} (?:appear|show up|exist|remain|come back|return)s?(?: here)?$`, 'i'), wrong: 'Expected: no rows', right: 'Expected: at least one row' },
  { form: new RegExp(`^(?:${RESULT} ${IS} |there (?:is|are) )${NO_ROWS}(?: (?:here|returned))?$|^${NO_ROWS}(?: (?:is|are|was|were) (?:returned|found|shown|listed))?$|^${NO_ROWS} (?:come|appear|show up)s?(?: back)?$`, 'i'), wrong: 'Expected: at least one row', right: 'Expected: no rows' },
  { form: new RegExp(`^(?:${RESULT} )?(?:${IS} )?(?:an? )?(?:non-?zero|not zero|not 0|(?:greater|more|higher|larger|bigger) than (?:zero|0)|above (?:zero|0)|> ?0|positive)(?: (?:rows?|number|count|value))?$`, 'i'), wrong: 'Expected: 0', right: 'Expected: greater than 0' },
  { form: new RegExp(`^you (?:do not|don't|cannot|can't) (?:see|get|have|find) ((?:exactly |all )?(?:\\d+|${NUMBER_WORD}) [a-z]+(?: [a-z]+)?)$`, 'i'), wrong: 'Expected: $1', right: '' },
  { form: new RegExp(`^you (?:see|get|have|find) ((?:exactly |all )?(?:\\d+|${NUMBER_WORD}) [a-z]+(?: [a-z]+)?)$`, 'i'), wrong: '', right: 'Expected: $1' },
  { form: new RegExp(`^(?:${RESULT} )?(?:${IS} )?(?:less|fewer|lower|smaller) than (\\d[\\d,]*)(?: (?:rows?|records?|results?)(?: (?:are |is )?(?:returned|shown|listed|found))?)?$|^(?:${RESULT} )?(?:${IS} )?(?:below|under|< ?)(?<low>\\d[\\d,]*)$`, 'i'), wrong: 'Expected: at least $1', right: 'Expected: less than $1' },
  { form: new RegExp(`^(?:${RESULT} )?(?:${IS} )?(?:(?:greater|more|higher|larger) than |above |over |> ?)([1-9]\\d*)(?: (?:rows?|records?))?$`, 'i'), wrong: 'Expected: at most $1', right: 'Expected: more than $1' },
  { form: new RegExp(`^(?:${RESULT} ${IS} )?(?:zero|0)$`, 'i'), wrong: 'Expected: greater than 0', right: 'Expected: 0' },
  { form: new RegExp(`^${RESULT} ${IS} (?:\`?(?:true|t)\`?)$`, 'i'), wrong: 'Expected: false', right: 'Expected: true' },
  { form: new RegExp(`^${RESULT} ${IS} (?:\`?(?:false|f)\`?)$`, 'i'), wrong: 'Expected: true', right: 'Expected: false' },
  { form: new RegExp(`^${RESULT} ${IS} \`?null\`?$`, 'i'), wrong: 'Expected: not null', right: '' },
  { form: new RegExp(`^(?:${RESULT} ${IS} )?(?:exactly )?(${value})$`, 'i'), wrong: '', right: 'Expected: $1' },
];

function conditionOf(said: string, stops: boolean): string | null {
  const line = said.trim().replace(/[,.;:!]+$/, '').replace(/\b(it|this|that)'s\b/i, '$1 is').replace(/^(?:exactly |equal to |= ?)(?=-?\d)/i, '');
  for (const { form, wrong, right } of CONDITIONS) {
    const found = form.exec(line);
    if (found === null) continue;
    const text = stops ? wrong : right;
    const told = text.replace('$1', found[1] ?? found.groups?.['low'] ?? '');
    // "It is not 0" tells of a figure; of rows only where rows are named.
    const figure = /^Expected: (?:(?:at least|at most|less than|more than|greater than) )?-?(?:\d[\d,]*|zero|one)$/.test(told) && !/\b(?:rows?|results?|records?)\b/i.test(line);
    return text === '' ? null : figure ? told.replace('Expected: ', 'Expected: figure ') : told;
  }
  return null;
}

/** "If either query returns rows": of every one of several. */
const EITHER = /^(?:either|any|one|any one)(?: of (?:the|these|those|them)(?: (?:queries|statements|checks))?)?(?: (?:query|statement|check|one))? (?:returns?|gives?|shows?|finds?|lists?|comes? back with) (?:any(?:thing)?(?: (?:rows?|results?))?|rows?|results?|a row)$/i;

/** "Stop if this is greater than zero", "do not proceed unless it returns 0". */
export function stopOf(line: string): string | null {
  const [, unless] = /^(?:do not|don't|never) (?:proceed|continue|go on|go ahead|move on|drop|deploy|run|start|begin|apply)\b[^,.;]{0,60}? (?:unless|until) (.+)$/i.exec(line) ?? [];
  if (unless !== undefined) return conditionOf(unless, false);
  const [, only] = /^(?:proceed|continue|go on|go ahead|move on) only (?:if|when|once) (.+)$/i.exec(line) ?? [];
  if (only !== undefined) return conditionOf(only, false);
  const [, condition] = /^(?:(?:stop|halt|abort|roll ?back|escalate)(?: (?:here|now|immediately|and \w+))? if|(?:do not|don't|never) (?:proceed|continue|go on|go ahead|move on)(?: (?:if|when))) (.+)$/i.exec(line) ?? [];
  if (condition !== undefined) return conditionOf(condition, true);
  const [, judged = '', when = ''] = /^(fail(?:s|ed|ure)?|error|problem|bad|not ok|wrong|incomplete|broken|ok(?:ay)?|pass(?:es|ed)?|good|success(?:ful)?|fine|correct|done|complete) (?:if|when|only if) (.+)$/i.exec(line) ?? [];
  return judged === '' ? null : conditionOf(when, /^(?:fail|err|prob|bad|not|wrong|inc|brok)/i.test(judged));
}

/** "When this returns 0 the migration is complete", "you are good if it returns 0". */
function withoutComma(line: string): string | null {
  const [, condition = '', follows = ''] = /^(?:if|when|once|as soon as) (.{3,60}?) (?=(?:the|you|you're|it|it's|everything|all)\b)(.{3,120})$/i.exec(line) ?? [];
  if (condition !== '') return PASSES.test(follows) ? conditionOf(condition, false) : null;
  const [, passes = '', when = ''] = /^(.{3,80}?) (?:only )?(?:if|when|once|as soon as) (.{1,60})$/i.exec(line) ?? [];
  return passes !== '' && PASSES.test(passes) && !/\b(?:not|n't|never|no)\b/i.test(passes) ? conditionOf(when, false) : null;
}

/** "If any rows are returned, stop", "If it shows `t`, you're good to go": what the result must be, said by its other case. */
export function otherwiseOf(line: string): string | null {
  const [, condition = '', consequence = ''] = /^(?:if|when) (.{3,80}?)(?:, then|,| then|:| -| —| –) ?(?=\S)(.{3,200})$/i.exec(line) ?? [];
  if (condition === '') return withoutComma(line);
  if (LETS.test(consequence)) return null;
  if ((STOPS.test(consequence) && !/\byou(?:'re| are) done\b/i.test(consequence)) || MENDS.test(consequence)) return EITHER.test(condition) ? 'All queries should return no rows' : conditionOf(condition, true);
  return PASSES.test(consequence) ? conditionOf(condition, false) : null;
}
