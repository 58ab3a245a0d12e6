import { remember, rememberKind } from '../remember.js';
import { firstOf, rewriting } from '../sieve.js';
import { behindDeed } from './deed.js';
import { isNeeded, saidInEnglish, thing } from './elsewhere.js';
import { normal } from './normal.js';
import { plainly } from './plainly.js';
import { isMatch } from './whole-result.js';

/** "Expected:" and its kin, in the languages guides were seen in. */
const LABEL = /^(?:expect(?:ed|s|ation)?(?: (?:new|final|updated|current|rpc|custom|helper|healthy|normal|good|query|result|results|output|outcome|answers?|records?|data|sets?|sql|verification|check|test|returns?|(?:query |execution )?plan|value|values|counts?|totals?|error|response|state|behaviou?r|rows?|tables?|columns?|fields?|views?|types?|enums?|extensions?|names?|polic(?:y|ies)|index(?:es)?|constraints?|triggers?|functions?|buckets?|jobs?|roles?|schemas?))*(?: that (?:should|must) (?:remain|exist|be (?:there|present)))?(?: post-migration| on success)?(?: (?:after|following) (?:the )?(?:provisioning|seeding|activation|onboarding|restart|upgrade|completion|migration|deployment|running|run|execution|fix|cleanup|backfill|update|script|insert|import|setup|seeding)s?)?(?: (?:if|when|on) (?:it (?:is|was) |everything (?:is|was|went) )?(?:success(?:ful)?|all (?:is )?(?:well|good)|well|ok|correct))?|results? (?:needed|required|wanted)|(?:pass(?:ing)?|success|acceptance) (?:criteri(?:a|on)|conditions?)|(?:test )?pass(?:es)? (?:if|when)|what to (?:check|look for|verify)|look for|what you should see|should be|results?|outputs?)\s*(\([^)]*\))?\s*(?::|=|-(?=\s)|—|–)\s*/i;
/** Whether a line is such a label and nothing else, with a colon or without: a heading in comments. */
export function isLabel(text: string): boolean {
  if (text.length > 60 || /\d/.test(text)) return false;
  const line = normal(text).replace(/\W*$/u, '');
  return line !== '' && saidInEnglish(`${line}:`).replace(LABEL, '') === '';
}

/** "Only proceed if the count is 0": a gate. */
const GATE = /^(?:only (?:proceed|continue|go on|run [\w ]{1,30}?)|(?:proceed|continue) only) (?:if|when)(?: the)? /i;
/** "Should return" in other languages. */
const MUST = String.raw`(?:voc[êe]s? )?dev(?:e|em|er[áã]o?|eria)m? (?:ver|retornar|mostrar|ter|ser|conter|exibir|haver|funcionar)|(?:se )?deb(?:e|es|en|er[íi]a[ns]?) (?:ver|devolver|retornar|mostrar|tener|ser|contener|haber|funcionar)|(?:vous )?(?:devez|devriez|devrait|devraient|doit|doivent) (?:voir|retourner|renvoyer|afficher|avoir|être|contenir|fonctionner)|(?:deve|devono|dovrebbe(?:ro)?) (?:restituire|mostrare|essere|avere|contenere|funzionare)|powin(?:no|ien|na|ny) (?:zwrócić|pokazać|być|mieć|zawierać)|долж(?:ен|на|но|ны) (?:вернуть|показать|быть|содержать)`;
/** German puts its verb last: "Muss danach 8 Zeilen liefern". */
const MUSS = String.raw`(?:muss|müssen|darf|dürfen|sollten?|sollen)`;
const MUSS_END = String.raw`(?:(?:zurück)?liefern|zurückgeben|zurückkommen|(?:an)?zeigen|ergeben|enthalten|ausgeben|sein|haben|existieren|erscheinen|fehlschlagen|scheitern|(?:grün|rot|abgelehnt|verweigert|blockiert|angezeigt|zurückgegeben|geliefert|ausgegeben) werden)`;
const GERMAN = new RegExp(`^(?!(?:sie|du|wir|ihr|man|ich) )((?:[\\p{L}\\d_\`'"./-]+ ){0,6}?)${MUSS} (?:(.+?) )??(${MUSS_END})(?=\\s*(?:[(.:;,!–—-]|$))`, 'iu');
/** Subjects that mean the result as a whole. */
const GERMAN_WHOLE = /^(?:(?:es|dies|das|hier|die|diese|der|dieser)? ?(?:abfrage|query|ergebnis(?:se)?|ausgabe|select|befehl|anweisung)? ?)$/i;

/** "Muss danach 8 Zeilen liefern" → "8 Zeilen"; "rowsecurity muss true sein" → "rowsecurity = true"; anything else as it is. */
function germanBody(line: string): string {
  return line.replace(GERMAN, (whole, subject: string, middle: string | undefined, verb: string) => {
    const said = (middle ?? '').replace(/^(?:(?:danach|jetzt|nun|hier|dann|immer|weiterhin|genau|exakt)(?: |$))+/i, '').trim();
    if (said === '' || /\b(?:nicht|nie|niemals)\b/i.test(said)) return whole;
    if (GERMAN_WHOLE.test(subject)) return said;
    return /^sein$/i.test(verb) && /^`?\w+`? $/.test(subject) ? `${subject}= ${said}` : whole;
  });
}
/** What answers: the result as a whole. */
const ANSWERING = String.raw`(?:(?:it|this|these|they|that|query|result|output|the (?:query|results?|output|statement|select|count|total|number|value|answer|plan|query plan|view)|(?:every row|all rows|each row)(?! (?:should|must) have [\x60\w]+(?:,? (?:and )?[\x60\w]+)?(?:,|$))) )`;
const VERB = new RegExp(String.raw`^(?:expect(?:ed)?|there should be|you should (?:see|get|have|find)|${ANSWERING}?(?:should|must)(?: (?:now|only|all))? ?(?:come back(?: with| as)?|return|find|report|print|read|say|yield|show|display|output|list|give|see|get|equal|be|have|contain|include|remain(?= (?:at )?[\x60\d])|stay(?= (?:at )?[\x60\d]))?s?(?: at(?= \d))?|returns?|shows?|verification (?:query )?(?:shows?|returns?)|the query (?:shows?|returns?))\b:?\s*`, 'i');
const REFUSED = String.raw`(?:should|must) (?:fail|error|succeed|be (?:denied|rejected|blocked|refused))`;
const SUBJECT_OF_FAULT = new RegExp(`^${ANSWERING}(?=${REFUSED}\\b)`, 'i');
/** "Both should fail": each of the statements. */
const EACH_FAILS = new RegExp(`^(?:(?:all|both|each|every)(?: one)?(?: of (?:them|these|the above))?|(?:all )?(?:these|those|they))(?: (?:two|three|four|five|\\d+))?(?: (?:statements?|inserts?|updates?|deletes?|quer(?:y|ies)))? (?=${REFUSED}\\b)`, 'i');
const FAULT = new RegExp(`^${REFUSED}`, 'i');
const OTHER = new RegExp(`^(?:${MUST})(?:\\s*:)?(?:\\s+|$)`, 'iu');
/** "`boats` should have: id, name": whose columns or rows follow; the name has chosen the statement. */
const HOLDS = new RegExp(`^(?:the )?\`[\\w.]+\`(?: table)? (?:(?:should|must) (?:now |also )?(?:have|contain|include|list|show)|${MUST}|${MUSS})(?: (?:the )?(?:following )?(?:columns?|fields?|agora|ahora|maintenant|ora|jetzt|colunas|columnas|colonnes))*\\s*:\\s+(?=\\S)`, 'iu');
const NOTHING = /^(?:no|zero|nenhuma?|ninguna?|aucune?|keine) (?:rows?|results?|records?|linhas?|filas?|registros?|resultados?|lignes?|résultats?|zeilen?|ergebnisse) (?:(?:should|must) (?:be (?:returned|found|shown)|appear|come back|return)|deve(?:m|ria)? (?:retornar|aparecer|ser retornada)|debe(?:n|ría)? (?:devolver(?:se)?|aparecer|retornar)|ne doi(?:t|vent) (?:apparaître|être retournée)|sollten? (?:erscheinen|zurückkommen))\b/iu;
const SUBJECT = new RegExp(`^(?:[\\p{L}\\d_\`'".-]+ ){1,6}(?:${MUST})(?![\\p{L}\\d])`, 'iu');
const ANY = /^(?:expect(?:ed|s)?\b|there should be\b|you should (?:see|get|have|find)\b|(?:it |this |these |they |all |both |each |query |result |output |the \w+ )?(?:should|must)\b|r[ée]sultats? attendu|attendu|valeurs? attendue|(?:resultados?|valor(?:es)?) esperad[oa]s?|esperad[oa]|salida esperada|saída esperada|se espera|erwart(?:et|ung)|verwacht(?:e|\b)|očekáv|risultati attesi|sollte|預期|预期|期望|期待|应|應|结果应|ожида|oczekiwan|risultato atteso|beklenen|pass\s*:|(?:test )?pass(?:es)? (?:if|when)\s*:|(?:pass(?:ing)?|success|acceptance) (?:criteri(?:a|on)|conditions?)\s*(?:\([^)]*\)\s*)?:|results? (?:needed|required|wanted)\s*:|(?:what to (?:check|look for|verify)|look for)\s*:|look for .{2,80}\b(?:plan|output|results?)\W*$|look for ["'`]?(?:parallel )?(?:seq|index(?: only)?|bitmap (?:heap|index)) scan\b)/i;

/** "This must be run before the others", "Parents must be loaded first": what to do, not what to see. */
const TOLD = /^(?:(?:this|it|these|they|the (?:migration|script|step|query|statement|above|following)s?)(?: \w+){0,2} (?:should|must) (?:only |always |never |first |all )?be (?:run|executed|applied|done|performed|deployed|imported|loaded|migrated|installed|restored|uploaded)\b|[\w `'"-]{1,60} (?:should|must) (?:all |always |only )?be (?:run|executed|applied|done|performed|deployed|imported|loaded|migrated|installed|restored|uploaded|created|inserted|added|copied|started|completed|finished|built|updated|deleted|dropped|removed|stopped|seeded|exported) (?:first|last|before|after|in (?:this|the|that) (?:exact |same )?order|in order|in sequence|together|separately|manually|by hand|one (?:by|at) (?:one|a time)|beforehand|in advance|prior to)\b)/i;
/** "Enable it (should already be on)": what is done whether it was so before or not. */
const BEFOREHAND = /^(?:re-?)?(?:enable|create|add|drop|grant|revoke|set|insert|update|delete|remove|install|alter|apply|run|activate|turn on|make|seed|rename|attach|ensure)\b(?!.*\b(?:check|verify|confirm)\b).*\((?:[^()]* )?(?:should|must) (?:all |both )?already (?:be|exist|have)\b[^()]*\)\W*$/i;

/** "Before the fix: should show 'old'": how it was. */
const EARLIER = /^(?:before|prior to|previously|without|old(?: behaviou?r)?)\b[^:.]{0,30}:/i;

/**
 * Whether a comment or paragraph states an expectation, and on which side its
 * statement stands: `forward` wording announces what follows.
 */
export const isExpectation = rememberKind(expects);

/** The same without what is remembered. */
export function expects(text: string): Side {
  const said = unbracketed(normal(behindDeed(text)));
  if (isNeeded(said) || EARLIER.test(said)) return null;
  const line = saidInEnglish(said);
  const whole = sideOf(line) ?? plainly(line)?.side ?? null;
  return whole ?? (TOPIC.test(line) ? sideOf(line.replace(TOPIC, '')) : null);
}

/**
 * "The second call should add one": a line of a comment beside a statement that says what should be,
 * though no rule knows how it is said. What is to be done, or by whom, is none.
 */
export function mayExpect(text: string): boolean {
  const line = normal(text);
  if (!/\b(?:should|must)\b/i.test(line) || isNeeded(line) || EARLIER.test(line) || /\?\s*$/.test(line)) return false;
  return !/^(?:if|when|unless|note|replace|warning|important|todo|fixme|tip|hint|example|you|we|i|please|users?|admins?|people|everyone|(?:this|the) (?:migration|script|file|step|section|block|code|app\w*|team|dba)) ?\b/i.test(line) && !TOLD.test(line) && !BEFOREHAND.test(line);
}

/** "(should return 0 rows)", a whole line in brackets; in English its place is known by them. */
function unbracketed(line: string): string {
  return /\b(?:should|must|expect)/i.test(line) && !/^\[[^[\]]+\][.]?$/.test(line) ? line : line.replace(/^\(([^()]+)\)[.]?$/, '$1').replace(/^\[([^[\]]+)\][.]?$/, '$1');
}

/** "0 rows expected", "none expected": the cue comes last. */
const LAST = /^((?:no|none|nothing|zero|(?:exactly |at least |at most )?(?:\d[\d,]*\+?|(?:one|two|three|four|five|six|seven|eight|nine|ten)(?= (?:rows?|records?|results?)\b)))(?: \p{L}+){0,4}?) (?:(?:is|are) )?expected(?: here| now)?[.!]?$/iu;
/** "No rows means success", "any rows returned are problems", "anything other than 0 means …": none is what is wanted. */
const NONE_IS_GOOD = /^(?:(?:zero|no|0) (?:rows?|results?) (?:means?|indicates?|=) (?:that )?(?:success|ok|pass(?:ed)?|good|clean|healthy|correct|all|everything|nothing)\b.*|any (?:rows?|results?)(?: (?:returned|here|shown|listed|found|that (?:appear|come back)s?))? (?:is|are|means?|indicates?|must be|should be|needs?)\b.*|anything (?:other than|but|besides) (?:0|zero|no rows|empty) (?:means?|indicates?|is)\b.*)$/i;

/** "No `anon` grants", "only `boats` and `berths` remain", "`boats_old` is gone": names, and what is so of them now. */
const TICKED = '`[^`]+`(?:(?:,| and| or|,? nor)+ `[^`]+`)*';
const NAMED_SHOWN = new RegExp(`^(?:no ${TICKED} (?:rows?|entries|records) (?:should|must) (?:appear|exist|be (?:there|shown|listed|returned))|no ${TICKED}(?: (?:rows?|grants?|privileges?|entr(?:y|ies)|polic(?:y|ies)|tables?|columns?|ind(?:ex|exes|ices)|functions?|triggers?|roles?))?(?: (?:left|remain(?:s|ing)?|listed|shown|returned))?|only ${TICKED} (?:remains?|(?:is|are) (?:left|listed|shown|returned))|${TICKED} (?:is|are) gone)[.!]?$`, 'i');

/** "Row count – should be 12", "Sanity: must be empty": what it is about, before what is expected. */
const TOPIC = /^(?:#?\d+[a-z]?[.)]\s+)?(?!(?:if|when|unless|note|replace|warning|important|select|insert|update|delete|with)\b)[^:—–.!?]{2,60}(?:\s(?:--|[—–-])\s+|:\s+)(?=(?:it |this |that )?(?:should|must|expect(?:ed|s)?|muss|müssen|sollten?|darf)\b)/i;

/** "Verify output shows:", "**Verify:** the column exists": what is looked for in the result above. */
const SHOWN = /^(?:verify|check|confirm|ensure|make sure)(?: that)?(?: the)? (?:quer(?:y|ies) )?(?:outputs?|results?)(?: above| below)? (?:shows?|contains?|lists?|includes?|says?|displays?|reads?|has|have|is|are|matches)\b:?\s*|^(?:verify|check)\s*:\s+(?=\S.*\b(?:exists?|returns?|shows?|appears?|is|are|has|have|equals?)\b)/i;
/** "error expected", with what it proves behind it. */
const ERROR_EXPECTED = /^(?:←|<-+)?\s*(?:an? )?(?:error|failure) (?:is )?expected(?: (?:here|too|as well))?(?:\s*[=:—–(-].*)?[.!]?$/i;

/** "Second call (idempotent – should return true)": what is tried, and in brackets behind it what is expected. */
const ASIDE = /\((?:(?!should\b|must\b)[^()]{1,60}(?:[–—;:,.]|\s-)\s+)?(?:(?:it|this|the query|this query|query|the result|result) (?=should|must))?(?:should|must|expect(?:ed)?)\b:?\s*(?:be |return |show |equal |have |(?:remain|stay)(?: at)? (?=[`\d]))?([^()]*?)(?: until (?:phase|step|the|we|you)\b[^()]*)?\)\s*[.:]?$/i;

/** "2. Look for missing berths. Expected: no rows": a title, and in a sentence behind it what its statement gives. */
const TITLED = /^(?:(?:(?:test|check|case|step) )?[A-Z]{0,5}[-.]?\d+[a-z]?\s*[.:)—–-]\s*|(?=[\p{L}][^.!?:]{2,80}\.\s+expected:\s[^.]*\b(?:sqlstate|error)\b)|(?=(?:check|verify|confirm|ensure|validate|count|list|show|find|detect|test|query|look for)\b))[^.!?:]{2,120}[.!?]\s+(?=(?:expect(?:ed|s)?\b(?: (?:results?|outputs?|values?|counts?|rows?)){0,2}\s*[:=]|(?:it |this )?(?:should|must) (?:return|be|show|list|give)\b))/iu;
/** "Pass criteria: …": judged as a whole. */
const CRITERIA = /^(?:pass(?:ing)?|acceptance|success) (?:criteri(?:a|on)|conditions?)\s*[:=]\s*(?=\S)/i;

/** "Catches what has drifted. Zero rows expected.": what the query is for, and what it gives. */
const AT_END = /^.{3,300}[.;] (?=(?:zero|no|exactly \d+|\d+) (?:rows?|results?|records?) (?:(?:are|is) )?expected[.!]?$)/i;

/** "C) Grants to the crews → expect 0 rows": a title, and behind it what its statement gives. The arrow is gone by now. */
const TITLE_EXPECTS = /^(?!(?:if|when|unless|note|you|we|i)\b).{3,120}? expects? (?=(?:exactly |at least )?(?:\d+|no|zero) (?:rows?|records?|results?)[.!]?$)/i;

type Side = 'backward' | 'forward' | null;

/** What a line says of itself as a whole, and on which side its statement stands. */
const wholeBy = firstOf<[RegExp, Side]>([[TITLE_EXPECTS, 'forward'], [AT_END, 'forward'], [TITLED, 'forward'], [CRITERIA, 'backward']]);

/** The same of a line without whose view it is; null: it says nothing that is expected. */
const sideBy = firstOf<[RegExp, Side]>([
  [/^(?:if|when|unless|note|replace|warning|important)\b/i, null],
  [TOLD, null],
  [BEFOREHAND, null],
  [/^(?:this|these)(?: quer(?:y|ies)| statements?| selects?| commands?)? (?:should|must|will) (?:only |all |each |both |now )?(?:return|show|fail|be|give|error|succeed)/i, 'forward'],
  [SHOWN, 'backward'],
  // What a person compares.
  [/^compare (?:the |these |this |with )?(?:outputs?|results?|counts?|numbers|figures|values|rows|it|manual counts) ?(?:to|with|against|from)\b|^compare (?:with|to|against) (?:the )?[`\w]|^(?:the )?row counts? (?:match(?:es)?|equals?|agrees? with) /i, 'backward'],
  [/^(?:verify|confirm|check)(?: that)? (?:the )?[\w -]{2,40} match(?:es)? (?:the|your|with|actual|expected|what|those)\b/i, 'forward'],
  [/^look for ["'`][^"'`]+["'`] in (?:the )?(?:query )?(?:output|plan|results?)\b/i, 'backward'],
  [ERROR_EXPECTED, 'backward'],
  [/^(?:the )?(?:following|next) (?:query|statement|select|command)\b.*\b(?:should|must)\b/i, 'forward'],
  [/^test\b.*\((?:should|must|expect)/i, 'forward'],
  [/^(?:verify|check|confirm|ensure|count(?! should)|validate|test)\b.*\b(?:should|must|expect(?:ed)?)\b/i, 'forward'],
  [LAST, 'backward'],
  [NONE_IS_GOOD, 'backward'],
  [NAMED_SHOWN, 'backward'],
  [NOTHING, 'backward'],
  [SUBJECT, 'backward'],
  [GERMAN, 'backward'],
  [/^(?:review|inspect|look at)\b.*\b(?:should|must)\b/i, 'backward'],
  [ANY, 'backward'],
  [GATE, 'backward'],
  [OTHER, 'backward'],
  [/^(?:the )?counts? should\b/i, 'backward'],
  [ASIDE, 'forward'],
  [/^`[\w.]+`(?:,? (?:and |& )?`[\w.]+`)+ (?:both |all )?(?:should|must) (?:not |now |both |all )*(?:be|equal|return|show|have|exist|contain|appear)\b/i, 'backward'],
  [/^(?:the )?[`"']?(?:[\w ]|[.-](?=\w)){1,60}[`"']? (?:should|must) (?:not )?(?:be|equal|return|report|print|read|list|show|have|contain|include|appear|match|fail|error|succeed)\b/i, 'backward'],
  [/^(?!(?:you|we|i|this migration|the migration|this script) )(?:the )?[`"']?(?:[\w ]|\.(?=\w)){1,40}[`"']? should (?:not |now |still |only )?(?:work|exist|see|auto[\w-]*|trigger|increase|decrease|remain|stay|complete|finish|pass|list|become|create|allow|block|prevent|reject|deny|disappear|drop|go|read|write|update|insert|delete)\b/i, 'backward'],
]);

function sideOf(said: string): Side {
  if (/^(?:verify|check|confirm)/i.test(said) && isMatch(said.replace(/[.!:]\s*$/, ''))) return 'forward';
  const whole = wholeBy(said);
  return (whole ?? sideBy(said.replace(/^as (?:an? |the )?[\w -]{2,30}, (?=(?:(?:this|it|you|they) )?(?:should|must)\b)/i, '')))?.[1] ?? null;
}

/** `=> 5`, `-> t`: an arrow before an answer. */
const ARROW = /^(?:=+>|-+>|⇒|→)\s*(?=\S)/;
const SAID = /^(?:returns?|gives?):?\s+\S/i;
const LABELLED = /^(?:outputs?|results?|ergebnis(?:se)?|r[ée]sultats?|resultados?|risultat[oi]|resultaat|wynik)\s*[:=]\s*(?!\W*$)\S/i;
const ROWS_SHOWN = /^(?:(?:no|zero|\d+|(?:one|two|three|four|five|six|seven|eight|nine|ten)(?= rows?(?:[.!]?$| [–—-] ))) rows?(?: (?:returned|affected|updated|inserted|deleted))?(?: \((?!.*\b(?:or|if|may|before|was|were|about|approx)\b)[^()]*(?:\(\)[^()]*)?\))?|(?:INSERT 0|UPDATE|DELETE|MERGE) \d+\b.{0,60}|(?:no|zero|\d+) rows? \((?!.*\b(?:or|if|may|before|was|were|about|approx)\b)[^()]*\))$/i;
/** "ERROR: permission denied": what the server answers. */
const ERROR_SHOWN = /^(?:raises:? )?error:\s+(?!.*\b(?:if|when|may|might|ignore|ok|fine|unless|before|was|fix|happens|occurs)\b).{4,}$/i;
/** What a block says. */
const NOTICE_SHOWN = /^NOTICE:\s+\S/;
/** "Row-level security error", "permission denied": what it says, in short. */
const FAULT_SHOWN = /^(?:rls|row[- ]level security|permission denied|insufficient privilege|(?:unique|foreign key|check|not[- ]null)(?: constraint)?|duplicate key)(?: (?:policy|constraint))?(?: (?:error|violation|denied))?$/i;
/** "fails", "-- ERROR", "not allowed", "fails with 23505": that it does not succeed, right behind it. */
const FAILS_SHOWN = /^(?:ERROR|[Ff]ails?|FAILS?|[Ee]rrors out|[Rr]aises(?: an)? (?:error|exception)|[Tt]hrows(?: an)? (?:error|exception)|(?:[Ii]s )?[Ee]xpected to fail)[.!]?$/;
const WRITES_SHOWN = /^(?:this |it )?(?:affects|updates|deletes|inserts) (?:exactly )?\d[\d,]* rows?[.!]?$/i;
/** "4 policies listed", "There are 4 policies": how many there are. */
const COUNT_SHOWN = /^(?:there (?:are|is) (?:now |exactly )*(?:\d+|one|two|three|four|five|six|seven|eight|nine|ten) (?:[a-z]+ )?(?:tables|columns|policies|indexes|functions|triggers|views|rows|records|results|entries|users|policy|row|table)|(?:exactly )?(?:\d+|two|three|four|five|six|seven|eight|nine|ten) (?:tables|columns|policies|indexes|functions|triggers|views|records|results|entries) (?:are )?(?:listed|returned|found|shown|displayed))[.!]?$/i;
const FAILS_WITH = /^(?:fails?|errors?(?: out)?|raises?|throws?) (?:with|due to|because of):? (?=\S)/i;
/** "No duplicates": what it looks for, and found none of. */
const NONE_SHOWN = /^no (?:more |remaining )?(?:duplicates?|orphan(?:s|ed \w+)?|violations?|mismatches|gaps|overlaps|leftovers)(?: (?:found|left|remain(?:ing)?))?[.!]?$/i;
/** A row as psql prints it, or the version of something. */
const ROW_SHOWN = /^\S[^|]{0,60} \| \S.*$|^\d+\.\d+\.\d+$/;
/** "id | status", "status: active | inactive": names of columns, or what one of them may hold. */
const isLegend = (line: string): boolean => / \| /.test(line) && (/^[^|]*:/.test(line) || line.split(/ *\| */).every((cell) => /^[a-z_]+(?: [a-z_]+)?$/.test(cell)));
const VALUE_SHOWN = /^(?:(?:rls|row[- ]level security) (?:is )?(?:enabled|active)|(?:[<>]=?|[≥≤]) ?-?\d[\d,]*|-?\d[\d,]*(?:\.\d+)?|t|f|true|false|null|empty|none)$/i;

/**
 * Whether a comment right behind a statement shows its answer and nothing else:
 * `-- 1250`, `-- => t`, `-- returns true`, `-- 4 rows`, `-- INSERT 0 3`. A value is one only of a
 * statement that returns rows, and a notice one of a statement that `raises` some.
 */
export function isAnswer(text: string, returnsRows: boolean, raises = false): boolean {
  const line = text.trim().replace(/^\(([^()]+)\)$/, '$1').replace(/^[✅✓✔☑]\ufe0f?\s*|\s*[✅✓✔☑]\ufe0f?(?: (?:success|ok|allowed|works))?$/giu, '').replace(/^(?:→|=>|->|⇒)\s*(?=\d+ rows? (?:affected|updated|deleted|inserted)\b)/, '');
  return ROWS_SHOWN.test(line) || ERROR_SHOWN.test(line) || (raises && NOTICE_SHOWN.test(line)) || FAILS_SHOWN.test(line) || FAILS_WITH.test(line) || COUNT_SHOWN.test(line) || WRITES_SHOWN.test(line) || (FAULT_SHOWN.test(line) && /\b(?:error|violation|denied|duplicate)/i.test(line)) || (returnsRows && (NONE_SHOWN.test(line) || (ROW_SHOWN.test(line) && !isLegend(line)) || ARROW.test(line) || SAID.test(line) || LABELLED.test(line) || VALUE_SHOWN.test(line)));
}

/** "Zero rows for each": of every statement there is. */
const NONE_OF_ANY = /^((?:no|zero|0) (?:rows?|results?)) (?:for|from|in) (?:each|both|all)(?: (?:of them|quer(?:y|ies)|statements?|cases?))?(?=[.]|$)/i;

/** What is left to read once the cue is gone. `label` is what stood in the label's own parenthesis. */
export interface Body {
  text: string;
  label: string | null;
  every: boolean;
  negated: boolean;
}

/** Why it is so, or that what the way did was done: said of a count, no condition of it. */
const BESIDE = /(?<=^(?:no|zero|\d+) (?:rows?|results?|records?)(?: returned)?) (?:(?:due to|because(?: of)?|thanks to) .+|(?:if|when|once) (?:(?:all|the|every) )?[\w ]{1,30} (?:(?:was|were|is|are|has been|have been) (?:removed|applied|cleaned(?: up)?|deleted|fixed|merged|migrated|created|backfilled|successful(?:ly)?(?: \w+)?)|succeeded|worked))$/i;

/** "Must be 0 before the old table is dropped": what it opens the way to. */
const GATED = /^(`?(?:zero|no|\d+)`?(?: (?:rows?|results?|records?))?) before (?:the |any |you |we )?[^.;,\d]{3,80}$/i;

/** What a rule that was applied says of the whole: it holds of every statement, or must not be so. */
type Says = 'every' | 'negated' | null;

/** What stands in front of a label's answer, and what of it says that none is expected. */
const frontOff = takingOff([
  [HOLDS, '', null],
  [/^(?:alle|tod[oa]s|tou(?:te)?s|tutt[ei]) (?=(?:0|null|true|false)$)/i, 'all ', null],
  [/^(?:both|all|each)(?: of (?:them|these))?(?: are| is)? (?=(?:[<>]=?|≥|≤|greater than|more than|at least) ?\d)/i, '', 'every'],
]);

/** Subjects and verbs in front of what is expected, each once. */
const cueOff = takingOff([
  [NONE_OF_ANY, '$1', 'every'],
  [/^(`?(?:0|zero|true|false)`?) (?:for|in|on) (?:all|each|every one|both)(?: of (?:them|these))?(?: (?:quer(?:y|ies)|counts?|statements?))?$/i, '$1', 'every'],
  [/^(?:預期|预期|期望)(?:结果|結果)?(?:会|會)?(?:返回|回傳|为|為|是)\s*/u, '', null],
  [/^(?:you (?:will |should |can )?)?see (?=`)/i, '', null],
  [ARROW, '', null],
  [/^pass(?:ed)?\s*:\s*/i, '', null],
  [GATE, '', null],
  [OTHER, '', null],
  [/^look for /i, '', null],
  // A short label of its own: "欄位檢查：應該返回 2 行".
  [/^\p{Script=Han}{2,12}:\s*(?=\S)/u, '', null],
  [/^(?:(?:it|this|these|they|values|counts|results) )?(?:should|must) (?:all|each|both) (?:be|equal|have|show|read|return|contain)s?:? /i, '', 'every'],
  [/^(?:all|both|each|every)(?: (?:of (?:them|these)|(?:(?:two|three|four|five|six|seven|eight|\d+) (?=quer|stat))?(?:quer(?:y|ies)|statements?|results?)))? (?:should|must) (?:return|show|be|have|give)s?:? /i, '', 'every'],
  // Of as many statements: of rows it would be how many there are.
  [/^all (?:two|three|four|five|six|\d)(?: (?:quer(?:y|ies)|statements))? (?:should|must) (?:return|give|be) (?=(?:no|zero|0|empty)\b)/i, '', 'every'],
  [/^(?:all|both|each|every)(?: (?:(?:two|three|four|five|six|\d)(?= (?:quer|stat)))?)?(?: ?(?:of (?:them|these)|quer(?:y|ies)|statements?|results?))? (?:return|show|give)s? (?=\d|no |zero\b|empty\b|(?:true|false)$|(?:data|rows|results|records)(?:$| \())/i, '', 'every'],
  [/^(?:(?:it|this|these|they|result|output|query|you) )?(?:should|must) (?:not|never) (?:contain|include|show|return|list|have|see|be)?s?:? ?/i, '', 'negated'],
  [/^((?:these|those|they)\b(?: \w+)? )?(should|must) (?:all|both|each) (?=(?:fail|error|be (?:denied|rejected|blocked|refused))\b)/i, '$1$2 ', 'every'],
  [/^(?:both|all|each)(?: (?:of (?:them|these)|two|three|four|inserts|updates|queries|statements|calls))? (?:should|must) (?:still )?(?=(?:succeed|work|pass|be (?:allowed|accepted))$)/i, 'should ', 'every'],
  [EACH_FAILS, '', 'every'],
  [SUBJECT_OF_FAULT, '', null],
]);

function takingOff(rules: [RegExp, string, Says][]): (line: string, whole: Pick<Body, 'every' | 'negated'>) => string {
  const rewrite = rewriting(rules);
  return (line, whole) => rewrite(line, ([, , says]) => {
    if (says !== null) whole[says] = true;
  });
}

/** Removes labels and verbs from the front, and the sentence's full stop. Pure. */
export const bodyOf = remember(withoutCue);

function withoutCue(text: string): Body {
  // "Should also fail", "should now return": said of one more, or of what is new, and no less of this.
  const said = saidInEnglish(unbracketed(normal(behindDeed(text))));
  const plain = FAILS_SHOWN.test(said) ? 'should fail' : COUNT_SHOWN.test(said) ? said.replace(/^there (?:are|is) (?:now )?/i, '') : ((plainly(said) ?? plainly(said.replace(/^expect(?:ed)?: (?=`)/i, '')))?.text ?? said.replace(FAILS_WITH, 'should fail with '));
  let line = plain.replace(AT_END, '').replace(TITLED, '').replace(TITLE_EXPECTS, '').replace(/\b(should|must) (?:also|still|now|always) (?=[a-z])/i, '$1 ');
  let label: string | null = null;
  const inside = ASIDE.exec(line);
  if (inside && !LABEL.test(line)) {
    const tried = (inside[1] ?? '').replace(/^(?:raise|throw)s? (?:an? )?(?:error|exception)$/i, 'fail').replace(/^(?:raise|throw)s? (?=`?[\dP])/i, 'fail with ');
    const failing = /^(?:(?:not )?(?:fail|error)|succeed|work|pass)/i.test(tried);
    const both = /\bnot\b.*\b(?:should|must) (?!not\b)/i.test(inside[0]);
    const denied = !failing && !both && /\b(?:should|must) not\b/i.test(inside[0]);
    const said = failing ? `should ${tried}` : (inside[1] ?? '').replace(/^(?:(?:only|now|just) )?(?:be|return|show|see|list|have|give|display|equal)s? (?:only |just )?(?=\d|(?:one|two|three|four|five|six|seven|eight|nine|ten)\b)/i, '');
    return { text: (denied ? said.replace(/^not (?:(?:have|contain|include|show|list|return|see|be) )?/i, '') : said).trim(), label: null, every: false, negated: denied };
  }
  // "Verify: should return 0" and "The following query must come back empty" say who is meant before they say what.
  line = line.replace(TOPIC, '').replace(/^(?:the )?(?:following|next|above|last|previous|first|second) (?:query|quer(?:y|ies)|statement|select|command) (?:should|must) (?:come back|return|be|give|yield|show)(?: with)? /i, '');
  line = ERROR_EXPECTED.test(line) ? 'should fail' : germanBody(line.replace(LAST, '$1').replace(SHOWN, ''));
  if (NONE_IS_GOOD.test(line)) return { text: /^anything \w+(?: than)? (?:0|zero) /i.test(line) ? '0' : 'no rows', label: null, every: false, negated: false };
  const whole = { every: false, negated: false };
  for (let turn = 0; turn < 4; turn += 1) {
    const before = line;
    line = line.replace(LABEL, (_, paren: string | undefined) => {
      label ??= paren?.slice(1, -1).trim() ?? null;
      return '';
    });
    if (line !== before) line = saidInEnglish(line).replace(TOPIC, '');
    line = frontOff(line, whole);
    if (NOTHING.test(line)) return { text: 'no rows', label, ...whole };
    line = cueOff(line, whole);
    if (!FAULT.test(line)) line = line.replace(VERB, '');
    line = line.replace(/^(?:结果|結果)?[应應](?:该|該|当|當|返回|回傳|为|為|显示|顯示|看到|有|是)*\s*/u, '');
    if (line === before) break;
  }
  line = line.replace(/^`([^`]+)`(?=$|\s*\()/, (ticked, inner: string) => (ROWS_SHOWN.test(inner) || ERROR_SHOWN.test(inner) || FAULT_SHOWN.test(inner) || COUNT_SHOWN.test(inner) ? inner : ticked));
  return { text: thing(line.replace(/[.;,:!]\s*$/, '')
    .replace(BESIDE, '').replace(GATED, (gated: string, figure: string) => (/^\W*(?:must|should)\b/i.test(said) ? figure : gated)).replace(/ (?:right now|at this point|by now|already)$/i, '').replace(/ (?:immediately |right |directly |shortly )?after (?:the )?(?:first )?(?:successful )?(?:cleanup|clean-up|verification|execution|migration|deployment|backfill|fix|update|deletion?|change|upgrade|run|import|seeding|setup)$/i, '').replace(/,? before (?:you )?(?:continu|proceed|moving|going)\w*(?: on)?$/i, '').replace(/(?<=\S) before \p{L}+ing(?: [\p{L}\d_ ]+)?$/iu, '').trim()), label, ...whole };
}
