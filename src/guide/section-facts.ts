import { cellFences } from './cell-table.js';
import { followUpOf, laterOf, type FollowUp } from './follow-up.js';
import { matchable, plainText } from './plain.js';
import { handlesLog, inheritRole, isBeforeWork, isCaseTitle, isChangesTitle, isCheckTitle, isContrastTitle, isCountedMigration, isExpectedTitle, isForward, isLookedAtAnytime, isLooseChecklist, isNextTitle, isOnlyUrgent, isOptionalTitle, isOutcomeTitle, isQuickTitle, isRestoreTitle, isStepsTitle, isThereAndBack, isUsageTitle, leadingNumber, onlySpeaksOfBack, restores, roleOfTitle, withoutOptional } from './roles.js';
import type { Role } from './guide.js';
import { isOneOfOptions, isOption } from './options.js';
import { boxesUnder, holdsBoxes, listsTruths } from './section-boxes.js';
import { walkSections, type Section } from './section.js';
import { isBookOfSymptoms, isSymptom } from './symptoms.js';
import { buildsOrApplies, headsTheSteps, holdsSql, isOnlyWork, isWorkedAfter, looksForResults, makesThings, onlyReads, showsWhatRan, takesAway, tellsWhatWasMade } from './section-code.js';

/** "Utility functions" over calls of them. */
const CALLED = /^\W*(?:utility|helper|convenience) (?:functions|procedures)\W*$/u;

const TOLD_BEFORE = /\b(?:schema|data model|what (?:was |has |is )?changed)\b/u;

/** A title that counts what it heads: "Step 4", "2.", "Test 3". */
const NUMBERED = /^\W*(?:\p{L}+\.? )?#?\d|^\W*(?:步驟|步骤|ステップ)/u;

/** What a section's titles say of what stands in it. */
export interface SectionFacts {
  role: Role;
  optional: boolean;
  /** A remark of its title says "(optional)": its steps are asked for, rather than left out. */
  asked: boolean;
  /** The role its boxes are ticked in, where the section itself may be left out: null where they never are. */
  boxes: Role | null;
  followUp: FollowUp | null;
  /** Headings from the top, without the document's title. */
  path: string[];
}

/** Reads the facts of every section; `given` holds roles written as attributes, which win over titles. */
export function readSectionFacts(root: Section, given: Map<Section, Role>, severalTops = false): Map<Section, SectionFacts> {
  const facts = new Map<Section, SectionFacts>();
  const book = isBookOfSymptoms(root);
  let restoring = false;
  let worked = false;
  const read = (section: Section, parent: SectionFacts) => {
    const isTitle = section.depth === 1 && !severalTops;
    if (isTitle) restoring = restores(section.title);
    const said = isTitle ? roleOfDocument(section) : isOption(section) ? rollbackOnly(section.title) : (roleInPlace(section, facts, worked) ?? (section.depth > 0 && (book || isSymptom(section)) ? 'reference' : null));
    // What a drill of restoring restores is its own work.
    // "Step 4: More piers (optional)" is a step all the same, and asked for; a section that is only called optional stays aside.
    // A counted step that may be left out, or a verification that only looks.
    const left = said === 'reference' && isForward(parent.role) && !isOption(section) && !takesAway(section) ? withoutOptional(section.title) : null;
    const without = left !== null && (NUMBERED.test(section.title) || (roleOfTitle(left) === 'verify' && onlyReads(section))) ? left : null;
    const placed = without === null ? said : roleOfTitle(without);
    const titled = restoring && placed === 'rollback' && isRestoreTitle(section.title) ? (isTitle ? null : 'deploy') : placed;
    const role = given.get(section) ?? inheritRole(parent.role, titled, isBeforeWork(section.title));
    const own: SectionFacts = {
      role,
      boxes: isForward(role) ? role : role === 'reference' ? placedBoxes(section, titled, parent, facts) : null,
      // "(if needed)" behind one of several ways tells when to choose it.
      optional: parent.optional || isOptionalTitle(isOneOfOptions(section) ? section.title.replace(/\([^()]*\)/g, '') : section.title),
      asked: without !== null || (parent.asked && !isOptionalTitle(section.title)),
      // "Week 1: Tables" is a chapter of the plan; only what is looked at is looked at later.
      followUp: (role === 'deploy' || role === 'prepare' ? laterOf(section.title) : followUpOf(section.title)) ?? parent.followUp,
      path: section.depth === 0 || isTitle ? parent.path : [...parent.path, section.title],
    };
    facts.set(section, own);
    worked ||= role === 'deploy' && holdsSql(section.blocks);
    for (const child of section.children) read(child, own);
  };
  read(root, { role: 'deploy', optional: false, asked: false, boxes: 'deploy', followUp: null, path: [] });
  return facts;
}

/**
 * The role of a title where its section stands: what it holds and what stands beside it
 * decide where the words alone do not. `worked` once a step of the work stands before it.
 */
function roleInPlace(section: Section, facts: Map<Section, SectionFacts>, worked: boolean): Role | null {
  const titled = roleOfTitle(section.title);
  if (titled !== 'rollback' && (startsOver(section) || isForTrouble(section))) return 'reference';
  const siblings = section.parent?.children ?? [];
  if (titled === 'reference' && isNextTitle(section.title) && holdsBoxes(section.blocks)) return 'signoff';
  if (titled === 'reference' && isNeededFix(section)) return 'deploy';
  if (titled === 'reference' && (isOnlyWork(section) || headsTheSteps(section))) return 'deploy';
  if (titled === 'reference' && listsTruths(section) && !holdsFence(section)) return 'verify';
  if (titled === 'reference' && isExpectedTitle(section.title) && looksForResults(section)) return 'verify';
  if (isContrastTitle(section.title) && siblings.some((one) => one !== section && isContrastTitle(one.title)) && !holdsBoxes(section.blocks)) return 'reference';
  // Before the chapter of steps it tells what they do; behind it, and not counted among them, what they have done.
  if (isChangesTitle(section.title) && siblings.some((one, at) => one !== section && isStepsTitle(one.title) && (at > siblings.indexOf(section) || leadingNumber(section.title) === null))) return 'reference';
  // "Triggers & functions" behind an overview of the schema, or "New policies" behind what changed, goes on with it.
  const before = isChangesTitle(section.title) ? siblings[siblings.indexOf(section) - 1] : undefined;
  if (before !== undefined && leadingNumber(section.title) === null && facts.get(before)?.role === 'reference' && TOLD_BEFORE.test(matchable(before.title))) return 'reference';
  // "Check for common issues" in a verification looks whether there are any, and so does each part of it.
  const looking = titled === 'reference' ? lookingIn(section, facts) : null;
  if (looking !== null) return looking === section ? 'verify' : null;
  // What is built is at hand from then on: calls of it show how.
  if (CALLED.test(matchable(section.title)) && !buildsOrApplies(section) && !looksForResults(section)) return 'reference';
  if (worked && (isQuickTitle(section.title) || (isUsageTitle(section.title) && !buildsOrApplies(section)))) return 'reference';
  if (isOutcomeTitle(section.title) && listsGoals(section) && siblings.slice(0, siblings.indexOf(section)).some((one) => isForward(facts.get(one)?.role ?? 'reference') && holdsFence(one))) return 'signoff';
  if (titled === 'rollback' && takesUpAgain(section)) return 'deploy';
  // "Restore the snapshot to a temp instance", before the work: to try it there.
  if (titled === 'rollback' && facts.get(section.parent ?? section)?.role === 'prepare' && TO_ANOTHER.test(matchable(section.title))) return 'prepare';
  if (titled === 'verify' && isCountedMigration(section.title)) return 'deploy';
  if (titled === 'log' && handlesLog(section.title) && holdsSql(section.blocks)) return facts.get(section.parent ?? section)?.role === 'verify' || onlyReads(section) ? 'verify' : 'deploy';
  // "Part 4: edge cases & error handling" over "Test 4.1", "Test 4.2".
  if (titled === 'reference' && NUMBERED.test(section.title) && section.children.length > 1 && section.children.every((child) => /^\W*test(?: case)? #?\d/.test(matchable(child.title)))) return 'verify';
  if (titled === 'reference' && (isNumberedTest(section, facts) || triesErrors(section, facts) || isTestAmongTests(section))) return 'verify';
  if (titled === 'prepare' && worked && isLookedAtAnytime(section.title) && (startsAfter(section) || (onlyReads(section) && !isWorkedAfter(section)))) return 'verify';
  // "Production readiness checklist" behind the work: ticked last.
  if (titled === 'prepare' && isLookedAtAnytime(section.title) && !holdsFence(section) && holdsSteps(section) && (worked || siblings.slice(0, siblings.indexOf(section)).some((one) => facts.get(one)?.role === 'deploy' && holdsSteps(one))) && !isWorkedAfter(section)) return 'signoff';
  if (titled === 'deploy' && startsBefore(section)) return 'prepare';
  if (titled === 'signoff' && signsBefore(section)) return 'prepare';
  // "Part 4: Alert table", counted among the parts that build, is one of them.
  if (titled === 'monitor' && NUMBERED.test(section.title) && !/\bmonitor|\breview\b/i.test(section.title) && makesThings(section) && [section.parent, ...siblings.slice(0, siblings.indexOf(section))].some((one) => one && NUMBERED.test(one.title) && facts.get(one)?.role === 'deploy')) return 'deploy';
  // "Before", "during", "after" in one checklist: each part stands where it says.
  if (isLooseChecklist(section.title) && section.children.some((child) => ['verify', 'signoff'].includes(roleOfTitle(child.title) ?? '')) && section.children.some((child) => roleOfTitle(child.title) === 'prepare')) return 'deploy';
  // A checklist after the verification or the rollback is the last one, whatever it is called.
  if ((titled === 'prepare' || titled === 'deploy') && isLooseChecklist(section.title) && !startsBefore(section) && [...walkSections(section)].some((one) => holdsBoxes(one.blocks))) {
    const before = siblings.slice(0, siblings.indexOf(section)).map((one) => facts.get(one)?.role);
    if (before.includes('verify') || before.includes('monitor') || (before.includes('deploy') && before.includes('rollback'))) return 'signoff';
    // Behind the work, and before what looks at it at most.
    if (worked && before.includes('deploy')) {
      const behind = siblings.slice(siblings.indexOf(section) + 1).filter(holdsFence).map((one) => roleOfTitle(one.title) ?? 'deploy');
      if (!behind.some((role) => role === 'deploy' || role === 'prepare')) return behind.some(isForward) ? 'deploy' : 'signoff';
    }
  }
  if (titled !== 'rollback' && !holdsBoxes(section.blocks) && tellsWhatWasMade(section)) return 'reference';
  if (titled === null && leadingNumber(section.title) === null && showsWhatRan(section)) return 'reference';
  if ((titled === null || titled === 'deploy') && isScenarioAmongTests(section)) return 'verify';
  return titled ?? roleBehind(section, facts);
}

const COUNTED_TEST = /^\W*\d+[.)]?\s*(?:test|verify|check)\b/i;

/** "9. Test error handling" beside "8. Test the limits": one of the tests, each of which is counted. */
function isTestAmongTests({ title, parent }: Section): boolean {
  return COUNTED_TEST.test(plainText(title)) && /\berror handling\b/i.test(title) && (parent?.children ?? []).filter((one) => one.title !== title && COUNTED_TEST.test(plainText(one.title))).length > 1;
}

const SCENARIO = /^(?:test )?scenario #?\d+\b/;

/** "Scenario 2: Time trigger" beside "Scenario 1: Schema verification": each of them tries what was made, in their order. */
function isScenarioAmongTests({ title, parent }: Section): boolean {
  return SCENARIO.test(matchable(title)) && parent?.children.some((one) => SCENARIO.test(matchable(one.title)) && roleOfTitle(one.title) === 'verify') === true;
}

/** "Problem 1: the column is missing" in a chapter of required fixes, or in a guide that resolves issues: one of them. */
function isNeededFix({ title, parent }: Section): boolean {
  return parent !== null && /^\W*(?:problem|issue|error|warning|finding|vulnerability) ?#?\d+\b/.test(matchable(title)) && /\b(?:required|necessary|needed|mandatory|critical) (?:\w+ )?fixes\b|\bfixes (?:required|needed)\b|\bto fix\W*$|\bissues? resolution\b|\bremediation\b|\b(?:security|database) fix(?:es)?\b/.test(matchable(parent.title));
}

/** A chapter that only looks or is only ticked, and whose title does not say when: behind what looks at the outcome, it stays there. */
function roleBehind(section: Section, facts: Map<Section, SectionFacts>): Role | null {
  if (section.depth === 0 || !(onlyReads(section) || (!holdsFence(section) && holdsSteps(section)))) return null;
  const role = roleBefore(section, facts);
  return role !== null && isLate(role) && !isWorkedAfter(section) ? role : null;
}

/** Boxes of a case stay behind what looks at the outcome as well. */
function placedBoxes(section: Section, titled: Role | null, parent: SectionFacts, facts: Map<Section, SectionFacts>): Role | null {
  const boxes = boxesUnder(section, titled, parent);
  const before = boxes === 'deploy' && isCaseTitle(section.title) ? roleBefore(section, facts) : null;
  return before !== null && isLate(before) ? before : boxes;
}

/** The role of the nearest chapter before this one that holds steps on the way. */
function roleBefore(section: Section, facts: Map<Section, SectionFacts>): Role | null {
  const siblings = section.parent?.children ?? [];
  for (let at = siblings.indexOf(section) - 1; at >= 0; at -= 1) {
    const before = siblings[at];
    const role = before && facts.get(before)?.role;
    if (before && role && isForward(role) && holdsSteps(before)) return role;
  }
  return null;
}

const isLate = (role: Role): boolean => role === 'verify' || role === 'monitor' || role === 'signoff';

/** The section of a verification, this one or one above, that looks for what may be wrong and mends nothing; else null. */
function lookingIn(section: Section, facts: Map<Section, SectionFacts>): Section | null {
  for (let at: Section | null = section; at?.parent; at = at.parent) {
    if (facts.get(at.parent)?.role === 'verify' && isCheckTitle(at.title) && roleOfTitle(at.title) === 'reference') return onlyReads(at) ? at : null;
  }
  return null;
}

const PAUSES = /^(?:pause|disable|stop|suspend|detach|drain|unschedule|turn off) (?:the )?(.+)$/;
const TAKES_UP = /^restor(?:e|ing) (?:the )?(.+)$/;

/** "5. Restore the job" after "1. Pause the job": a step of the procedure, which leaves nothing paused. */
function takesUpAgain(section: Section): boolean {
  const plain = (title: string): string => matchable(title).replace(/^(?:step )?\d+[.):]? */, '');
  const what = TAKES_UP.exec(plain(section.title))?.[1];
  const siblings = section.parent?.children ?? [];
  return what !== undefined && siblings.slice(0, siblings.indexOf(section)).some((one) => PAUSES.exec(plain(one.title))?.[1] === what);
}

/** Whether a section only lists what is to be so, and each part of it does: no code, no table. */
function listsGoals(section: Section): boolean {
  return section.children.length > 0 ? section.children.every(listsGoals) && (section.blocks.length === 0 || holdsGoals(section, true)) : holdsGoals(section);
}

function holdsGoals({ blocks }: Section, told = false): boolean {
  return (told || blocks.some((block) => block.kind === 'list' || (block.kind === 'paragraph' && /^\s*[✅☑✔]/u.test(block.text)))) && blocks.every((block) => block.kind === 'paragraph' || block.kind === 'rule' || block.kind === 'html' || (block.kind === 'list' && block.items.every((item) => item.children.every((child) => child.kind !== 'fence'))));
}

function holdsSteps(section: Section): boolean {
  return holdsFence(section) || [...walkSections(section)].some((one) => holdsBoxes(one.blocks));
}

function holdsFence(section: Section): boolean {
  return [...walkSections(section)].some((one) => cellFences(one.blocks).length > 0 || one.blocks.some((block) => block.kind === 'fence' || (block.kind === 'list' && block.items.some((item) => item.children.some((child) => child.kind === 'fence')))));
}

/** "Migration checklist", then "Before running it in production:". */
function startsBefore(section: Section): boolean {
  const [first] = section.blocks;
  return /\bcheck-?list/i.test(section.title) && first?.kind === 'paragraph' && /^\W*(?:before|avant|antes|prima|vor|voor|przed|перед|trước|sebelum|之前|執行前|执行前)(?![\p{L}])/iu.test(first.text);
}

const TO_ANOTHER = /\brestor\w*\b.*\b(?:to|into|on|in|as) (?:an? |the )?(?:temp\w*|test|scratch|throw-?away|separate|staging|second|clone\w*|different|sandbox) (?:[\w-]+ )?(?:instance|database|db|server|cluster|environment|project|container|host|copy)\b/;

/** "Before applying the migration, obtain sign-off from:", first said. */
function signsBefore({ blocks: [first] }: Section): boolean {
  return first?.kind === 'paragraph' && /^\W*before (?:applying|running|deploying|executing|starting|migrating|any |the (?:migration|deployment|upgrade|run)|you (?:apply|run|deploy|start|begin))\b/i.test(first.text);
}

/** "Right after the switch:", first said: what stands below is not done before. */
function startsAfter({ blocks: [first] }: Section): boolean {
  return first?.kind === 'paragraph' && /^\W*(?:(?:right|immediately|directly|shortly|soon|once|done|do this(?: once)?) )*after (?:the |this |a |your )?(?:cut-?over|switch\w*|migrat\w*|deploy\w*|upgrad\w*|releas\w*|roll-?out|import|go-?live|launch)/i.test(first.text);
}

/** "If you want to completely reset your database:", first said: for who wants it, whatever the title. */
function startsOver({ blocks: [first] }: Section): boolean {
  return first?.kind === 'paragraph' && /^\W*(?:(?:if|when|in case) you(?: ever)? (?:want|need|have|would like|wish|prefer|decide) )?to (?:completely |fully |just |totally )?(?:reset|start (?:over|from scratch|afresh|again|all over)|wipe|(?:drop|delete|remove|clear|erase|destroy) (?:everything|(?:all|the entire|the whole)\b))/i.test(first.text);
}

/** "If things aren't working, look into the database:", all that is said above its parts: they are for that case. */
function isForTrouble({ blocks, children }: Section): boolean {
  const [first, ...more] = blocks.filter((block) => block.kind !== 'rule');
  return children.length > 0 && more.length === 0 && first?.kind === 'paragraph'
    && /^\W*if (?:(?:any|some|no)?things?|it|this|that)(?: still)? (?:(?:is|are|does|do|was|were|has|have)(?:n['’]?t| not)|goes wrong|go wrong|fails?|breaks?|still)\b[^.!?\n]*[.:]\W*$/i.test(plainText(first.text));
}

/** "Error handling" with boxes in a chapter of tests: what is tried there as well. */
function triesErrors(section: Section, facts: Map<Section, SectionFacts>): boolean {
  return section.parent !== null && facts.get(section.parent)?.role === 'verify' && /^\W*(?:\d+[.)]\s*)?(?:errors?|error handling|edge cases?|negative cases?)\W*$/.test(matchable(section.title)) && holdsBoxes(section.blocks) && !holdsFence(section);
}

/** "Test 7: Incident response query" in a verification: counted among its tests, and it only looks. */
function isNumberedTest(section: Section, facts: Map<Section, SectionFacts>): boolean {
  return section.parent !== null && facts.get(section.parent)?.role === 'verify' && /^(?:test|check|query|verification) #?\d+\b/.test(matchable(section.title))
    && !/\b(?:troubleshoot\w*|debug\w*|optional|if|when|in case|examples?|alternatives?|fail\w*|do not)\b/.test(matchable(section.title)) && onlyReads(section);
}

/**
 * The role of the whole document by its title: a way back, unless the title is only urgent or
 * names the way there as well, and the chapters do not agree.
 */
function roleOfDocument(section: Section): Role | null {
  if (rollbackOnly(section.title) === null) return null;
  const roles = [...walkSections(section)].filter((one) => one !== section).map((one) => roleOfTitle(one.title));
  if (isOnlyUrgent(section.title) && roles.includes('deploy')) return null;
  const back = [...walkSections(section)].filter((one) => one !== section && roleOfTitle(one.title) === 'rollback');
  if (onlySpeaksOfBack(section.title) && back.length > 0 && [...walkSections(section)].some((one) => one !== section && roleOfTitle(one.title) !== 'rollback' && holdsSql(one.blocks))) return null;
  return isThereAndBack(section.title) && roles.includes('rollback') && roles.some((role) => role !== null && isForward(role)) ? null : 'rollback';
}

function rollbackOnly(title: string): Role | null {
  return roleOfTitle(title) === 'rollback' ? 'rollback' : null;
}
