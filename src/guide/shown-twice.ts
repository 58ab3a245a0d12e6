import type { Draft, Guide } from './draft.js';
import { isForward, leadingNumber } from './roles.js';
import { walkSections, type Section } from './section.js';
import type { StatementRead } from './statement.js';
import { bySection, isUnplaced } from './way-back.js';
import type { Role } from './guide.js';

/**
 * Leaves out what shows rather than does: a section that builds one object twice, in
 * two ways and with nothing between that would take it away, cannot run as it stands
 * ("slow: CREATE INDEX …", "better: CREATE INDEX CONCURRENTLY …"). Neither can its
 * chapter be a list of steps, unless it is numbered or a title says what it is for.
 */
export function leaveOutShown(guide: Guide, given: ReadonlyMap<Section, Role>): void {
  const shown = new Set<Section>();
  for (const [section, drafts] of bySection(guide.drafts)) {
    if (isUnplaced(section, given) && drafts.every((draft) => draft.attributes.role === undefined) && buildsTwice(drafts)) shown.add(section);
  }
  if (shown.size === 0) return;
  const chapters = new Set([...shown].map(chapterOf));
  const left = new Set([...chapters].flatMap((chapter) => [...walkSections(chapter)]).filter((section) => shown.has(section) || (isUnplaced(section, given) && leadingNumber(section.title) === null)));
  for (const chapter of chapters) guide.remarks.warning('left-out', `what stands under "${chapter.title.slice(0, 60)}" builds one object in two ways; it does not run on the way`, { line: chapter.line }, 'if it is a step, say so: <!-- step: role=deploy --> before the heading');
  guide.drafts = guide.drafts.filter((draft) => !left.has(draft.section) || !isForward(draft.role) || draft.attributes.role !== undefined || (draft.statements.length === 0 && draft.shell === null));
}

/** The section below the document's title that holds this one. */
function chapterOf(section: Section): Section {
  return section.parent === null || section.parent.depth <= 1 || leadingNumber(section.title) !== null ? section : chapterOf(section.parent);
}

/** Places that the same SQL may run in, one after the other. */
const PLACES = /\b(?:staging|production|prod|dev\w*|local\w*|test\w*|replica\w*|environments?|shards?|tenants?|databases?)\b/i;

/**
 * Leaves out SQL that stands a second time on the way and cannot run twice: the step before
 * builds the same with the same words ("Solution: run this", and in the steps again).
 */
export function leaveOutRepeated(guide: Guide): void {
  const built = new Map<string, Draft>();
  const left = new Set<Draft>();
  const options = new Map<Section, Set<string>>();
  for (const { choice } of guide.drafts) if (choice) options.set(choice.group, (options.get(choice.group) ?? new Set()).add(choice.option));
  for (const draft of guide.drafts) {
    // One of several ways may be the other's text.
    if (!isForward(draft.role) || (draft.choice !== null && (options.get(draft.choice.group)?.size ?? 0) > 1) || draft.optional || draft.statements.length === 0) continue;
    // What takes something away before lets it be built again.
    if (draft.statements.some((one) => one.drops.length > 0)) built.clear();
    const key = draft.statements.map(wordsOf).join('\n');
    const first = built.get(key);
    if (first === undefined) {
      if (draft.statements.some((one) => one.creates.some((name) => KIND.test(name)) && one.drops.length === 0 && !/\bIF NOT EXISTS\b|\bOR REPLACE\b/i.test(one.sql))) built.set(key, draft);
      continue;
    }
    if ([...draft.path, ...first.path].some((title) => PLACES.test(title)) || draft.attributes.id !== undefined) continue;
    left.add(draft);
    first.around.push(...draft.around);
    guide.remarks.warning('left-out', `the SQL of line ${first.line} runs as a step; the same SQL again does not run`, { line: draft.line }, 'if it is to run twice, give the step an id');
  }
  if (left.size > 0) guide.drafts = guide.drafts.filter((draft) => !left.has(draft));
}

/**
 * Leaves out what tables look like: a section of its own that only creates tables which the steps before it
 * have altered or filled, so that they are there ("Schema after the fix: CREATE TABLE …").
 */
export function leaveOutDescribed(guide: Guide, given: ReadonlyMap<Section, Role>): void {
  const used = new Set<string>();
  const left = new Set<Draft>();
  for (const draft of guide.drafts) {
    if (!isForward(draft.role) || draft.choice !== null) continue;
    const describes = draft.statements.length > 0 && isUnplaced(draft.section, given) && draft.attributes.role === undefined && draft.attributes.id === undefined
      && draft.statements.every((one) => one.command === 'CREATE TABLE' && !/\bIF NOT EXISTS\b|\bTEMP(?:ORARY)?\b|\bAS\s+SELECT\b/i.test(one.sql) && one.creates.some((name) => used.has(name)));
    if (describes) {
      left.add(draft);
      guide.remarks.warning('left-out', 'these tables are there by then: the steps before alter or fill them; this SQL does not run on the way', { line: draft.line }, 'if it is a step, say so: ```sql role=deploy');
      continue;
    }
    for (const one of draft.statements) {
      for (const name of [...one.drops, ...one.creates]) used.delete(name);
      if (/\bRENAME\b/i.test(one.sql)) used.clear();
      else if (/^(?:ALTER TABLE|INSERT|UPDATE|DELETE)$/.test(one.command) && !/\bIF EXISTS\b/i.test(one.sql)) for (const name of one.shape.tables) used.add(`table ${name}`);
    }
  }
  if (left.size > 0) guide.drafts = guide.drafts.filter((draft) => !left.has(draft));
}

const KIND = /^(?:table|column|index|type|policy|view|constraint) /;
const SCHEMA = /\b(?:TABLE|ON|INDEX|TYPE|VIEW)\s+(?:ONLY\s+|CONCURRENTLY\s+)*"?(\w+)"?\s*\./i;

function buildsTwice(drafts: readonly Draft[]): boolean {
  const statements = drafts.filter((draft) => isForward(draft.role) && draft.choice === null).flatMap((draft) => draft.statements);
  if (statements.some((one) => /\bRENAME\b|\bTEMP(?:ORARY)?\b/i.test(one.sql))) return false;
  /** Of each object its schemas, each with the statement that builds it there. */
  const alive = new Map<string, Map<string, string>>();
  for (const one of statements) {
    for (const name of one.drops) alive.delete(name);
    if (/\bIF NOT EXISTS\b|\bOR REPLACE\b/i.test(one.sql)) continue;
    const schema = SCHEMA.exec(one.sql)?.[1]?.toLowerCase() ?? 'public';
    for (const name of one.creates.filter((each) => KIND.test(each))) {
      const places = alive.get(name) ?? new Map<string, string>();
      const before = places.get(schema);
      if (before !== undefined && before !== wordsOf(one)) return true;
      alive.set(name, places.set(schema, wordsOf(one)));
    }
  }
  return false;
}

/** The statement without how it is set: the same one again is run elsewhere, not shown in another way. */
function wordsOf(statement: StatementRead): string {
  return statement.sql.replace(/--[^\n]*/g, '').replace(/\s+/g, ' ').toLowerCase().trim();
}
