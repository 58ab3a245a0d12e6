import type { Draft, Guide } from './draft.js';
import type { Role } from './guide.js';
import type { SectionFacts } from './section-facts.js';
import { walkSections, type Section } from './section.js';
import { isForward, leadingNumber, roleOfTitle } from './roles.js';

/** Objects that a migration makes for its own use and takes away itself. */
const PASSING = /(?:^|[ ._])(?:tmp|temp|backup|bak|old|stag(?:e|ing)|scratch|test)(?:$|[ ._\d])/;
/** What goes with the object it stands on. */
const DEPENDENT = /^(?:index|policy|trigger|constraint|rls|rows|role|column) /;

/**
 * Takes off the way what its title does not place but its SQL does: a section that
 * drops all the guide has built before is the way back, and a chapter behind the
 * verification and the troubleshooting that changes something is no step. `given`
 * holds the roles that the author wrote; those sections stay as they are.
 */
export function takeOffWayBack(guide: Guide, facts: ReadonlyMap<Section, SectionFacts>, given: ReadonlyMap<Section, Role>): void {
  const alive = new Set<string>();
  let read = 0;
  for (const [section, drafts] of bySection(guide.drafts.filter((draft) => draft.statements.length > 0 && isForward(draft.role)))) {
    for (; guide.drafts[read] !== drafts[0]; read += 1) build(alive, guide.drafts[read]);
    if (!isUnplaced(section, given) || drafts.some((draft) => draft.attributes.role !== undefined) || !dropsAllOf(drafts, alive)) continue;
    for (const draft of drafts) draft.role = 'rollback';
    guide.remarks.warning('read-as-rollback', `"${section.title.slice(0, 60)}" drops what the steps before it build; it is read as their rollback`, { line: section.line }, 'if it belongs to the way, say so: <!-- step: role=deploy --> before the heading');
  }
  leaveOut(guide, lateChapters(guide.root, facts, given));
}

function leaveOut(guide: Guide, chapters: readonly Section[]): void {
  const chapterOf = new Map(chapters.flatMap((chapter) => [...walkSections(chapter)].map((section) => [section, chapter] as const)));
  const changes = (draft: Draft) => draft.statements.some((one) => one.writes) && !isToldToRun(draft);
  const left = new Set(guide.drafts.filter(changes).map((draft) => chapterOf.get(draft.section)));
  for (const chapter of chapters) {
    if (left.has(chapter)) guide.remarks.warning('left-out', `what stands under "${chapter.title.slice(0, 60)}" does not run on the way`, { line: chapter.line }, 'if it is a step, say so: <!-- step: role=deploy --> before the heading');
  }
  const runs = (draft: Draft) => draft.statements.length > 0 || draft.shell !== null;
  guide.drafts = guide.drafts.filter((draft) => !chapterOf.has(draft.section) || !left.has(chapterOf.get(draft.section)) || !runs(draft));
}

/** "After the import, refresh the totals:" – said right above what takes nothing away: a step, wherever its chapter stands. */
function isToldToRun(draft: Draft): boolean {
  return /^\W*(?:after|once) (?:(?:the|a|an|your|each|every|all|successful(?:ly)?|completing|running|applying) )*(?:imports?|imported|migrat\w+|deploy\w*|upgrad\w+|load(?:ing|s)?|copy|backfill|restore|running|applying|changes)\b[^.?!]*,? *\b(?:run|execute|refresh|analy[sz]e|vacuum|update|rebuild|reindex|grant|reset|call)\b[^.?!]*[:.]?\W*$/iu.test(draft.title)
    && draft.statements.every((one) => !one.destructive && one.drops.length === 0);
}

/** Steps by their section, in the order of the guide. */
export function bySection(drafts: readonly Draft[]): Map<Section, Draft[]> {
  const found = new Map<Section, Draft[]>();
  for (const draft of drafts) {
    const list = found.get(draft.section) ?? [];
    list.push(draft);
    found.set(draft.section, list);
  }
  return found;
}

/** Neither its own title nor one above it says what the section is for; the document's title does not count. */
export function isUnplaced(section: Section, given: ReadonlyMap<Section, Role>): boolean {
  for (let at: Section | null = section; at !== null && at.depth > 1; at = at.parent) if (roleOfTitle(at.title) !== null || given.has(at)) return false;
  return section.depth > 1;
}

/** Adds what a forward step leaves built. */
function build(alive: Set<string>, draft: Draft | undefined): void {
  if (!draft || !isForward(draft.role)) return;
  for (const statement of draft.statements) {
    for (const name of statement.drops) alive.delete(name);
    for (const name of statement.creates) if (!PASSING.test(name)) alive.add(name);
  }
}

function dropsAllOf(drafts: readonly Draft[], alive: ReadonlySet<string>): boolean {
  if (alive.size === 0) return false;
  const statements = drafts.flatMap((draft) => draft.statements).filter((one) => one.writes);
  const dropped = new Set(statements.flatMap((one) => one.drops));
  if (dropped.size === 0 || statements.some((one) => one.drops.length === 0 || one.creates.length > 0)) return false;
  if (![...dropped].every((name) => alive.has(name) || DEPENDENT.test(name))) return false;
  const owned = [...alive].filter((name) => !DEPENDENT.test(name));
  return (owned.length > 0 ? owned : [...alive]).every((name) => dropped.has(name));
}

/** Chapters without a role of their own that stand behind both the verification and a chapter that never runs. */
function lateChapters(root: Section, facts: ReadonlyMap<Section, SectionFacts>, given: ReadonlyMap<Section, Role>): Section[] {
  const tops = root.children.filter((child) => child.depth === 1);
  const chapters = tops.length === 1 && tops[0] ? tops[0].children : [];
  const found: Section[] = [];
  let verified = false;
  let told = false;
  for (const chapter of chapters) {
    const role = facts.get(chapter)?.role;
    if (verified && told && role !== undefined && isForward(role) && isUnplaced(chapter, given) && leadingNumber(chapter.title) === null) found.push(chapter);
    verified ||= role === 'verify' || role === 'monitor' || role === 'signoff';
    told ||= verified && (role === 'rollback' || role === 'reference');
  }
  return found;
}
