import { normal, NUMBER_WORD, numberOf } from './normal.js';
import { PAIR_REMARK } from './remarks.js';
import { namingColumn } from './row-of.js';
import type { StatementShape } from './shape.js';

/** The same sentence in the words and signs that most readers know: nothing is said otherwise, and what is left out only tells why. */

const LABEL = /^(?:expect(?:s|ed|ation)?|expected (?:results?|outputs?|outcomes?|values?)|pass(?:ed)?)\s*(?::|=(?!=)|-(?=\s)|—|–)\s*(?=\S)/i;
/** "Expect 3 rows", "expect all values to be 0". */
const VERB = /^expects? (?=\S)(?!to\b)/i;
/** Numbers from two on; "one" may be a word for anything. */
const NUMBER = new RegExp(`\\b(${NUMBER_WORD.replace(/^one\|/, '')})(?= [\\p{L}\`']| ?$|[,.;)]| or )`, 'giu');

const FORMS: [RegExp, string][] = [
  [/\bmust\b/gi, 'should'],
  [/\b(no|zero|any|all|each|every|\d+\+?|one|single|these|those|more|fewer) records?\b(?! of\b)/gi, '$1 rows'],
  [/,? even (?:if|when|with|without|though) [^.;,`"'\d]+$/i, ''],
  [/\bshould not (?:error(?: out)?|fail|(?:raise|throw|cause|return) (?:an |any )?(?:errors?|exceptions?))\b/gi, 'should succeed'],
  [/(?<=`?\w`? )(?:(?:is|are|should be|should stay|stays?) )?(?:above|over|higher than|greater than|more than) (?=\d)/gi, '> '],
  [/(?<=`?\w`? )(?:(?:is|are|should be|should stay|stays?) )?(?:below|under|lower than|less than) (?=\d)/gi, '< '],
  [/^(expected: )?error, (?=\S)/i, '$1ERROR: '],
  [/^(expected: )?(?:it |this )?(?:raises|throws)(?: an?| the)?(?: [a-z]+){0,2} (?:exception|error) (`?(?:\d[\dA-Z]{4}|P\d{4})`?)(?: ?[:—–-] ?["'`].*["'`]| \(.*\))?$/i, 'should fail with $2'],
  [/(?<=\b(?:\d+|two|three|four|five|six|seven|eight|nine|ten)) tables with (rls|row[- ]level security) (enabled|disabled)(?=\W*$)/i, ' tables, $1 $2'],
  [/^\W*(?:you )?(?:should|must) only (?:show|return|list|see|include) (?:the )?(["'`])(\w+)\1 (?:role|grantee)\W*$/i, "grantee = '$2'"],
  [/^\W*(?:expected: )?(?:all )?(?:the )?(?:new )?(?:views?|tables?|functions?) should (?:exist and )?be (?:queryable|callable)\W*$/i, 'should succeed'],
  [/^\W*(?:expected: )?(?:this|it|the query) should (?:now )?(?:work|succeed) (?:after|with) (?:the|this) (?:fix|migration|change|policy)\W*$/i, 'should succeed'],
  [/^(?:you )?(?:should|must) (?:only (?:show|return|contain|list|see)|(?:show|return|contain|list|see) only):? (?=[a-z`'"])/i, 'Expected: only show: '],
  [/(?<=^\W*(?:expected: )?(?:(?:you )?should (?:see|show|return|list|be) )?)multiple (?=(?:index(?:es)?|(?!(?:times|ways|errors|values|results|names|places|cases|options|things|of)\b)[a-z_]{3,}s)(?: (?:listed|returned|shown))?\W*$)/i, 'at least 2 '],
  [/(?<=^\W*(?:expect\w*|returns?|results?|outputs?|(?:(?:you|it|this|we|the (?:query|result|output)) )?(?:should|must|shall|will)\b)[^.;,]{0,30} |^\W*)(?:multiple|several) (?=(?:rows|records|results)\W*$)/i, 'at least 2 '],
  [/(?<=^\W*(?:expect\w*|returns?|results?|outputs?|(?:(?:you|it|this|we|the (?:query|result|output)) )?(?:should|must|shall|will)\b)[^.;,]{0,30} |^\W*)some (?:rows|records|results)(?=\W*$)/i, 'at least 1 row'],
  [/^(expected: )?(?:some )?rows? (?:are )?returned(?:,? (?:and )?(?:no|without) (?:\w+ )?errors?)?$/i, '$1at least 1 row'],
  [/(?<=^\W*(?:expected: )?(?:should be )?(?:empty|no rows|0 rows|0|zero)): (?:nothing|nobody|no \w+) (?:may|can|should|must|is|are)\b[^.;=<>]*$/i, ''],
  // "`active = f` means that nobody is connected yet (expected at this point)".
  [/^`([a-z]\w* ?= ?[^`]+)` (?:means|indicates|says) [^()]+\((?:this is )?(?:as )?expected(?: (?:here|now|at this (?:point|stage|step)))?\)\W*$/i, 'Expected: `$1`'],
  [PAIR_REMARK, ''],
  // "7 rows showing each user and their role:" over the rows.
  [/(?<=^\W*(?:expected(?: results?| output)?: )?(?:exactly )?(?:\d+|two|three|four|five|six|seven|eight|nine|ten) (?:rows|records)),? (?:showing|listing|one for) (?:each|every|all) [^:;.]{3,60}(?=:\W*$)/i, ''],
  [/^(\W*(?:expected: )?)both `?([a-z]\w*_\w+)`? and `?([a-z]\w*_\w+)`? (?:columns? )?(?=should (?:match|be equal|be the same|agree)\W*$)/i, '$1$2 and $3 '],
  // "TRUE for both" of as many columns.
  [/^\W*(?:expected: )?(?:(?:it |this |you )?should (?:return|be|show|see|give) )?(true|false|t|f) for both(?: columns| of them)?\W*$/i, 'both $1'],
  [/(?<=^\W*(?:expected: )?(?:\d+|zero|should (?:be|remain|stay|return) \d+)) until (?:phase|step|the|we|you|a)\b[^.;=<>\d]*\d{0,2}\W*$/i, ''],
  // "20 or fewer boats (some may share a berth)": why there may be fewer.
  [/(?<=\b\d+ or (?:fewer|less|more)\b[^()]*) \((?:some|many|several|a few|they|these) (?:may|might|can|could) [^()\d]*\)(?=\W*$)/i, ''],
  [/\b(every|each|all) (\p{L}+)-(\p{L}+) (?=tables?|rows?)/giu, '$1 $2$3 '],
  [/\beach of the (?=(?:\p{L}+ ){0,2}(?:tables|rows|columns|policies|functions)\b)/giu, 'all '],
  // "Exactly 1: their own row": which one it is.
  [/(?<=^\W*(?:expected: )?(?:should be )?(?:exactly )?\d+): (?=[\p{L} '-]+$)/iu, ' – '],
  [/\balso (?=present|there|listed|shown|returned)/gi, ''],
  [/^(expected: )?no `?(\w+)`? should be (?:null or (?:an )?empty(?: string)?|empty or null)$/i, "$1`$2` IS NOT NULL, `$2` != ''"],
  [/(?<=`[^`]+`(?: \([^()]*\))?) \+ (?=`)|(?<=\b[a-z]+(?:_[a-z\d]+)+) \+ (?=[a-z]+(?:_[a-z\d]+)+(?:\W|$))/g, ', '],
  [/\bshould be (?:very |really |super |quite )?(?:fast|quick) \(((?:<=?|≤|under|below|less than) ?\d[\d.]* ?(?:ms|milliseconds?|s|sec(?:ond)?s?))\)(?: (?:thanks to|because of|with|using|due to) (?:the |an? |its )?[\w ]+)?\W*$/i, 'should take $1'],
  [/^\W*(?:result|count|value|total|number)\W*[:：]\W*_+(?: [\p{L} ]{1,30}?)? ?\(((?:should|expected?)\b[^()]*)\)\W*$/iu, '$1'],
  [/(?<=should (?:see|show|return) ["'`]success\b[^"'`]*["'`]) or similar(?=\W*$)/i, ''],
  [/^look for (["'`][^"'`]+["'`]) in (?:the )?(?:query )?(?:output|plan|results?)(?: \([^()]*\))?\W*$/i, 'should show $1'],
  [/(?<=^\W*(?:expected: )?(?:should (?:show|return|list|have) )?)all (\d+\+ [\p{L}_]+)(?: (?:should )?(?:exist|are there|listed|present))?(?=\W*$)/iu, '$1'],
  [/^\W*expected (?:new |key )?(tables|columns|policies|indexes|indices|functions|triggers|constraints|views|extensions|rows) (?:should )?includ(?:e|es|ing)(?= *[:：]?\W*$)/i, 'Should include $1'],
  [/^\W*(?:expected: )?(?:(?:this|it|the|that)(?: (?:query|statement|select|call|insert|update))? )?should (?:now )?(?:work|succeed|complete|execute|run) without (?:any )?errors?(?: \((?![^()]*\b(?:or|if|unless)\b)[^()]*\))?\W*$/i, 'should succeed'],
];

/** A figure in back-ticks is a figure. */
const TICKED = /(?<![\w`.-])`(-?\d{1,3}(?:,\d{3})+|-?\d+)(\+?)`(?![\w`])/g;
/** Words that only a title writes large within a sentence. */
const IN_TITLE = /[^.!?:*_)"'`]\s(?:With|For|Each|Of|Are|Is|And|The|Both|All|In|On|Should|Be|From|No|Not|Per|Every|That|Has|Have)\b/;
const SMALL = /\s(?:with|for|each|of|are|is|and|the|both|all|in|on|should|be|from|no|not|per|every|that|has|have)\s/;

/** "3 Rows For Each Table": a sentence in the letters of a title says what it says in small ones; names in quotes stay as they are. */
export function plainLetters(text: string): string {
  const said = text.replace(TICKED, '$1$2').replace(/\b(e\.g|i\.e)\.,(?= )/g, '$1.');
  if (!/\d|\b(?:Rows?|Tables?|Columns?|Polic(?:y|ies)|Index(?:es)?|Functions?|Triggers?|Records?)\b/.test(said) || !IN_TITLE.test(said) || SMALL.test(said)) return said;
  return said.replace(/(`[^`]*`|"[^"]*"|'[^']*')|(?<=\s)[A-Z][a-z]+\b/g, (word, quoted: string | undefined) => (quoted === undefined ? word.toLowerCase() : word));
}

/** Names with an underscore that stand bare, outside of quotes and calls. */
const BARE = /(`[^`]*`|"[^"]*"|'[^']*')|(?<![\w.=/%*-])([a-z]+(?:_[a-z\d]+)+)(?![\w(.=/%*-]| ?(?:=|!=|<|>|:))/g;

/** "status = 'active', tier = 'pro'", of `subscription_status` and `subscription_tier`: by the names that the query selects, where each ends one of them alone. */
function ownNames(said: string, shape: StatementShape): string {
  const known = shape.columns.filter((column): column is string => column !== null && column !== '*');
  return said.replace(/(?<=^\W*(?:expected: )?|, |\band |\bwith )`?([a-z]\w*)`?(?= (?:=|[<>]=?|is|should be) )/gi, (whole, name: string) => {
    const ending = known.filter((column) => column.toLowerCase().endsWith(`_${name.toLowerCase()}`));
    return /^(?:type|name|default|id|key)$/i.test(name) || known.some((column) => column.toLowerCase() === name.toLowerCase()) || ending.length !== 1 ? whole : (ending[0] ?? whole);
  });
}

/** The forms of a sentence, each once; nothing for one that is in them already. */
export function canonical(text: string, shape: StatementShape | null): string[] {
  const plain = normal(text).replace(/[.]\s*$/, '');
  const labelled = plain.replace(LABEL, 'Expected: ').replace(VERB, 'Expected: ');
  const words = FORMS.reduce((line, [form, same]) => line.replace(form, same), labelled);
  const counted = words.replace(NUMBER, (word) => String(numberOf(word)));
  // Where rows have names, what looks like one is one.
  const ticked = shape === null || namingColumn(shape) === null ? counted : counted.replace(BARE, (whole, quoted: string | undefined, name = '') => (quoted === undefined ? `\`${name}\`` : whole));
  const forms = [labelled, words, counted, ticked, shape === null ? ticked : ownNames(counted, shape)];
  return [...new Set(forms)].filter((form) => form !== plain);
}
