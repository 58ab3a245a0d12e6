import { fencesIn, type Block, type Fence } from './block.js';
import { cellFences } from './cell-table.js';
import { isSqlLanguage } from './info-string.js';
import { plainBlocks, plainText } from './plain.js';
import { isExpectation } from './reading.js';
import { isStepsTitle, roleOfTitle } from './roles.js';
import { rootOf, walkSections, type Section } from './section.js';

const BUILDS = /^\s*(?:create|alter|drop|grant|revoke)\b/im;
const WRITES = /\b(?:insert|update|delete|merge|create|alter|drop|truncate|grant|revoke|call|do|perform|copy|refresh|reindex|vacuum|lock|set)\b(?!_)/i;
const APPLIES = /\bpsql\b|\bdb (?:push|reset)\b|\bmigrat\w*|\bpg_restore\b/i;
const APPLYING = /\b(?:apply|deploy|migrat|install)\w*\b/i;

/** Whether blocks hold SQL, in a fence of their own or below a list item. */
export function holdsSql(blocks: readonly Block[]): boolean {
  return fencesOf(blocks).some((fence) => isSqlLanguage(fence.lang));
}

/** Whether a chapter called "Usage" is the work itself: it builds something, or tells how the migration is applied. */
export function buildsOrApplies(section: Section): boolean {
  return [...walkSections(section)].some((one) => isStepsTitle(one.title) || APPLYING.test(one.title)
    || fencesOf(one.blocks).some((fence) => (isSqlLanguage(fence.lang) ? BUILDS : APPLIES).test(fence.body)));
}

/** Whether a chapter makes tables and what belongs to them. */
export function makesThings(section: Section): boolean {
  return [...walkSections(section)].some((one) => fencesOf(one.blocks).some((fence) => isSqlLanguage(fence.lang) && /\b(?:create|alter) (?:unique )?(?:table|index|policy)\b/i.test(fence.body)));
}

/** Whether a chapter holds SQL, and all code in it only reads. */
export function onlyReads(section: Section): boolean {
  const fences = [...walkSections(section)].flatMap((one) => fencesOf(one.blocks)).filter((fence) => fence.lang !== null && !/^(?:text|txt|output|plain\w*|expect)$/.test(fence.lang));
  return fences.length > 0 && fences.every((fence) => isSqlLanguage(fence.lang) && !WRITES.test(fence.body.replace(UNSAID, ' ')));
}

/** Whether a chapter of results looks for them: SQL that reads, with what it must show, and what writes only to try it, in a test of its own. */
export function looksForResults(section: Section): boolean {
  const sections = [...walkSections(section)];
  const sqlOf = (one: Section): string[] => fencesOf(one.blocks).filter((fence) => isSqlLanguage(fence.lang)).map((fence) => fence.body.replace(UNSAID, ' '));
  return sections.some((one) => sqlOf(one).some((sql) => READS.test(sql)) && statesResults(one))
    && sections.every((one) => sqlOf(one).every((sql) => !BUILDS.test(sql) && (!WRITES.test(sql) || roleOfTitle(one.title) === 'verify')));
}

/** A chapter that tells why, by its title. */
const TELLS = /^(?:context|overview|background|introduction|summary|contexto?|contexte|kontext|contesto|résumé|resumen|resumo|übersicht|überblick|hintergrund)\W*$/iu;
/** What stands right above SQL that is to be run. */
const TO_RUN = /(?:\b(?:run|execute|apply|must|need|required|faut|deben|devem|müssen)\b|\b(?:doi(?:t|vent)|exécut|ejecut|execut|ausführ))[^.!?]*[:：]\W*$/iu;

const building = new WeakMap<Section, readonly Section[]>();

const holdsDefinitions = ({ blocks }: Section): boolean => fencesOf(blocks).some((fence) => isSqlLanguage(fence.lang) && BUILDS.test(fence.body));

/** The sections of a document whose SQL builds something, and whose titles do not lead back. */
function buildersOf(section: Section): readonly Section[] {
  const root = rootOf(section);
  const known = building.get(root) ?? [...walkSections(root)].filter((one) => holdsDefinitions(one) && roleOfTitle(one.title) !== 'rollback');
  building.set(root, known);
  return known;
}

/** "Context", and in it "These columns must exist:" above the only SQL of the document that builds something. */
export function isOnlyWork(section: Section): boolean {
  if (!TELLS.test(plainText(section.title).replace(/^[^\p{L}]+/u, ''))) return false;
  const at = section.blocks.findIndex((block) => block.kind === 'fence' && isSqlLanguage(block.lang) && BUILDS.test(block.body));
  const above = section.blocks[at - 1];
  return above?.kind === 'paragraph' && TO_RUN.test(plainText(above.text.replace(/\n/g, ' '))) && buildersOf(section).every((one) => one === section);
}

/** Titles of what is told or comes later, under which guides put the steps of the work all the same. */
const MAY_HEAD = /^(?:next steps?\b|how it works\W*$|overview\W*$|walk-?through\W*$)/iu;
const STEP = /^\W*(?:step |phase )?#?\d+\s*[.:)–—-]/iu;
const RUNS = /\b(?:run|apply|execute|deploy|push)(?:ing)? (?:the |this |your |all |new )*(?:[\w-]+ )?(?:migrations?|scripts?|sql|schema|changes)\b/i;
/** "Issue: …" at the head of a document about nothing else. */
const CASE = /^\W*(?:issue|problem)\s*[:：]/iu;

/** "Next steps for deployment" over "1. Preflight", "2. Run the migration": numbered steps with code, of which one runs what the guide is about. */
export function headsTheSteps(section: Section): boolean {
  const title = plainText(section.title).replace(/^[^\p{L}]+/u, '');
  const steps = section.children.filter((one) => STEP.test(plainText(one.title)) && [...walkSections(one)].some((each) => fencesOf(each.blocks).length > 0));
  if (steps.length < 2) return false;
  if (MAY_HEAD.test(title)) return steps.some((one) => RUNS.test(plainText(one.title)));
  return CASE.test(title) && section.parent?.children.every((one) => one === section || [...walkSections(one)].every((each) => fencesOf(each.blocks).length === 0)) === true;
}

/** Whether code of a section takes something away for good, as far as its words tell. */
export function takesAway(section: Section): boolean {
  return [...walkSections(section)].some((one) => fencesOf(one.blocks).some(({ body }) => /\b(?:drop|truncate|delete)\b/i.test(body.replace(UNSAID, ' ').replace(/\bdrop (?:policy|trigger|function|view) if exists\b|\bon delete\b|\bfor delete\b/gi, ' '))));
}

function statesResults({ blocks }: Section): boolean {
  return blocks.some((block) => block.kind === 'paragraph' && isExpectation(plainText(block.text, true)) !== null)
    || fencesOf(blocks).some(({ body }) => [...body.matchAll(/--(.*)/g)].some(([, said = '']) => isExpectation(said) !== null));
}
const READS = /^\s*(?:select|with|table|show)\b/im;

/** Comments and literals: their words do nothing. */
export const UNSAID = /--[^\n]*|'(?:[^']|'')*'/g;

const working = new WeakMap<Section, number>();

/** Whether SQL that may write stands in a later chapter beside this one. */
export function isWorkedAfter(section: Section): boolean {
  const { parent } = section;
  if (!parent) return false;
  const last = working.get(parent) ?? parent.children.findLastIndex((one) => [...walkSections(one)].some((each) => holdsSql(each.blocks)) && !onlyReads(one) && (roleOfTitle(one.title) ?? 'deploy') === 'deploy');
  working.set(parent, last);
  return last > parent.children.indexOf(section);
}

const fencesOf = (blocks: readonly Block[]): Fence[] => [...fencesIn(blocks).map(({ fence }) => fence), ...cellFences(blocks)];

/** That a file is run, or the migrations of a project. */
const RUNS_FILE = /\b(?:run|execute|apply|paste|copy|open)\w*\b[^\n]{0,80}\.sql\b|\.sql\b[^\n]{0,40}\b(?:run|execut|past|appl)\w*|\bsupabase db push\b|\bprisma migrate (?:deploy|dev)\b|\bpsql\b[^\n]*\s-f\s/i;
/** What is to be done with SQL, in its title or beside it, or where. */
const TO_DO = /\b(?:back-?ups?|before|after|avant|antes|prima|vor|dashboard|navigate|go to|appli\w*|ejecut\w*|exécut\w*|aplic\w*|cr[ée]er|criar|crear|adicion\w*|ajout\w*|agreg\w*|ausführ\w*|hinzufüg\w*|run|execut\w*|appl(?:y|ies|ied|ying)|paste|copy|add(?:ing|s)?|creat(?:e|es|ing)|enabl\w*|set(?:ting)?(?: ?-?up)?|updat\w*|fix\w*|insert\w*|grant\w*|drop\w*|install\w*|configur\w*|defin(?:e|es|ing)|steps?|phase|migrat\w*|required?|must|needs?|deploy\w*|implement\w*)\b/iu;
const ONLY_CREATES = /^(?:create\s+(?:or\s+replace\s+)?(?:policy|function|trigger|table|type|view|(?:unique\s+)?index)\b[\s\S]*|)$/i;

const filed = new WeakMap<Section, ReadonlySet<Section>>();

/** The sections of a document behind the first that has a file run. */
function behindFile(root: Section): ReadonlySet<Section> {
  const all = [...walkSections(root)];
  const first = all.findIndex(({ blocks }) => RUNS_FILE.test(plainBlocks(blocks)));
  return new Set(first === -1 ? [] : all.slice(first + 1));
}

/** "Tables created": what was made, by its title. */
const MADE = /^(?:(?:database|db|new|all|supabase|main|core) )*(?:tables?|columns?|functions?|polic(?:y|ies)|indexes|triggers?|views?|objects|schema|types|enums)(?: ?(?:and|&|,|\/) ?[\w ]+?)? (?:created|updated|added|modified|changed)(?: ?(?:\/|and|&|,) ?(?:created|updated|added|modified|changed))*(?: \(\d+\+?\))?\W*$/i;

/** "Tables created/updated" over the definitions of them, in a document that has a file run. */
export function tellsWhatWasMade(section: Section): boolean {
  if (!MADE.test(plainText(section.title).replace(/^[^\p{L}]+/u, ''))) return false;
  return [...walkSections(section)].some(holdsDefinitions) && [...walkSections(rootOf(section))].some(({ blocks }) => RUNS_FILE.test(plainBlocks(blocks)));
}

/** "New policies", behind the step that ran a file, over nothing but the definitions of them: what the file made, where nothing says that they are run. */
export function showsWhatRan(section: Section): boolean {
  const fences = [...walkSections(section)].flatMap(({ blocks }) => fencesOf(blocks)).filter((fence) => isSqlLanguage(fence.lang));
  if (fences.length === 0 || !fences.every(({ body }) => body.replace(/\$(\w*)\$[\s\S]*?\$\1\$/g, ' ').replace(UNSAID, ' ').split(';').every((part) => ONLY_CREATES.test(part.trim())))) return false;
  const toDo = ({ title, blocks }: Section): boolean => TO_DO.test(plainText(title)) || TO_DO.test(plainBlocks(blocks.filter(({ kind }) => kind !== 'fence')));
  if ([...walkSections(section)].some(toDo)) return false;
  for (let around = section.parent; around?.parent; around = around.parent) if (toDo(around)) return false;
  const root = rootOf(section);
  const behind = filed.get(root) ?? behindFile(root);
  filed.set(root, behind);
  return behind.has(section);
}
