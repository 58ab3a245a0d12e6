import type { Remarks } from './guide.js';
import { matchable } from './plain.js';
import { isForward, roleOfTitle } from './roles.js';
import type { SectionFacts } from './section-facts.js';
import { walkSections, type Section } from './section.js';
import { holdsSql } from './section-code.js';

/** What PostgreSQL says when it refuses: quoted in English, whatever language the guide is in. */
const MESSAGE = /\b(?:already exists|(?:does|do) not exist|permission denied|must be owner|syntax error|violates|duplicate key|not found|could not|cannot|unterminated|not unique|signature mismatch|types? (?:mismatch|must match)|connection refused|timed? ?out|invalid input)\b/;
const QUOTED = /["“”„«'‘`「『]([^"“”»'’`」』]{4,})["“”»'’`」』]/;

/**
 * Whether a heading quotes an error and says little else: `Hata: "relation does not
 * exist"`. What stands below is for whoever meets it. Where the words around name
 * what is done ("Fix", "Test"), the section is that.
 */
export function isSymptom(section: Section): boolean {
  const text = matchable(section.title);
  const quoted = QUOTED.exec(text)?.[1];
  if (quoted === undefined || !MESSAGE.test(quoted)) return false;
  const around = text.replace(QUOTED, ' ');
  return letters(quoted) >= letters(around) && roleOfTitle(around) === null;
}

function letters(text: string): number {
  return text.match(/\p{L}/gu)?.length ?? 0;
}

/** Whether most of a document's SQL stands below errors that it quotes: its other chapters, unless a title places them, are for the case as well. */
export function isBookOfSymptoms(root: Section): boolean {
  const sections = [...walkSections(root)];
  const symptoms = new Set(sections.filter(isSymptom).flatMap((one) => [...walkSections(one)]));
  const holding = sections.filter((one) => holdsSql(one.blocks));
  const told = holding.filter((one) => symptoms.has(one)).length;
  return told >= 3 && told * 2 > holding.length;
}

/** Says of what is left out for the errors it quotes that it is: the words of its titles do not. */
export function remarkSymptoms(root: Section, facts: ReadonlyMap<Section, SectionFacts>, remarks: Remarks): void {
  const way = 'if it is a step, say so: <!-- step: role=deploy --> before the heading';
  if (isBookOfSymptoms(root)) remarks.warning('left-out', 'most of the SQL stands below errors that the headings quote; only chapters run whose titles say what they are for', { line: 1 }, way);
  for (const section of walkSections(root)) {
    const above = section.parent && facts.get(section.parent);
    if (above && isForward(above.role) && facts.get(section)?.role === 'reference' && roleOfTitle(section.title) === null && isSymptom(section)) {
      remarks.warning('left-out', `what stands under "${section.title.slice(0, 60)}" is for who meets this error; it does not run on the way`, { line: section.line }, way);
    }
  }
}
