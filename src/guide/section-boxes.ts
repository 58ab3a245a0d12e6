import type { Block } from './block.js';
import { boxesIn } from './boxes.js';
import type { Role } from './guide.js';
import { plainText } from './plain.js';
import { inheritRole, isCaseTitle, isForward, isLooseChecklist, isMaintenanceTitle, isNextTitle, isOptionalTitle } from './roles.js';
import type { Section } from './section.js';

/** Whether blocks hold boxes to tick, in a list or drawn in a fence. */
export function holdsBoxes(blocks: readonly Block[]): boolean {
  return blocks.some((block) => (block.kind === 'fence' && block.lang === null && boxesIn(block) !== null) || (block.kind === 'list' && block.items.some((item) => item.checked !== null || holdsBoxes(item.children))));
}

/** Whether boxes are all that a section holds, with words between them at most; code may stand below an item. */
function holdsOnlyBoxes({ blocks }: Section): boolean {
  return holdsBoxes(blocks) && blocks.every((block) => block.kind === 'paragraph' || block.kind === 'rule' || block.kind === 'html' || holdsBoxes([block]));
}

/** Titles of what informs rather than of a case that may occur: boxes there are meant to be ticked. */
const INFORMS = /\b(?:structure|architecture|considerations?|best practices|documentation|resources|goals?|objectives?|scope|purpose|communication|data model|conventions?|overview|summary)\b/i;

/** Boxes of what may be left out are ticked where it stands, those of a maintenance plan when all is done; those of a remedy never. */
export function boxesUnder(section: Section, titled: Role | null, parent: { role: Role; boxes: Role | null }): Role | null {
  if (isMaintenanceTitle(section.title)) return parent.boxes === null ? null : 'signoff';
  if (isNextTitle(section.title)) return parent.boxes === null ? null : 'signoff';
  // "Before deployment" in a plan of what is told to whom: its boxes are ticked before.
  if (titled !== null && isForward(titled) && parent.role === 'reference') return parent.boxes === null ? null : inheritRole(parent.boxes, titled);
  if (listsTruths(section)) return parent.boxes === null ? null : 'verify';
  // "If it is not deployed yet": only the case is not known, and who walks the way knows it.
  if (isCaseTitle(section.title) && holdsOnlyBoxes(section)) return parent.boxes;
  return titled === null || isOptionalTitle(section.title) || INFORMS.test(section.title) ? parent.boxes : null;
}

/** What is done, or looked into, where something is wrong. */
const DEED = /^\W*(?:check|verify|try|run|re-?run|restart|reload|look|ensure|make sure|review|inspect|confirm|clear|delete|drop|disable|enable|apply|contact|ask|open|read|compare|add|remove|create|update|increase|reduce|rebuild|reset|use|see|test|log|wait|kill|set|change|fix|investigate|do|don't|is|are|does|did|has|have|can|was|were)\b/i;
const TRUTH = /\b(?:is|are|was|were|has|have|had|exists?|works?|loads?|shows?|returns?|runs?|run|passe[sd]|pass|done|set|present|created|applied|verified|enabled|disabled|confirmed|configured|completed?|tested|deployed|updated|granted|installed|available|visible|correct|valid|match(?:es)?|succeed(?:s|ed)?|opens?|can)\b|^\W*(?:no|all|every|each|zero|both)\b/i;

/** "Troubleshooting checklist" above boxes that state what must be true: looked at when all is done, whatever its title says. */
export function listsTruths(section: Section): boolean {
  if (!isLooseChecklist(section.title) || isOptionalTitle(section.title) || isMaintenanceTitle(section.title) || INFORMS.test(section.title) || section.children.length > 0 || !holdsOnlyBoxes(section)) return false;
  const items = section.blocks.flatMap((block) => (block.kind === 'list' ? block.items : [])).map(({ children: [head] }) => (head?.kind === 'paragraph' ? plainText(head.text) : ''));
  return items.length > 1 && items.filter((text) => TRUTH.test(text) && !DEED.test(text)).length * 4 >= items.length * 3;
}
