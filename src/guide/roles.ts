import type { Role } from './guide.js';
import { matchable } from './plain.js';

/** Rolling back, in the languages guides are written in: such a section must never run on the way forward. */
const ROLLBACK =
  /\b(?:roll(?:ing|ed)?[ -]?backs?|revert(?:s|ing)?|undo(?:ing)?|back[ -]?outs?|un-?appl(?:y|ying)|down migrations?|downgrad(?:e|ing)|recovery|restor(?:e|ing) (?:from|the|your|a|database|db|original|previous|backup)|emergency (?:procedures?|plan|steps?|actions?)|abort(?:ing)?|backing out|uninstall(?:ing|ation)?|tear(?:ing)? ?down|reversal|revers(?:e|ing)(?! (?:proxy|proxies|look-?ups?|index\w*|geo\w*|order|engineer\w*|dns|etl))|remov(?:e|ing) (?:the |this |these |all )?(?:migrations?|changes|everything)|contingency(?: plans?)?|fall-?back (?:plans?|procedures?|strateg(?:y|ies)|steps?))\b|^fall-?backs?$|^restor(?:e|ing|ation)$|^emergency\b(?! (?:contacts?|alerts?|info\w*|numbers?))|ロールバック|元に戻|取り消し|回滚|回滾|回退|撤销|撤銷|回復|復元|还原|還原|롤백|되돌리|откат|отмена|r[uü]ckg[aä]ngig|zur[uü]ck(?:rollen|setzen)|r[uü]cksetzung|wiederherstell|retour arri[eè]re|annul(?:ation|er\b)|restauration|revertir|revers(?:i[oó]n|ão)|reverter|desfazer|deshacer|restaura(?:r\b|ci[oó]n|ção)|vuelta atr[aá]s|geri al|wycof|ripristin|terugdraai|återställ/u;
const LOG = /\b(?:migration|deployment|execution|change|release|run) (?:log|record|report)(?: template)?$|\b(?:log|report) template\b|^(?:log|record) template\b|^deployment log\b/;
/** What is told rather than done. */
const REFERENCE =
  /\btroubleshoot\w*|\bcommon (?:issues|problems|errors|pitfalls)\b|\bknown (?:issues|problems|limitations)\b|\bfaqs?\b|\bfrequently asked\b|\boverview\b|\bintroduction\b|\bbackground\b|\bsupport\b(?!\w* agent)|\bcontacts?\b|\b(?:security|performance|design|data migration|important|additional) (?:considerations?|notes?|best practices)\b|\bconsiderations?\b|\bbest practices\b|\breferences?\b|\bresources\b|\bfurther reading\b|\brelated (?:docs?|documents?|documentation|files)\b|\bwhat (?:it|they|this|these|the|each|gets?|changed|was|is|are|will|you|we|happens|to expect)\b|\bwhat'?s (?:new|changed|included|different|next)\b|\bwhat[ -]if\b|\bhow it works\b|\bwhy\b|^(?:\W*)if (?!all\b|everything\b)|\bin case of\b|\boptional\b|\bobjectives?$|\bgoals?$|\bpurpose$|\bscope$|\bglossary\b|\bappendi(?:x|ces)\b|\barchitecture\b|\bdirectory structure\b|\bfile structure\b|\bnaming conventions?\b|\bschema diagram\b|\bdata model\b|\bexplanations?\b|\bbefore (?:and|\/|vs\.?) after\b|^before(?: \(.*\))?:?$|\broot cause\b|\bproblem(?: statement| description)?s?$|\bimpact (?:analysis|assessment)\b|\brisks?(?: assessment| analysis)?$|\bfuture (?:work|improvements|enhancements|migrations)\b|\bcreating new migrations\b|\bnotification template\b|\bcommunication (?:plan|template)\b|\bemergency contacts?\b|\bexamples?\b(?! data)|\buseful (?:commands|queries)\b|\bcheat ?sheet\b|\bquick reference\b|^notes?$|^tips?$|\balternative(?:s|ly)?\b|\bdebug(?:ging)?\b|\bdo not run\b|\bpseudo-?code\b|\btodo later\b|\berrors?: |^error\b|\bexpected (?:results?|outputs?|errors?)$|^deprecated$|\(deprecated\)|^(?:old|previous|legacy|wrong) (?:approach|version|way|method|code|sql)$|^plan b\b|\bfailure (?:scenarios?|handling|modes?|cases?)\b|\bhandl(?:e|ing) (?:errors?|failures?|problems?)\b|\berror handling\b|^manual (?:fix|override|intervention)|\bnice[ -]to[ -]have\b|^(?:bonus|later|future|panic)\b|\b(?:sample|helpful|handy|useful|common) (?:queries|sql|commands|statements|snippets)\b|^(?:warnings?|caution|danger(?: zone)?)$|^reset$|\breset (?:the |your |local )?(?:database|db|everything|environment|all)\b|\bstart(?:ing)? over\b|\bwip(?:e|ing) (?:the |all )?(?:database|db|data|everything)\b|\b(?:dev(?:elopment)?|local(?:ly)?|testing) only\b|^dev(?:elopment)? reset\b|^(?:problem|issue|symptom)s?(?: #?\d+)?\s*:|\bif (?:\w+ ){0,3}(?:fail(?:s|ed|ure)?|goes wrong|go wrong|breaks?)\b|\bwhen (?:\w+ ){0,2}(?:goes wrong|go wrong|fails?)\b|\bdepannage\b|\bdépannage\b|\bfehlerbehebung\b|\bproblembehebung\b|häufige (?:probleme|fehler)|\bsolución de problemas\b|problemas (?:comunes|conocidos|comuns|conhecidos)|probl[eè]mes (?:courants|connus|fréquents)|^si [çc]a échoue|en cas d'(?:échec|erreur)|устранение|故障排除|故障排查|常见问题|常見問題|トラブルシューティング|よくある|문제 ?해결/u;
const SIGNOFF =
  /\bsign[ -]?offs?\b|\bsuccess (?:criteria|metrics|indicators|checklist)\b|\bacceptance criteria\b|\bdefinition of done\b|\bpost[ -]?(?:deploy(?:ment)?|migration) (?:checklist|sign|tasks|actions)\b|\bfinal checklist\b|\bcompletion (?:checklist|criteria)\b|\bchecklist summary\b|\bapprovals?\b|\bsummary checklist\b/;
const MONITOR = /\bmonitor(?:ing)?\b|\balerts?\b|\bmetrics\b|\bfirst (?:hour|day|week|month|24 hours|\d+ (?:minutes|hours|days))\b|\bobservability\b|überwachung|surveillance|监控|監視/u;
const PREPARE =
  /\bpre-?requisites?\b|\bpre[ -](?:\w+)\b|\bpreflight\b|\bpreparations?\b|\bprepare\b|\bbefore (?:you|starting|deploy\w*|migrat\w*|running|applying|the|begin\w*)\b|\bback[ -]?ups?\b|\bdependenc(?:y|ies)\b|\brequirements?\b|\breadiness\b|\bbaseline\b|\bvoraussetzungen\b|\bprérequis\b|\bprerrequisitos\b|\bpré-requisitos\b|前提|准备|準備/u;
const VERIFY =
  /\bverif(?:y|ies|ying|ication|ications|ied)\b|\bvalidat(?:e|es|ing|ion|ions)\b|\bpost[ -](?:deploy\w*|migration|install\w*|apply|upgrade|run|release|launch)\b|\btest(?:s|ing|ed)?\b|\bchecks?\b|\bconfirm(?:ation)?\b|\bsmoke\b|\bhealth\b|\bsanity\b|\bqa\b|überprüf\w*|verifizier\w*|\bvérifi\w*|\bverific\w*|验证|驗證|検証|確認/u;
const DEPLOY =
  /\bappl(?:y|ying|ies)\b|\bdeploy\w*|\bmigrat\w*|\bexecut\w*|\brun(?:ning)?\b|\binstall\w*|\bsteps? \d|\bsteps?$|\bprocedures?\b|\binstructions?\b|\bphase \d|\bcreat\w*|\badd(?:ing)?\b|\bimplement\w*|\bupdate\w*|\bfix(?:es)?\b|\bset ?up\b|\brollout\b|\brelease\b|\bquick start\b|\busage\b|\bhow to\b/;

const CONTEXTUAL = /\((?:[^)]*\b)?optional\b[^)]*\)|\boptional\b/;

/**
 * The role a title names, or null when it names none. Order matters: what is
 * never run wins over what is, "pre-" over "deployment", and "verify" over
 * "migration".
 */
export function roleOfTitle(title: string): Role | null {
  const text = stripNumber(matchable(title));
  if (text === '') return null;
  if (ROLLBACK.test(text) && !/\b(?:no|without) rollback\b/.test(text)) return 'rollback';
  if (LOG.test(text)) return 'log';
  if (SIGNOFF.test(text) && !CONTEXTUAL.test(text)) return 'signoff';
  if (REFERENCE.test(text)) return 'reference';
  if (PREPARE.test(text)) return 'prepare';
  if (MONITOR.test(text)) return 'monitor';
  if (VERIFY.test(text)) return 'verify';
  if (DEPLOY.test(text)) return 'deploy';
  return /\bchecklist\b/.test(text) ? 'prepare' : null;
}

/**
 * The role of a section inside another. What never runs stays so at any depth
 * (a rollback's own "Verification" is part of the rollback); the words of
 * deployment do not take a section out of a verification.
 */
export function inheritRole(parent: Role, own: Role | null): Role {
  if (own === null) return parent;
  if (parent === 'rollback') return 'rollback';
  if (parent === 'log') return 'log';
  if (parent === 'reference') return own === 'rollback' ? 'rollback' : 'reference';
  if (own === 'rollback' || own === 'log' || own === 'reference' || parent === 'deploy') return own;
  // "Verification" inside a pre-flight chapter is still before the deployment.
  return parent === 'verify' && (own === 'monitor' || own === 'signoff') ? own : parent;
}

/** Whether a title says that the section may be left out. */
export function isOptionalTitle(title: string): boolean {
  return CONTEXTUAL.test(matchable(title));
}

export function isSignOffTitle(title: string): boolean {
  return /\bsign[ -]?offs?\b|\bapprovals?\b/.test(matchable(title));
}

/** Runs on the way forward. */
export function isForward(role: Role): boolean {
  return role === 'prepare' || role === 'deploy' || role === 'verify' || role === 'monitor' || role === 'signoff';
}

/** "Step 3:", "2.1", "Phase 2 -": the number in front of a title, or null. */
export function leadingNumber(title: string): number | null {
  const match = /^\W*(?:(?:step|phase|part|stage|task|migration|schritt|étape|paso|etapa)\s+)?#?(\d{1,4})\b/u.exec(matchable(title));
  return match?.[1] === undefined ? null : Number(match[1]);
}

function stripNumber(text: string): string {
  return text.replace(/^[^\p{L}]*?(?=[\p{L}])/u, '').replace(/^(?:step|task|part) \d+(?:\.\d+)*\s*[:.)—–-]\s*(?=\S)/, 'step 1: ').trim();
}
