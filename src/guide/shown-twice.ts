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
