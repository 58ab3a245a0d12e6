import { rewriting } from '../sieve.js';
import { hasColumn, type StatementShape } from './shape.js';

const RULES: [RegExp, string][] = [
  // What is said of when it holds, and holds at the time the guide is walked.
  [/,? (?:under|in|during) normal (?:operations?|conditions?|circumstances)$/i, ''],
  [/,? (?:if|when) (?:(?:rls|row[- ]level security|everything|it(?:'s| is)?|the (?:migration|fix|policy|policies|script|trigger|function|backfill)|all) (?:\w+ ){0,2}?)?(?:works?|worked|working|correct(?:ly)?|success(?:ful(?:ly)?)?|succeed(?:ed|s)?|enabled|active|applied|ok|fine)(?: (?:correctly|properly|successfully|as expected))?$/i, ''],
  [/^(?:the |this )?(?:query|select|statement|it) (?:returns|gives|shows) (?=(?:exactly |at least |at most |only )?(?:\d|no |zero |empty\b|one |two |three ))/i, ''],
  [/^(true|false) (?:when|for|if) (?:passing|called with|given|you pass)\b [^,;]{2,60}$/i, '$1'],
  [/^(?:see )?yourself (?=with\b)/i, 'your user '],
  [/^both (true|false)$/i, 'both `$1`'],
  // One number in many words.
  [/^both (?=(?:[\p{L}_-]+ ){0,3}\p{L}+s\b)(?!.*\b(?:should|must|have|has|are|is|show|return)\b)(?!(?:succeed|fail|work|pass|run|complete|match|agree|appear)\b)/iu, '2 '],
  [/^both ([a-z]+) (?:(?:should |must )?(?:exist|be (?:present|listed|there))|are (?:present|listed|there))$/i, '2 $1'],
  [/^(?:only|just) (?=(?:one|two|three|four|five|\d+) )/i, ''],
  [/^(?:an? )?single (?=(?:row|record|entry|result)\b)/i, '1 '],
  [/^(?:an? |the )?(?:count|total|number)(?: of)? (?=\d+$)/i, ''],
  [/^(?:an? |the )?(?:number|count|value) (?=(?:greater|more|higher|larger|less|fewer) than )/i, ''],
  [/\b(?:should be |must be |is |are )?(?:greater|higher|larger|more) than (?:zero|0)$/i, '> 0'],
  [/\b(?:should be|must be|is|are) (?:greater|higher|larger|more) than (?=\d)/i, '> '],
  [/\b(?:should be|must be|is|are) (?:less|fewer|lower|smaller) than (?=\d)/i, '< '],
  [/\b(?:should be|must be|is|are) at least (?=\d)/i, '>= '],
  [/\b(?:should be|must be|is|are) at most (?=\d)/i, '<= '],
  [/^at least (\d+) ?[-–] ?\d+(?= [\p{L}]+$|$)/iu, 'at least $1'],
  // "Zero rows and no error".
  [/(?<=^(?:exactly )?(?:\d+|zero|no|one) rows?)(?:,| and) no errors?$/i, ''],
  [/^precisely (?=\d|zero|one)/i, 'exactly '],
  [/(?<=^(?:exactly |at least )?\d+\+? (?:polic(?:y|ies)|index(?:es)?|triggers|constraints|functions|rows|records|columns)) across (?:all )?(?:the )?(?:\d+ )?(?:tables|schemas)$/i, ''],
  [/\b(?:should|must) (?:be|stay|remain) (?:under|below) (?=\d)/i, '< '],
  [/\b(?:should|must) (?:be|stay|remain) (?:over|above) (?=\d)/i, '> '],
  [/^(`?\w+`?) (?:should|must) be (?:greater than or equal to|at least|no less than) (?=`?[a-z_]\w*`?$)/i, '$1 >= '],
  [/^(`?\w+`?) (?:should|must) be (?:less than or equal to|at most|no more than) (?=`?[a-z_]\w*`?$)/i, '$1 <= '],
  [/(?<=^(?:the )?`?\w+`?(?: column)? (?:should|must) be )zero$/i, '0'],
  // "All three active = true": every row, however many there are.
  [/^(?:all|both|each|every)(?: (?:of them|two|three|four|five|six|seven|eight|nine|ten|\d+))?(?: (?:rows?|tables?|records?))?:? (?=`?\w+`?\s*(?:=|: (?:true|false|t|f)\b))/i, ''],
  [/^(?:all|both|each|every)(?: (?:of them|rows?|tables?|records?|functions?|policies))? (?:show|have|has|display|return)s? (?=`?\w+`?\s*=)/i, ''],
  [/(?<=[=:]\s*\S+) (?:(?:for|on|in) (?:all|every|each|both)|en (?:tod[oa]s|ambas)|em (?:tod[oa]s|ambas)|(?:per|in) tutt[ei]|für alle|pour tou(?:te)?s)$/i, ''],
  // "4 rows for boats, 2 rows for piers".
  [/^(\d+) (?:rows?|records?|policies) for `?([\w.]+)`?,(?: and)? (\d+) (?:rows?|records?|policies) for `?([\w.]+)`?$/i, '$2: $1, $4: $3'],
  [/^at least (?=[`'"](?!(?:UPDATE|DELETE|INSERT|MERGE) \d)[a-z_]|[a-z]+(?:_[a-z\d]+)+(?:,| and |$))/i, ''],
  [/,? before (?:you |we )?(?:can )?(?:proceed|continu|mov|start|going|go|begin)\w*\b[^;:=]*$/i, ''],
  [/(?<=[`'"]) (?:in|on) the (?:list|output|results?)$/i, ''],
  [/(?<=^[a-z]+(?:_[a-z\d]+)+) (?:in|on) the (?:list|output|results?)$/, ''],
  [/^empty (?:array|table|result)$/i, 'empty'],
  [/^(?:the )?query (?:returns?|runs?|completes?|executes?) with(?:out| no) (?:any )?errors?$/i, 'no errors'],
  [/(?<=\buuid),? (?:and )?(?:not|never) null$/i, ''],
  [/^(?:an? )?(?:integer|number|figure) (?=(?:>=?|<=?|≥|≤) ?\d)/i, ''],
  [/\b(?:should|must) be (?=(?:>=?|<=?|≥|≤) ?-?\d)/i, ''],
  [/^(?:your|the|an?) (?:own |new |test |admin )?(?:user|row|account|record|profile|entry), (?=`?\w+`? ?[=:])/i, ''],
  [/(?<=^between [\d,]+ and [\d,]+ (?:rows?|records?|results?)),? depending on [^,;]+$/i, ''],
  // "4 policies should be listed": as many as there are.
  [/(?<=^(?:exactly |at least )?(?:\d+\+?|one|two|three|four|five|six|seven|eight|nine|ten) [\p{L}_ -]{3,40}) (?:should|must) (?:all )?(?:be (?:listed|returned|shown|displayed|present|there)|exist|appear)$/iu, ''],
  // "False: the crew has no business here": why it is so.
  [/(?<=^(?:true|false|null|zero|0|empty|(?:no|zero|0) rows)): (?!.*\b(?:or|if|unless|may|might|could|except|but|for|then|before|after|not)\b)[\p{L} ,'-]+$/iu, ''],
  // "Every row's state column": of that column.
  [/^(?:every|each) row's (?=`?\w+`? (?:column |value |field )?(?:should|must|is|=))/i, ''],
  [/^(`?[a-z]\w*`?) (?:column|value|field) (?=(?:should|must) (?:be|equal|read|show) )/i, '$1 '],
  [/^affect (?=\d+ rows?$)/i, ''],
  [/^(?:all|every|each)(?: (?:rows?|values?|entr(?:y|ies)|cells?|figures?))? (?:in|of) (?:the )?(`?[a-z]\w*`?) (?:column|field) (?=(?:should|must) (?:be|equal|read|show) )/i, '$1 '],
  [/(?<=^(?:exactly )?\d+(?: rows?)?) at (?:all times|any time|this (?:point|stage))$/i, ''],
  [/(?<=^(?:exactly )?(?:\d+|one) rows?) only$/i, ''],
  [/(?<=^(?:exactly )?(?:\d+|one|a single)(?: rows?)?),? (?:never|not|and no) (?:more|less|fewer|[<>] ?\d+|\d+\+?)$/i, ''],
  [/,? once (?:this|the) (?:migration|script|file|step) (?:has (?:been )?(?:run|applied|ran)|is applied|ran)$/i, ''],
  [/^(?:at (?:a )?minimum|minimum),? (?=[`'"][a-z_])/i, ''],
  [/(?<=^(?:zero|no|0) rows?) (?:on|in|for) an? (?:clean|fresh|healthy|correct|complete|fully[- ]\w+)\b[^.;]*$/i, ''],
  [/(?<=^(?:exactly )?(?:\d+|one) rows?) (?:con|com|dengan|avec|mit|met) (?=[`'"\p{L}])/iu, ' with '],
  [/(?<=^(?:exactly )?\d+ (?:[\p{L}_-]+ )?[\p{L}_-]+) (?:in )?total$/iu, ''],
  [/(?<=^(?:[`\w]+ (?:=|is|should be) )?`?(?:\d+|zero|none|empty)`?(?: rows?)?) (?:in (?:the )?(?:steady|normal|healthy) state|on any database(?: today)?|at rest)$/i, ''],
  [/(?<=^`?(?:\d+|zero|none|empty)`?(?: rows?)?(?: on any database(?: today)?)?),? because [^=<>]+$/i, ''],
  // Why it is so, or that it is so for each of them.
  [/(?<=^(?:exactly |at least |at most )?`?(?:\d[\d,]*|zero|no|none|nothing|empty)`?(?: (?:rows?|results?|records?))?),? (?:since|because|meaning(?: that)?|which means(?: that)?|i\.e\.,?|that is,|so(?: that)?) (?!far\b|before\b|of today\b)(?!.*\b(?:at least|at most|or|if|unless|may|might|could|except)\b)[^=<>"'`]{3,90}$/i, ''],
  [/(?<=^(?:exactly |at least )?(?:\d+|two|three|four|five|six|seven|eight|nine|ten)(?: (?:rows?|results?|records?|[a-z]+s))?)(?:,| [–—-]| \() ?one (?:per|for each|for every|each for|each per) [^=<>,;]{2,40}?\)?$/i, ''],
  [/(?<=^(?:zero|0|none|nothing|empty|no rows?|0 rows?)) [–—-] (?:nothing|no|none|all|every)\b[^=<>]*$/i, ''],
  [/(?<=^(?:exactly )?(?:\d+|zero|no|none)(?: rows?)?) in (?:every|all|each|any) (?:environments?|databases?|cases?)$/i, ''],
  [/^(?:not|never) (?:0|zero)$|^anything (?:but|other than|except) (?:0|zero)$/i, 'non-zero'],
  [/^any (?:number|value|count) (?:above|over|greater than|more than|higher than) (?:0|zero)$/i, 'greater than 0'],
  [/^(?:an? |the )?(?:list|table|results?(?: set)?|set|output) (?:of|with|containing|showing|that (?:has|shows)) (?:all |the |exactly )*(?=(?:\d|one|two|three|four|five|six|seven|eight|nine|ten)\b)/i, ''],
  [/^\(((?:no|zero|\d+) rows?|empty|none|nothing)\)$/i, '$1'],
  [/^(?:0|zero|no) or (?:1|one) rows?$/i, 'at most 1 row'],
  [/^nothing (?:is |was )?(?:returned|shown|listed|displayed|printed)$/i, 'nothing'],
  [/^`\[\]`$/, '[]'],
  [/^no (?:matching|more|further|remaining|other) (rows?|results?|records?|entries)$/i, 'no $1'],
  // In other languages, and what is done next.
  [/^(`[a-z]\w*`) (?:defaults|is set|was set|set) to (?=[`'"\d]|true|false|null)/i, '$1 = '],
  [/(?<=^(?:exactly )?\d[\d,]*(?: \p{L}+)?),? (?:was|were|up from|down from|previously) \d[\d,]*(?: (?:before|previously|earlier))?$/iu, ''],
  [/^(?:the )?column type (?:is|should be|must be) (?=`)(.*?`)(?: \([^()]*(?:\(\d+\))?\))?$/i, '`data_type` = $1'],
  [/^returns? (?:the|your) (?:[\p{L}-]+ ){0,2}(?:record|row|entry)$/iu, 'at least 1 row'],
  [/(?<=^(?:[Aa]t least |[Ee]xactly )?(?:\d+|one|two) (?:SELECT|INSERT|UPDATE|DELETE|ALL) polic(?:y|ies)) for [\p{L} ]{3,40}$/u, ''],
  [/^(`?[a-z]\w*`?) (?:should|must) (?:change|revert|switch|go|be (?:changed|reset|updated|set))(?: back)? to (?=['"`\d]|true|false|null)/i, '$1 should be '],
  [/^(`?[a-z]\w*`?) (?:should|must) (?:be|have|hold) [^()=<>'"`]{3,60} \((?:not|non-?) ?null\)$/i, '$1 is not null'],
  [/^(?:an? )?count of (\d[\d,]*)(?: (?:as|for|because|since) .*)?$/i, '$1'],
  [/^(should )?(work|succeed) with (?:rls|row[- ]level security)(?: enabled| on)?$/i, '$1$2'],
  [/^only ((?:['"`][\w .-]+['"`](?:, | and |, and )?)+) values?$/i, 'only $1'],
  [/(?<=^(?:none|nothing|empty|(?:no|zero|0) rows?)) if (?:the )?[\w ]{3,40} (?:is|are|was|were) (?:right|correct|ok|complete|good|fine|valid)$/i, ''],
  [/(?<=^(?:be )?(?:empty|(?:zero|no|\d+) rows?|nothing|none)) after (?:this|the) (?:fix|migration|script|change|update|backfill|clean-?up|deploy\w*)$/i, ''],
  [/(?<=[`'"]) and its (?:definition|details|type|value|settings|columns)$/i, ''],
  [/^entr(?:y|ies) for (?=[`'"])/i, ''],
  [/(?<=[`'"]),? (?:and|plus) any (?:other|further|additional) [\p{L} ]{2,40}$/iu, ''],
  [/(?<=[=:]\s*[^\s`]+`?) (?:en|em|dans|in) (?:amb[oa]s|tod[oa]s(?: l[oa]s| [oa]s)?|toutes les|tous les|entrambe le|tutte le) (?:tablas|tabelas|tables|tabelle|filas|linhas|columnas|colunas|lignes|righe)$/iu, ''],
  [/,? (?:uma?|una?|une?|eine?) (?:para|por|par|pour|pro|für) (?:cada|chaque|jede\p{L}*|[\p{L}_]+) ?[\p{L}_]*$/iu, ''],
  [/(?<=^(?:should |must )?(?:return |show |be )?["'`][^"'`]+["'`]|^(?:exactly )?\d+ rows?) if (?:the )?[\w ]{3,30} (?:was|were|is|has been) (?:successful(?:ly \w+)?|applied|done)$/i, ''],
  [/^`(\d+)` (?=(?:or (?:more|higher|greater)|ou mais|ou plus|o más|oder mehr)$)/i, '$1 '],
  [/,? (?:and |then )?(?:proceed|continue|go on|move on) (?:to|with) (?:the )?(?:next )?(?:step|phase|section|part)(?: [\w.]+)?$/i, ''],
  // "Should work: a second berth": what it is that is tried.
  [/^(?:(?:should|must) )?(?:work|succeed)\s*:\s*(?!.*\b(?:rows?|returns?|errors?|fails?|null|true|false|zero|empty|but|then|no|not)\b)[\p{L}\d ,'"`._-]+$/iu, 'should succeed'],
  [/^(`?\w+_\w+`?) ((?:should|must) be )?([<>]=?|≥|≤) ?(\d+(?:\.\d+)?) ?%$/i, '$1 $3 $4'],
  [/^(`?\w+`?) (?:is|are|(?:should|must) be) (?:an? )?(?:non-null|not null|non-empty) (?:numeric |text )?(?:strings?|values?|integers?|numbers?|uuids?|timestamps?)$/i, '$1 is not null'],
  // "286.88 (12.75% of 2250)": how it comes about.
  [/(?<=\d`?) \([\d.,]+ ?%? (?:of|[+*×x/-]) [\d.,]+ ?%?(?: ?[+*×x/-] [\d.,]+)*\)$/i, ''],
  // What the way itself set up.
  [/(?<=^(?:exactly |at least )?(?:\d+|one|a single) (?:rows?|results?|records?)) (?:if|when|once) (?:the |your )?(?:[`\w]+ )?(?:extension|trigger|polic(?:y|ies)|index|function|table|column|rls|row[- ]level security|cron|job|constraint|publication|realtime|view|bucket) (?:(?:is|are|was|were|has been|have been) (?:enabled|installed|active|set up|configured|in place|registered|scheduled|deployed|created|there)|exists?)(?: (?:correctly|properly|successfully))?$/i, ''],
  [/(?<=^(?:exactly |at least )?(?:\d+|one|a single) (?:rows?|results?|records?)),? (?:if|when|once) (?:the |this |your )?(?:migration|script|fix|update|backfill|setup|deployment|seed(?:ing)?)s? (?:has |have )?(?:ran|run|was (?:run|applied)|is applied|been applied|succeeded|worked|completed)(?: (?:successfully|correctly))?$/i, ''],
  [/(?<=^(?:zero|no|0) rows?) once `?[\w.]+`? (?:has|have|is|are) [^.;]*$/i, ''],
  [/(?<=\b(?:should|must) (?:all )?be (?:created|inserted|added|seeded|populated|generated)) automatically$/i, ''],
  [/^all (?:of )?(?:the )?((?:\d+|two|three|four|five|six|seven|eight|nine|ten) )?tables (?:should |must )?(?:have|show|with) (rls|row[- ]level security) (enabled|disabled)$/i, '$2 $3 on all $1tables'],
  [/^(?:critical|important|note|warning): (?=(?:all|each|every|both|the|no)\b)/i, ''],
  [/^(?:the |an )?empty (?:result )?set(?=$| \()/i, 'empty'],
  [/(?<=^(?:empty|(?:no|0|zero) rows?)) \((?:all|no|every|nothing|none)\b[^=<>]*\)$/i, ''],
  [/(?<=^(?:the )?(?:definition|constraint|check) (?:should )?contains? ["`'][^"`']+["`']) in (?:the |its )?CHECK(?: (?:list|constraint|clause|expression))?$/i, ''],
  [/(?<=^(?:null|true|false|empty|no rows|0 rows|`[^`]+`|'[^']+')), (?:and )?(?:not|never) (?:an? )?[\w -]{0,30}(?:error|exception|failure)$/i, ''],
  [/^empty (?:on|for|at) (?:the|each|every|all|this) [\w -]{3,40}$/i, 'empty'],
  [/(?<=^\S.*)[.;] (?:currently|right now)\s*:? [^]*$/i, ''],
  [/ \(and (?:has|have) been \S+ (?:for|since) [^()]*\)$/i, ''],
  [/^(\d+) (?:filas?|lignes?|linhas?|registros?|baris|righe|riga|zeilen?|rijen|rij) (?:con|com|dengan|avec|mit|met) /iu, '$1 rows with '],
  [/, all (?:of )?(?:the )?(?:\d+|two|three|four|five)(?: of them)? (?=(?:with|have|having) )/i, ', all '],
  [/^(?:the )?(?:schema|output|list|table) (?:lists?|shows?|includes?|has|contains?) (?=`)/i, 'includes '],
  // "8 (or more if there were others)".
  [/^(?:exactly )?(\d+)( \p{L}+)? \((?:or|o|ou|oder) (?:more|higher|greater|más|mas|mais|plus|mehr)\b[^()]*\)$/iu, 'at least $1$2'],
  [/(?<=^(?:empty|nothing|none|(?:no|0|zero) rows?)) \((?:rls|row[- ]level security|filtered|blocked|hidden)\b[^()]*(?:\([^()]*\))?[^()]*\)$/i, ''],
  [/^(`?[a-z]\w*`?) (?:is )?(?:still|now) (?=(?:null|not null|true|false|empty)$|['\d])/i, '$1 is '],
  [/^(?:zero|cero|0) (?:em|en|dans) (?:todas?|todos|toutes) (?:as|os|las|los|les) (?:linhas|filas|lignes|registros)$/i, 'all zeros'],
  [/^`([<>]? ?\d+ \p{L}+)`$/u, '$1'],
  [/^result in (?=\d|one\b|no\b|zero\b|an? )/i, ''],
  [/^(?:an? |the )?(?:event|row|record|entry|user|order|job) (?:is |was )?(?:recorded|logged|created|saved|inserted|added|stored) with (?=`?\w+`? ?=)/i, 'row exists with '],
  [/^(`?[a-z]\w*`?) (?:timestamp|value|field|column|date) (?=(?:is |was )?(?:set|populated|filled)$)/i, '$1 '],
  [/^(`?[a-z]\w*`?) (?:updates|changes|switches|moves) to (?=(['"`])[^'"`]+\2)(.*?)(?: after [a-z]+(?: [a-z]+)?)?$/i, '$1 should be $3'],
  [/^(?:alle|todos|todas|tous|toutes|tutti|tutte) (?=(?:0|null|zero|true|false)$)/i, 'all '],
  [/^(?:inclut|contient|incluye|contiene|inclui|contém|enthält|bevat) (?=[`'"])/i, 'includes '],
  [/^(column `[^`]+`) of type (`[^`]+`|[a-z]+)(?: exists)?$/i, '$1 with type $2'],
  // "Indexes: 7 indexes created".
  [/^([a-z]{4,}): (?=(?:exactly |at least )?\d+ \1(?: (?:created|added|listed))?$)/i, ''],
  // A call, by the name that its column has.
  [/^`(\w+)\([^()`]*\)`(?=\s*(?:=|is\b|should\b|must\b))/i, '`$1`'],
  [/^(['"`]?)(t|f)\1 \((?:true|false)\)$/i, '$2'],
  // One thing, said twice.
  [/(?<=^(?:zero|no|0) (?:rows?|results?|records?)),? or (?:an? )?(?:empty|nothing|none)(?: (?:result(?: set)?|set|table|list))?$/i, ''],
  [/(?<=^(?:exactly )?`?(?:\d[\d,]*|zero|none|empty|no rows?|0 rows?)`?),? (?:deliberately|intentionally|on purpose|by (?:design|intention)|as (?:designed|intended))$/i, ''],
  [/^(?:an? )?(?=(?:row|record)$)/i, 'at least 1 '],
  [/^your (?=(?:\d+|one|two|three|four|five|six|seven|eight|nine|ten) [\p{L}]+ (?:with|where|having) )/iu, ''],
  [/(?<=^(?:no errors?|success|(?:should |must )?(?:not (?:error|fail|throw(?: an error)?|raise an error)|(?:succeed|run|complete|work)(?: without errors?)?))),? even (?:with(?:out)?|if|when|where|on) [^,;=<>]{2,60}$/i, ''],
  [/(?<=^(?:['"`][\w-]+['"`](?:, | or |, or )){1,6}['"`][\w-]+['"`]) \((?:not|never) ['"`][^()]{1,60}\)$/i, ''],
  [/(?<=^"[^"]+"|^`[^`]+`) in (?:the )?(?:query )?plan$/i, ''],
  [/^((?:exactly )?(?:\d+|one) rows?) if (?:the )?[\w ]{2,30} (?:worked|exists?|succeeded|ran|(?:was|is) (?:applied|there|enabled|in place|active)), (?:0|no|zero|none)(?: rows?)? if (?:not|it did not|it is not|otherwise)$/i, '$1'],
  [/^\(?((?:zero|no|0) rows?)\)? [–—-] [\p{L} ]{3,40} (?:deleted|removed|gone|cleaned(?: up)?|dropped)!?$/iu, '$1'],
  [/(?<=^(?:exactly )?\d[\d,]* rows?)(?: returned)? in [\d.]+ ?m?s(?:ec)?$/i, ''],
  [/(?<=^(?:zero|no|0) rows?): (?:an?|any) [^.;:=<>]{3,60} (?:whose|that|which|with|without)\b(?!.*\b(?:or if|unless|except)\b)[^=<>]*$/i, ''],
  [/(?<=^`?[a-z]\w*`? = `?[a-z]\w*`?) for (?:the|this|each|every) (?:window|period|range|day|month|week|batch|run|sample)$/i, ''],
  [/(?<=data_type) ?=\s*(timestamp with(?:out)? time zone|double precision|character varying|time with(?:out)? time zone)(?=,|$)/gi, "= '$1'"],
  [/(?<=[=:] ?\S+) \((?:0|no|none|zero) (?:of )?(?:these|the|such)\b[^()]*\)$/i, ''],
  [/^((?:zero|0|no rows?|empty)), the (?:row|rows|record|records|table|policy|boat) [^=<>\d]{3,60}$/i, '$1'],
  [/^(?:the )?result ?set will be empty(?: (?:as|because|since) .*)?$/i, 'empty'],
  [/^no more than (?=(?:two|three|four|five|six|seven|eight|nine|ten)\b)/i, 'at most '],
  [/ rather than (?:return(?:ing)? |give |giving |show(?:ing)? )?(?:rows|data|anything|a result)$/i, ''],
  [/^(results?|rows|data) if (?:the )?(?:setup|set-up|migration|script|seed(?:ing)?|import|install(?:ation)?|deployment) (?:was|is|has been) (?:successful|applied|complete[d]?|done|run)$/i, '$1'],
  [/^no ((?:`[^`]+`(?:, | or |, or )?)+) (?:rows?|entries|records|results?)(?: (?:should|must) (?:appear|exist|be (?:there|shown|listed|returned)))?$/i, 'no $1 rows'],
  [/^((?:'[^']+'|`[^`]+`)(?:, (?:'[^']+'|`[^`]+`))*,? or (?:'[^']+'|`[^`]+`)),? depending on (?:who|which|what|whether|the)\b[^\d"`]*$/i, '$1'],
  [/^an? (?:total )?count of (?=\d)/i, ''],
  [/(?<=\b(?:rows?|records?|results?)) before (?:proceeding|continuing|going on|you (?:proceed|continue|go on))$/i, ''],
  [/^rpcs? (?=exists?$|is (?:there|present|listed)$)/i, 'function '],
  [/^([\w-]+) or ([\w-]+),? (?:and )?not ([\w-]+)$/i, "'$1' or '$2'"],
];

/** "New crews should have `role = 'mate'`". */
const THEY_HAVE = /^(?:the |these |those |all )?(?:new |imported |migrated |existing |inserted |seeded )?[\p{L}-]+s (?:should|must) (?:all |now )?(?:have|show) (?=`\w+\s*=)/iu;

/** Names under which guides know the column that tells of row security. */
const SECURED = /^(?:rls|rls_?enabled|rls_?status|row_?level_?security|row_?security|relrowsecurity)$/i;

/** `rls_enabled = true` of a query whose only such column is called otherwise. */
function ownName(text: string, shape: StatementShape | null): string {
  const name = /^`?(\w+)`?\s*(?:=|:|is|should be)\s/i.exec(text)?.[1] ?? '';
  if (shape === null || !SECURED.test(name) || hasColumn(shape, name) !== false) return text;
  const own = shape.columns.filter((column) => column !== null && SECURED.test(column));
  return own.length === 1 ? text.replace(name, own[0] ?? name) : text;
}

/** What the catalogs put before the names of their columns. */
const PREFIX = '(?:tg|rel|pol|con|pro|ind|typ|att|evt|ext|rol|is_|has_)';

/** `enabled = 'O'` of a query whose only such column is `tgenabled`. */
function catalogName(text: string, shape: StatementShape | null): string {
  const name = /^`?([a-z]\w{3,})`?\s*=\s/i.exec(text)?.[1] ?? '';
  if (shape === null || name === '' || hasColumn(shape, name) !== false) return text;
  const own = shape.columns.filter((column) => column !== null && new RegExp(`^${PREFIX}${name}$`, 'i').test(column));
  return own.length === 1 ? text.replace(name, own[0] ?? name) : text;
}

/** `pier = 'x'` of a query that selects that column under another name. */
function renamed(text: string, shape: StatementShape | null): string {
  const name = /^`?([a-z]\w*)`?\s*(?:=|!=|<>|<=?|>=?|:|is|should be|must be)\s/i.exec(text)?.[1] ?? '';
  const own = shape?.sources?.[name.toLowerCase()];
  const [, behind = ''] = name === '' ? (/\b(?:with|where|having|and|,) `?([a-z]\w*)`?(?= ?(?:=|!=|<>|<=?|>=?) )/i.exec(text) ?? []) : [];
  const other = shape?.sources?.[behind.toLowerCase()];
  if (other !== undefined && shape !== null && hasColumn(shape, behind) !== true && /^\w+$/.test(other)) return text.replace(new RegExp(`\\b${behind}\\b`), other);
  return own === undefined || hasColumn(shape, name) === true ? text : text.replace(name, own);
}

/** "5 policies: 3 for crews + 2 for guests": the parts of a figure, which say no more than it where they add up. */
function summed(said: string): string {
  const [, figure = '', things = '', parts = ''] = /^((?:exactly )?\d+)((?: [\p{L}]+){0,3}?)(?: total| in total| altogether)?: ((?:\d+ [\p{L}\d_-]+(?: [\p{L}\d_-]+){0,4}(?:,? and |, | ?\+ ?|$)){2,})$/iu.exec(said) ?? [];
  const sum = [...parts.matchAll(/(?:^|[,+] ?|and )(\d+) /g)].reduce((all, [, part]) => all + Number(part), 0);
  return figure !== '' && sum === Number(/\d+/.exec(figure)?.[0]) ? `${figure}${things}` : said;
}

/** "The count must be 0": a figure that is no number of rows, of a query of a table that answers with one. */
function loneFigure(said: string, shape: StatementShape | null): string {
  return shape?.returnsRows === true && shape.oneRow && (shape.singleColumn || shape.figure !== undefined) && (shape.tables.length > 0 || shape.counts || /count|total|num|missing/i.test(shape.columns[0] ?? '')) ? said.replace(/^figure (?=\S)/, '') : said;
}

/** "The table `boats` has 5 rows", of a query of all of that table. */
function wholeTable(said: string, shape: StatementShape | null): string {
  const [, name = '', rest = said] = /^whole\((\w*)\) (.+)$/.exec(said) ?? [];
  if (rest === said || shape === null) return said;
  const grouped = (shape.groups ?? 0) > 0 || (shape.oneRow && !shape.counts);
  return !shape.filtered && !grouped && (name === '' || shape.tables.includes(name.toLowerCase())) ? rest : said;
}

/** "rls_enabled = false for boats and for piers", of a query that looks for just these: of each of its rows. */
function forSought(said: string, shape: StatementShape | null): string {
  const [, told = '', rest = ''] = /^(`?[a-z]\w*`? ?(?:=|is|should be) ?(?:true|false|'[^']*'|\d+)`?) (?:for|on) (?:the )?(.+?)(?: tables?)?$/i.exec(said) ?? [];
  const sought = shape?.oneRow === false ? (shape.sought ?? []).map((one) => one.toLowerCase()) : [];
  const names = rest.toLowerCase().replaceAll('`', '').split(/,? and (?:for )?|, (?:for )?/).map((name) => name.trim());
  return told !== '' && sought.length > 0 && names.length === sought.length && names.every((name) => sought.includes(name)) ? told : said;
}

/** All rules, one behind the other. */
const reworded = rewriting(RULES);

/** One form for what is said in many: each rule leaves what it says as it was. */
export function paraphrase(said: string, shape: StatementShape | null): string {
  let text = forSought(reworded(wholeTable(loneFigure(summed(said), shape), shape)), shape);
  // Of a query that looks for them, its rows are meant.
  if (shape?.filtered === true) text = text.replace(THEY_HAVE, '');
  if (shape?.groups === 1) text = text.replace(/^multiple (?=\p{L}+ (?:per|for each) \p{L}+$)/iu, 'at least 2 ');
  // What an INSERT gives back are its new rows.
  if (shape?.command === 'INSERT' && shape.returnsRows) text = text.replace(/^(?:an? |the |one )?new (?:row|record|entry) (?:with|having|where) (?=`?\w+`? ?=)/i, '');
  if (shape?.command === 'INSERT') text = text.replace(/^(?:an? |one )?new (?:[\w-]+ ){0,3}(?:row|record|entry)(?: (?:is )?(?:created|inserted|added))?$/i, shape.returnsRows ? '1 row' : '1 row inserted');
  if (shape?.returnsRows === true && /^no output$/i.test(text)) text = 'no rows';
  if (shape?.returnsRows === true && !shape.oneRow && /^(?:some )?data$/i.test(text)) text = 'rows';
  // "3 kinds (a, b, c) should be created": what a query finds was.
  if (shape?.returnsRows === true && !shape.oneRow) text = text.replace(/(?<=^(?:exactly |at least )?\d+ [\p{L} ]{3,40} \([^()]{3,120}\)) (?:should|must) (?:all )?be (?:created|inserted|added|seeded)$/iu, '');
  // "Exactly the 17 tables in the inventory, no more, no fewer".
  text = text.replace(/^(exactly )the (?=\d+ )(.*?)(?: in [\w.-]+)?,? no more,? (?:and |or )?no (?:fewer|less)$/i, '$1$2');
  // "15-20 boats" of a query that counts them.
  if (shape?.counts === true) text = text.replace(/^(\d+) ?[-–] ?(?=\d+ \p{L}[\p{L} ]{2,30}$)/u, 'between $1 and ');
  // "3 rows in `boats` for today, …", of a query of that table.
  text = text.replace(/^((?:exactly |at least )?\d+ rows?) in (?:the )?`?([a-z]\w*)`?(?: table)?(?: for today)?(?=$|,)/i, (whole, rows: string, table: string) => (shape?.tables.includes(table.toLowerCase()) === true ? rows : whole));
  // "5 beta_* rows", of a query that looks for such names.
  const [piece] = shape?.like ?? [];
  if (piece !== undefined && shape?.oneRow !== true) text = text.replace(new RegExp(`^((?:exactly )?\\d+) \`?${piece.replace(/[^\w-]/g, '')}[\\w-]*\\*\`? (?=\\p{L}+$)`, 'iu'), '$1 ');
  // "3 rows with "open = 1"": in quotes, what a column holds.
  text = text.replace(/["“«] ?([a-z]\w*) ?= ?([\w.]+) ?["”»]/gi, (whole, name: string, value: string) => (shape !== null && hasColumn(shape, name) === true ? `${name} = ${value}` : whole));
  // "4 policies on `boats`", of a query that looks for them.
  if (shape?.filtered === true && !shape.oneRow) text = text.replace(/(?<=^(?:exactly |at least |all )?(?:\d+|two|three|four|five|six|seven|eight|nine|ten) (?:polic(?:y|ies)|index(?:es)?|triggers|constraints|columns|functions|tables|views)(?: (?:should |must )?(?:be )?(?:listed|returned|shown|found))?) (?:on|for|in) (?:the )?`?[\w.]+`?(?: table| schema)?$/i, '');
  // Of the one row of a query for one value: that value.
  if (shape?.oneRow === true && shape.singleColumn) text = text.replace(/^(?:exactly )?(?:1|one|a|a single) row (?:with|showing|containing|of) (?:an? |the )?(?:(?:count|value|total|figure)(?: of| =|:)? )?(?=-?\d[\d,]*(?:\.\d+)?$)|^`?count`? of (?=\d)/i, '');
  return catalogName(ownName(renamed(text.trim(), shape), shape), shape);
}
