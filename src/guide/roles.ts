import type { Role } from './guide.js';
import { anyOfForms } from './sieve.js';
import { matchable } from './plain.js';
import { rememberKind } from './remember.js';
import { tellsOf } from './role-subjects.js';
import { CHANGES, CHECKLIST, CONTRAST, DEPLOY, LOG, MONITOR, NEXT, OPTIONAL, PREPARE, QUICK, REFERENCE, REFERENCE_AROUND, REFERENCE_ELSEWHERE, ROLLBACK, SIGNOFF, STEPS, STEP_NUMBER, TROUBLE, USAGE, VERIFY } from './role-words.js';

/**
 * The role a title names, or null when it names none. Order matters: what is
 * never run wins over what is, "pre-" over "deployment", and "verify" over
 * "migration".
 */
export const roleOfTitle = rememberKind(roleOf);

const saying = anyOfForms([ROLLBACK, LOG, SIGNOFF, OPTIONAL, REFERENCE, REFERENCE_AROUND, REFERENCE_ELSEWHERE, NEXT, PREPARE, MONITOR, VERIFY, DEPLOY, CHECKLIST]);

/** The same without what is remembered. */
export function roleOf(title: string): Role | null {
  // "DELETE (rollback by default)": how the step ends where nobody says otherwise.
  // An address is no word of it: "as crew@example.org".
  const text = stripNumber(withoutAddresses(matchable(title)).replace(/(?<=\S{3}) · (?:done|applied|shipped|deployed|open|pending|verified|wip|in progress)\b.*$/u, '')).replace(/\broll(?:ed)?[ -]?back[ -](?:by[ -]default|safe|first|protected)\b|(?:\+|\bwith|\band)(?: an?)? roll-?back notes?\b|\b(?:keep|have) (?:the |an? )?roll-?back (?:ready|at hand|handy)\b|\((?:all |it is |is |then |always )?rolled back\b[^()]*\)|(?<=\b(?:verify|check|confirm|test|validate|apply|run)\b.*)\((?:example|e\.g\.?)\s*:?[^()]*\)|(?<=\bcheck-?list\b.*)\(what [^()]*\)/gu, ' ');
  if (text === '') return null;
  // "1.3 `boats` vs `berths`": one of the steps, which looks at both.
  if (/\bvs\b/.test(text) && /^\W*\d+\.\d/.test(title)) return null;
  // An error that speaks of a rollback is one to look up, with its remedy below it.
  if (/^(?:error|issue|problem|symptom)s?(?: #?\d+)?\s*[:：]/u.test(text)) return 'reference';
  // "Error handling tests" are tests.
  if (/^(?:\p{L}+ )?(?:error|failure|exception|fault|edge case)s?(?: (?:handling|recovery|conditions?|paths?|cases?|scenarios?))? (?:tests?|test cases|testing|check(?:s|ing)?)\W*$/u.test(text)) return 'verify';
  const says = saying(text);
  if (says(ROLLBACK) && !/\b(?:no|without) rollback\b/.test(text)) return 'rollback';
  if (says(LOG)) return 'log';
  if (says(SIGNOFF) && !says(OPTIONAL)) return 'signoff';
  if (tellsOf(text) || [REFERENCE, REFERENCE_AROUND, REFERENCE_ELSEWHERE, OPTIONAL, NEXT].some(says)) return 'reference';
  // "Step 3: If errors persist" is counted among the steps, and none where all is well.
  if (TROUBLE.test(behindNumber(title))) return 'reference';
  const placed = text.replace(EARLIER, ' ');
  const saysNow = placed === text ? says : saying(placed);
  if (saysNow(PREPARE)) return 'prepare';
  if (saysNow(MONITOR)) return 'monitor';
  if (saysNow(VERIFY)) return 'verify';
  if (saysNow(DEPLOY)) return 'deploy';
  return says(CHECKLIST) ? 'prepare' : null;
}

/** "Count is back to the pre-launch baseline", "Snapshot for post-migration comparison": another time that is only spoken of. */
const EARLIER = /(?<!\b(?:start|begin|proceed|continue|go on)(?:s|ing)? )\b(?:(?:to|with|from|against|as|than|equals?|match(?:es|ing)?) (?:(?:the|its|their|our|your|an?) )?(?:(?:pre|post)[ -]\w[\w-]*(?: baselines?)?|baselines?)|for (?:the |a |later )?post[ -]\w[\w-]* (?:comparisons?|diffs?|checks?|verification|validation))(?![\w-])/gu;

/**
 * The role of a section inside another. What never runs stays so at any depth
 * (a rollback's own "Verification" is part of the rollback); the words of
 * deployment do not take a section out of a verification.
 */
export function inheritRole(parent: Role, own: Role | null, saysBefore = false): Role {
  if (own === null) return parent;
  if (parent === 'rollback') return 'rollback';
  if (parent === 'log') return 'log';
  if (parent === 'reference') return own === 'rollback' ? 'rollback' : 'reference';
  if (own === 'rollback' || own === 'log' || own === 'reference' || parent === 'deploy') return own;
  // "Validation" with a part that is done before, and another behind.
  if (parent === 'verify' && own === 'prepare' && saysBefore) return own;
  // "Verification" inside a pre-flight chapter is still before the deployment.
  return parent === 'verify' && (own === 'monitor' || own === 'signoff') ? own : parent;
}

/** "Pre-flight", "before the migration": before the work itself, rather than before a test of it. */
export function isBeforeWork(title: string): boolean {
  const text = stripNumber(matchable(title)).replace(EARLIER, ' ');
  return /\bpre-? ?flight\b|\bpre[ -](?:migration|deploy\w*|upgrade|cut-?over|release|rollout|install\w*)\b|\bbefore (?:you |the |this |any |each |running (?:the |this )?|applying (?:the |this )?)*(?:restor\w+|import\w*|go-?live|switch(?:ing|-?over)?|releas\w+|migrat\w+|deploy\w*|upgrad\w+|cut-?over|roll-?out|appl(?:y|ying))\b/u.test(text) && !/\b(?:and|vs\.?|or) (?:after|post)|\bpost[ -]/u.test(text);
}

/** A checklist that no word before it places: one at the end asks for what was done. */
export function isLooseChecklist(title: string): boolean {
  const text = stripNumber(matchable(title));
  return CHECKLIST.test(text) && !PREPARE.test(text) && !VERIFY.test(text);
}

/** "If it runs already": a case that is none of something gone wrong. */
export function isCaseTitle(title: string): boolean {
  const text = stripNumber(matchable(title));
  return /^(?:only )?(?:if|when|in case|falls|wenn|si|se|als|jeśli|jeżeli|если|eğer|pokud|jika|nếu|如果|若|もし|만약)(?![\p{L}])/u.test(text) && !TROUBLE.test(text) && !FAILED.test(text);
}

/** Words of what went wrong. */
const FAILED = /\b(?:fail\w*|errors?|wrong|problems?|issues?|broken|breaks?|stuck|lost|slow|crash\w*|roll\w*|revert\w*|emergency|blocked|corrupt\w*|missing)\b|\bn[o']t work/u;

/** "Migration #6: Input validation": one of the migrations, which is about a validation and none itself. */
export function isCountedMigration(title: string): boolean {
  return /^migration #?\d+\s*[:.)–—-]\s*(?!(?:post\b|verif|validat(?:e|ing)\b|test(?:s|ing)?\b|check|confirm|smoke|health|qa\b))\p{L}/u.test(withoutNumber(matchable(title)));
}

/** "Create migration log": what is done with a log, rather than one to fill. */
export function handlesLog(title: string): boolean {
  return /^(?:step 1: )?(?:(?:creat|updat|renam|migrat|secur)(?:e|ing)|(?:add|insert|check|query|review|view|show|list|inspect|read|test)(?:ing)?|verify(?:ing)?|drop(?:ping)?)\b/u.test(stripNumber(matchable(title)));
}

/** Urgency alone: "Emergency: boats cannot be read" says nothing of a way back, "Emergency rollback" does. */
export function isOnlyUrgent(title: string): boolean {
  return roleOfTitle(title) === 'rollback' && roleOfTitle(matchable(title).replace(/\bemergenc(?:y|ies)\b/gu, ' ')) !== 'rollback';
}

/** "Deployment and rollback": the way there and back in one. */
export function isThereAndBack(title: string): boolean {
  return /\b(?:deploy\w*|migrat\w*|appl(?:y|ying|ication)|install\w*|upgrad\w*|set-?up|rollout|release|implementation|verif\w*|test\w*|operations?) ?(?:and|&|\/|\+|,|with|plus) ?(?:the )?(?:roll-?backs?|revert(?:ing)?|undo|recovery|restore|reversal|back-?out)\b/u.test(matchable(title));
}

/** "Migration 031 (with rollback)", "Add undo history": a title of work that only speaks of a way back. */
export function onlySpeaksOfBack(title: string): boolean {
  const text = stripNumber(matchable(title));
  return /^(?:add|create|introduce|implement|build|enable|install)\b/u.test(text) || /^(?!.*\b(?:roll\w*[ -]?backs?|revert\w*|undo\w*|back[ -]?out)\b.*\().*\((?:(?:now )?(?:with|incl\w*|plus|and|has)) (?:an? |the )?(?:\w+ )?(?:roll-?backs?|undo|revert\w*|back-?out)[^()]*\)/u.test(text);
}

/** "Backups", "Readiness": prepared before, or looked at behind the work; nothing in the title says when. */
export function isLookedAtAnytime(title: string): boolean {
  const text = stripNumber(matchable(title));
  return /\b(?:back-?ups?|readiness)\b/u.test(text) && !/\bback-?up (?:the |your |our |current |existing |all |production |live )*(?:database|db|data|tables?|schema|everything)\b/u.test(text) && !/\b(?:pre|before|prior|first|prepar\w*|prerequisites?|take|taking|create|creating|make|dump|full|baseline)\b/u.test(text);
}

/** "Next steps": told, unless there are boxes to tick. */
export function isNextTitle(title: string): boolean {
  return NEXT.test(stripNumber(matchable(title)));
}

/** "Expected results" of the whole: goals, where they stand behind the steps. */
export function isOutcomeTitle(title: string): boolean {
  return /^expected (?:(?:final|end|resulting|database) )*(?:results?|outcomes?|outputs?|schemas?|(?:table )?structure|state|tables|columns|polic(?:y|ies))\W*$|^erwartete[rs]? (?:daten|ergebnis(?:se)?|struktur|tabellen|ausgaben?)(?: nach (?:der )?migration)?\W*$|^(?:resultados?|estructura|esquema|estrutura|tablas|tabelas|datos|dados) (?:final(?:es)? )?esperad[oa]s?\W*$|^(?:résultats?|structure|schéma|tables) attendu\p{L}*\W*$|^(?:预期|期望|預期)(?:的)?(?:结果|結果|结构|結構|输出|輸出)$/u.test(stripNumber(matchable(title)).trim());
}

/** "Expected results" behind any words: what came out, or where one looks for it. */
export function isExpectedTitle(title: string): boolean {
  return /\bexpected (?:final |end )?(?:results?|outcomes?|outputs?)$/.test(stripNumber(matchable(title)).trim());
}

/** "Before (broken)" or "After": one half of a comparison, where the other stands beside it. */
export function isContrastTitle(title: string): boolean {
  return CONTRAST.test(stripNumber(matchable(title)));
}

/** "Step 2: Check for common issues": looks whether there are any. */
export function isCheckTitle(title: string): boolean {
  return /^(?:check(?:ing|s)?|look(?:ing)?|scan(?:ning)?|test(?:ing|s)?) for\b|^(?:comprobar|verificar|buscar|vérifier|rechercher|prüfen auf|suche nach|проверка на|поиск) /u.test(withoutNumber(matchable(title)).replace(STEP_NUMBER, ''));
}

/** "Step 3: …", in the languages guides are written in; a phase or a part is a chapter. */
export function isStepTitle(title: string): boolean {
  const text = matchable(title);
  return STEP_NUMBER.test(text) && !/^(?:task|part|phase|fase)/.test(text);
}

/** "Usage": what is done with what was built. */
export function isUsageTitle(title: string): boolean {
  return USAGE.test(stripNumber(matchable(title)));
}

/** "Quick commands": what the steps before it run. */
export function isQuickTitle(title: string): boolean {
  return QUICK.test(stripNumber(matchable(title)));
}

/** "Database changes": what the steps of a later chapter do. */
export function isChangesTitle(title: string): boolean {
  return CHANGES.test(stripNumber(matchable(title)));
}

/** "Migration steps", "How to apply": the chapter that is done. */
export function isStepsTitle(title: string): boolean {
  return STEPS.test(stripNumber(matchable(title)));
}

/** "Maintenance plan", "维护计划": what is done again and again once all is done. */
export function isMaintenanceTitle(title: string): boolean {
  return /\bmaintenance\b|维护|維護|保守|メンテナンス/u.test(matchable(title));
}

const RESTORE = /\b(?:restor(?:e|es|ing|ation)|recover(?:y|ing)?|restaurar|restaura(?:ción|ção|tion)|ripristino|wiederherstell\w*)\b|復元|恢复|восстановл/u;

/** Whether a title speaks of restoring, and of no other way back. */
export function isRestoreTitle(title: string): boolean {
  const text = matchable(title);
  return RESTORE.test(text) && !/\broll(?:ing)?[ -]?backs?\b|\b(?:revert|undo|down)\b/u.test(text) && roleOfTitle(title) !== 'reference';
}

/** "Database restore drill": a document whose work it is to restore something, rather than to take a change back. */
export function restores(title: string): boolean {
  return isRestoreTitle(title) && !/\b(?:migrat\w*|deploy\w*|upgrad\w*|rollout|release|emergency|password|account)\b/u.test(matchable(title)) && /\b(?:drill|test|runbook|procedure|guide|exercise|playbook|rehearsal|process|steps|backups?)\b|^restor/u.test(matchable(title));
}

/** Whether a title says that the section may be left out. */
export function isOptionalTitle(title: string): boolean {
  return OPTIONAL.test(matchable(title));
}

/** A remark that a part may be left out, or a label that says so; "Optional enhancements" is none. */
const LEAVABLE = /\s*[([](?:(?:this )?(?:step|part|section) (?:is )?)?(?:optional|opcional|optionnel(?:le)?|facultati[fv]\w*|facoltativ[oa]|opzionale|opcjonaln\p{L}*|optioneel|valgfri\p{L}*|valfri\p{L}*|isteğe bağlı|tùy chọn|по желанию|опциональн\p{L}*|选用|選用|可选|可選|任意|선택 ?사항|(?:only )?(?:if|when|as|where) (?:[\w' ]{1,20} )?(?:needed|necessary|required|applicable)|if (?:it is |they are |it's )?(?:not (?:already |yet )?(?:set|done|configured)|missing))(?:[ ,;:–—-][^()[\]]*)?[)\]]|(?<=^(?:(?:step|phase|part|stage|task) ?)?[\d.]*\s*[:.)–—-]?\s*)optional\s*[:–—-]\s*(?=\S)|\s+[–—-]\s+optional\W*$/u;

/** What a title says without its remark "(optional)", where that leaves something that is done; else null. */
export function withoutOptional(title: string): string | null {
  const text = withoutNumber(matchable(title));
  const left = text.replace(LEAVABLE, '').trim();
  if (left === text || !/\p{L}{2}/u.test(left.replace(/^(?:step|task|part|phase|option) ?\d*/, '')) || isOptionalTitle(left)) return null;
  const role = roleOfTitle(left);
  return role === null || isForward(role) ? left : null;
}

export function isSignOffTitle(title: string): boolean {
  const text = stripNumber(matchable(title));
  return /\bsign[ -]?offs?\b/.test(text) || (/\bapprovals?\b/.test(text) && SIGNOFF.test(text));
}

function withoutAddresses(text: string): string {
  return text.includes('@') || text.includes('example.') ? text.replace(/\S+@[\w.-]+|\b(?:[\w-]+\.)*example\.(?:com|org|net|test)\b/gu, ' ') : text;
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
  return withoutNumber(text).replace(/^(?:step|task|part) \d+(?:\.\d+)*\s*[:.)—–-]\s*(?=\S)/, 'step 1: ').trim();
}

/** What stands behind "Step 3:"; empty for a title that has no such number. */
function behindNumber(title: string): string {
  const text = withoutNumber(matchable(title));
  return STEP_NUMBER.test(text) ? text.replace(STEP_NUMBER, '') : '';
}

function withoutNumber(text: string): string {
  return text.replace(/^[^\p{L}]*?(?=[\p{L}])/u, '');
}
