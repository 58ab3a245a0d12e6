import { matchable, plainText } from './plain.js';

/** Cases in languages whose word for "if" means other things too. */
const ELSEWHERE = /^[^\p{L}]*(?:se (?:o|a|os|as|não|nao|algo|algum|alguma|houver|der|retornar|aparecer|você|precisar|qualcosa|il|la|lo|non|ci|falhar)(?![\p{L}\d])|如果|若|否则|否則|もし|만약|(?:jika|kalau|apabila|nếu|eğer|jeśli|jeżeli|если|pokud)(?![\p{L}]))/iu;

/** "**MySQL:**", "Oracle syntax": code for another database system, which is shown beside PostgreSQL's. */
const SYSTEMS = String.raw`mysql|mariadb|oracle(?: database)?|(?:ms ?)?sql ?server|mssql|t-sql|sqlite3?|mongodb|db2|snowflake|bigquery|redshift|clickhouse`;
export const ANY_OTHER_SYSTEM = new RegExp(SYSTEMS, 'i');
const OTHER_SYSTEM = new RegExp(String.raw`^\W*(?:(?:in|for|with|the) )?(?:${SYSTEMS})(?: [\d.x+]+)?(?: (?:syntax|version|equivalent|example|query|way|style|original|code|sql|schema))?(?: \([^()]*\))?\W*$`);

/** Whether a line only names another database system than PostgreSQL. */
export function isOtherSystem(text: string): boolean {
  return OTHER_SYSTEM.test(matchable(text));
}

/** "If we now try to insert a second one, we will get an error": what is tried here, and no case. */
const TRIED = /^\W*if (?:you|we|i) (?:now )?(?:try|attempt) [^,]{3,100}, (?:you|we|i|it|this|postgres(?:ql)?)(?:'ll| will| should| must) (?:now )?(?:get|see|receive|fail|be (?:denied|rejected|blocked|refused)|raise|throw)\b/i;

export const isTried = (text: string): boolean => TRIED.test(plainText(text));

/** A line that begins a case: "If you see …", "When …", "**If > 0**: …". */
export function isBranch(text: string): boolean {
  if (isTried(text)) return false;
  return /^[^\p{L}]*(?:if|when|in case|otherwise|fail(?:ed|s|ure)?(?=\s*[:：])|any other error|should (?:you|anything|something)|falls|wenn|si|andernfalls|sinon|pokud|jeśli|als (?:er|het|de|je|u|dit|dat))(?![\p{L}\d])/iu.test(plainText(text)) || ELSEWHERE.test(plainText(text));
}

const STATES: [RegExp, string[]][] = [
  [/\bcolumn\b/, ['42701']],
  [/\b(?:constraint|policy|trigger|type|role|extension|rule)\b/, ['42710']],
  [/\b(?:relation|table|index|view|sequence)\b/, ['42P07']],
  [/\bfunction\b/, ['42723']],
  [/\bschema\b/, ['42P06']],
  [/\bduplicate key\b/, ['23505']],
];
const ANY = ['42701', '42710', '42P07', '42723', '42P06'];

/**
 * SQLSTATEs that a line declares harmless ("if the error says the column already
 * exists: this is OK"); empty where it says no such thing. Codes as in appendix A
 * of the PostgreSQL manual.
 */
export function toleratedBy(text: string): string[] {
  const said = matchable(text);
  if (!/\balready (?:exists?|there|applied|ran|present)\b|\bduplicate key\b|\bduplicate_object\b/.test(said)) return [];
  if (!/\b(?:ok(?:ay)?|fine|safe(?:ly)?|ignore|harmless|normal|expected|no problem|not a problem|idempotent|skip(?:ped)?)\b/.test(said)) return [];
  if (/\b(?:not|never|isn't) (?:ok|fine|safe|ignore|normal|expected)\b|\bstop\b/.test(said)) return [];
  const codes = STATES.flatMap(([word, states]) => (word.test(said) ? states : []));
  return codes.length > 0 ? [...new Set(codes)] : /\berror\b|\balready exists\b/.test(said) ? ANY : [];
}

/** "This runs:" below a command: what it does inside. */
const EXPLAINS = /^\W*(?:(?:this|it|that|which|the (?:command|script|task)(?: above)?)(?: internally)? (?:runs|executes|calls|wraps|expands to|translates to|is (?:equivalent to|short for|the same as))|equivalent to|same as|under the hood|behind the scenes)\W*$/;
/** "If the test is successful, go on:": the way goes on where it went well. */
const WENT_WELL = /^\W*(?:if|when|once) (?:the )?(?:\w+ )?(?:tests?|dry[- ]?run|checks?|verification|validation|step(?: \d+)?|results?|counts?|preview|backup) (?:is |are |was |were |has |have )?(?:been )?(?:successful|success\b|succe\w+|pass(?:es|ed)?\b|ok\b|clean\b|correct\b|good\b|match(?:es)?\b|looks? (?:good|right|correct|fine)\b)/;

/** A label that makes what follows conditional: not part of the straight way. */
export function isConditional(text: string): boolean {
  const said = matchable(text);
  if (usesTool(said)) return false;
  if (/^\W*(?:if|in case|when) (?:all|everything|successful|no errors?|the above)\b/.test(said) || WENT_WELL.test(said)) return false;
  return /^\W*(?:if\b|fail(?:ed|s|ure)?\s*:|in case\b|only if\b|otherwise\b|optional(?:ly)?\b|alternative(?:ly)?\b|or,? (?:if|use|run|alternatively|(?:you can )?\w+ (?:it |them )?(?:by|via|with|using|through)\b)|to (?:undo|revert|reverse|roll ?back|restore|reset everything|start over)\b|should (?:you|it|anything|something|the \w+) (?:need|have|fail|break|go)\b|as a last resort\b|in an? emergency\b|emergency\b|not recommended\b|never (?:do|run|use)\b|(?:the )?(?:old|previous|wrong) (?:version|approach|way|code|sql)\b|(?:before|wrong|bad|incorrect|avoid|anti-?patterns?|correct|good|better)\W*$|e\.?g\.?\W|for reference\b|wenn\b|falls\b|si (?:l|v|n|q|t|e|h|a)|en cas\b|en caso\b|se (?:o|a|n)\b|alternativ(?:amente|ement)?\b|(?:par |por |zum )?(?:exemple|ejemplo|exemplo|beispiel)\W*$|(?:opcional|optionnel|facultatif)\b)/.test(said)
    || ELSEWHERE.test(said) || isOtherSystem(text) || EXPLAINS.test(said)
    || /\(optional\b[^)]*\)\W*$|\bexample\W*$|\bfor example\b|\bdo not run\b|\bdon't run\b/.test(said);
}

/** "If you have the CLI installed:": which tool is at hand, not whether something is to be done. */
function usesTool(said: string): boolean {
  return /^\W*if (?:you(?:'re| are)? )?(?:have (?:the )?[^:]{1,40}(?:cli|installed)|us(?:e|ing)\b|prefer\b|running\b)/.test(said);
}

/** Whether a case takes what follows it off the straight way. */
export function leavesTheWay(text: string): boolean {
  // "When the backup is done, go on:" tells when, not whether.
  if (/^\W*when (?:you(?:'re| are)? |the |this |that |it |all |everything )[\w ]{0,40}\b(?:ready|done|finish\w*|complet\w*|succe\w*|over|accessible|available|reachable|online|running|connected)\b/.test(matchable(text))) return false;
  return !usesTool(matchable(text)) && !WENT_WELL.test(matchable(text));
}

const EXAMPLE = /(?:^|[.!?]\s+)(?:the )?(?:following|next) examples? (?:show|demonstrate|illustrate|create|assume|use)s?\b[^.!?]*[.:]?\s*$|(?:^|[.!?]\s+)here is an example\b[^.!?]*[.:]?\s*$/i;

/** "Example query to verify:" is run all the same. */
export const TO_VERIFY = /^\W*(?:an? )?examples? (?:verification |check )?(?:quer(?:y|ies)|sql|statements?|commands?) (?:to|for) (?:verify|verifying|check|checking|confirm|validat\w+|verification)\W*$/i;

/** "Example:", "For example, for the north pier:": what stands below shows how the step above may look. */
export function isExampleLabel(label: string): boolean {
  if (TO_VERIFY.test(label)) return false;
  return /^\W*(?:for |an? |here is an? |usage )?examples?\b|\bexamples?\W*$|^\W*e\.?g\.?\W|^\W*(?:par |por |zum |ad |per )?(?:exemples?|ejemplos?|exemplos?|beispiele?|esempi[o]?|voorbeeld(?:en)?|przykład|пример|örnek)(?![\p{L}])|^\W*(?:例|示例|范例|範例)/u.test(matchable(label));
}

/** "The following example shows …", said last: what stands right below it is one. */
export function showsExample(text: string): boolean {
  return EXAMPLE.test(text.replace(/\n/g, ' '));
}

/** "If you want", in the languages guides are written in. */
const WISH = /^[^\p{L}]*(?:if you (?:also )?(?:want|would like|wish)|si (?:quieres?|deseas?|usted desea|prefieres?)|se (?:voc[êe] )?(?:quiser|desejar|preferir)|si (?:vous|tu) (?:voulez|veux|souhaite[zs]?|préfére[zs])|se (?:vuoi|desideri|preferisci)|(?:wenn|falls) (?:du|sie|ihr|man) (?:\p{L}+ )*(?:willst|wollen|wollt|will|möchtest|möchten|möchte|wünschen|wünscht)|als (?:je|u) (?:wilt?|wenst)|если (?:вы )?(?:хотите|нужно|хочешь)|jeśli chcesz|如果(?:你|您)?(?:想|希望|需要)|若(?:您)?(?:想|要)|(?:必要|希望)(?:な|する)(?:場合|なら)|eğer istersen|jika (?:anda |kamu )?ingin|nếu (?:bạn )?muốn)(?![\p{L}])/iu;

/** "If you want to keep the history, add this column." right above code: for who wants it. */
export function isWish(text: string): boolean {
  return WISH.test(text) && (!/[.!?]\s+\S/.test(text) || showsExample(text));
}

/** "Rollback if …", "When to roll back": what follows are triggers. */
export function isTriggerLabel(text: string): boolean {
  const said = matchable(text);
  if (/\bonly (?:if|when)\b|\bnecessary\b/.test(said)) return false;
  return /^\W*(?:(?:critical|important|warning|note)\W+)?(?:(?:immediate(?:ly)?|consider|automatic(?:ally)?|please|you (?:should|must)|perform (?:a )?)\W+)?(?:roll(?:ing)? ?-?back) (?:immediately )?(?:if|when)\b|\bwhen to (?:consider )?(?:a )?roll(?:ing)? ?-?back\b|^\W*immediate(?:ly)? roll ?-?back\b|\brollback (?:triggers?|criteria|conditions)\b/.test(said);
}
