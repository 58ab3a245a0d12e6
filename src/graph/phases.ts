import type { Draft } from '../guide/draft.js';
import { isOption } from '../guide/options.js';
import { plainText, slug } from '../guide/plain.js';
import { isForward, leadingNumber } from '../guide/roles.js';
import { walkSections, type Section } from '../guide/section.js';
import type { SectionFacts } from '../guide/section-facts.js';
import { isUnplaced } from '../guide/way-back.js';
import type { Role } from './graph.js';

export interface PhaseRead {
  id: string;
  title: string;
  role: Role;
  line: number;
  section: Section;
  /** Sort key along the way. */
  key: number;
}

/** Roles that the author wrote are in the facts already. */
const NONE: ReadonlyMap<Section, Role> = new Map();

const ORDER: Record<Role, number> = { prepare: 0, deploy: 1, verify: 2, monitor: 3, signoff: 4, rollback: 5, log: 6, reference: 7 };

/**
 * The phases: H2 sections, or the H3s of the one H2 that holds all forward steps.
 * Phases are put in the order of their roles, except that numbered ones ("Step 2:
 * Verify", "Step 3: Apply") keep the order they are written in, and one whose title
 * says nothing stays behind the verification it stands behind, unless the work is done
 * further below.
 */
export function readPhases(root: Section, facts: Map<Section, SectionFacts>, drafts: Draft[], title: string): PhaseRead[] {
  const sections = phaseSections(root, facts, drafts);
  const used = new Map<string, number>();
  const read = (section: Section): PhaseRead => {
    const name = section.depth === 0 ? title : (plainText(section.title) || section.title);
    const base = slug(name) || 'phase';
    const count = (used.get(base) ?? 0) + 1;
    used.set(base, count);
    const role = roleOfPhase(section, facts, drafts);
    return { id: count === 1 ? base : `${base}-${count}`, title: name, role, line: Math.max(1, section.line), section, key: ORDER[role] };
  };
  const phases = sections.map(read);
  const all = new Set(sections);
  const nested = sections.some((section) => section.parent && all.has(section.parent));
  let floor = 0;
  let late = 0;
  const counts = countSteps(drafts);
  const works = phases.findLastIndex((phase) => phase.role === 'deploy' && !isUnplaced(phase.section, NONE) && countIn(phase.section, counts) > 0);
  for (const [index, phase] of phases.entries()) {
    if (!isForward(phase.role)) continue;
    if (index > works && phase.role === 'deploy') phase.key = Math.max(phase.key, late);
    else if (countIn(phase.section, counts) > 0) late = phase.key;
    const sibling = nested && phase.section.parent !== null && all.has(phase.section.parent);
    if (leadingNumber(phase.title) !== null || sibling) {
      phase.key = Math.max(phase.key, floor);
      floor = phase.key;
    }
  }
  // "Pre-flight checks (before the migration)" in a chapter of verification is walked before the work.
  return phases.flatMap((phase) => [...(phase.role === 'verify' ? doneBefore(phase.section, facts).map(read) : []), phase]);
}

/** The topmost sections below one that are done before the work; what is part of one of several ways stays in it. */
function doneBefore(section: Section, facts: Map<Section, SectionFacts>): Section[] {
  return isOption(section) ? [] : section.children.flatMap((child) => (facts.get(child)?.role === 'prepare' ? [child] : doneBefore(child, facts)));
}

/** The topmost sections of each role that never runs on the way, in document order. */
export function readAsides(root: Section, facts: Map<Section, SectionFacts>): { title: string; role: Role; line: number; endLine: number }[] {
  const roleOf = (section: Section): Role => facts.get(section)?.role ?? 'deploy';
  return [...walkSections(root)].flatMap((section) => {
    const role = roleOf(section);
    if (section.depth === 0 || isForward(role) || (section.parent && section.parent.depth > 0 && roleOf(section.parent) === role)) return [];
    return [{ title: plainText(section.title) || section.title, role, line: section.line, endLine: Math.max(section.line, section.endLine) }];
  });
}

/** The sections that are phases, in document order; also the one before the first heading when it holds steps. */
function phaseSections(root: Section, facts: Map<Section, SectionFacts>, drafts: Draft[]): Section[] {
  const tops = root.children.filter((child) => child.depth === 1);
  const [only] = tops;
  const inTitle = tops.length === 1 && only !== undefined && root.children.length === 1;
  const holder = inTitle ? only : root;
  const direct = tops.length === 1 && !inTitle ? root.children.flatMap((child) => (child === only ? [child, ...child.children] : [child])) : holder.children;
  const counts = countSteps(drafts);
  const stepping = direct.filter((section) => isForward(facts.get(section)?.role ?? 'reference') && countIn(section, counts) > 0);
  const [alone] = stepping;
  const own = [root, ...(tops.length === 1 && only ? [only] : [])].filter((section, index, all) => (counts.get(section) ?? 0) > 0 && all.indexOf(section) === index && !direct.includes(section));
  if (alone && stepping.length === 1 && own.length === 0 && alone.children.filter((child) => countIn(child, counts) > 0).length > 1) {
    return direct.flatMap((section) => (section === alone ? [...((counts.get(alone) ?? 0) > 0 ? [alone] : []), ...alone.children] : [section]));
  }
  return [...own, ...direct];
}

function countSteps(drafts: Draft[]): Map<Section, number> {
  const counts = new Map<Section, number>();
  for (const draft of drafts) counts.set(draft.section, (counts.get(draft.section) ?? 0) + 1);
  return counts;
}

function countIn(section: Section, counts: Map<Section, number>): number {
  return (counts.get(section) ?? 0) + section.children.reduce((sum, child) => sum + countIn(child, counts), 0);
}

/** A phase's own role; one whose title says nothing takes the role of what it holds. */
function roleOfPhase(section: Section, facts: Map<Section, SectionFacts>, drafts: Draft[]): Role {
  const own = facts.get(section)?.role ?? 'deploy';
  if (own !== 'deploy' || section.depth > 0) return own;
  return drafts.some((draft) => draft.section === section && draft.role === 'prepare') ? 'prepare' : own;
}

/** Forward steps along the way, then rollback steps in document order, each with its phase. */
export function phaseOrder(drafts: Draft[], phases: PhaseRead[]): { draft: Draft; phase: string }[] {
  const holders = new Map(phases.map((phase) => [phase.section, phase]));
  const places = new Map(phases.map((phase, index) => [phase, index]));
  const lastPrepare = phases.filter((phase) => phase.role === 'prepare').at(-1);
  const counts = countSteps(drafts);
  const lastWork = phases.filter(({ role, section }) => (role === 'deploy' || role === 'verify') && countIn(section, counts) > 0).toSorted((a, b) => a.key - b.key).at(-1);
  const placed = drafts.map((draft, index) => {
    let section: Section | null = draft.section;
    while (section && !holders.has(section)) section = section.parent;
    const home = (section ? holders.get(section) : undefined) ?? phases[0];
    // "Before deployment" figures are asked before it, wherever the guide keeps their blanks.
    const early = draft.kind === 'input' && draft.role === 'prepare' && home && home.key > ORDER.prepare;
    // "After running the migration:" over boxes of a checklist that is worked through before it.
    const late = draft.kind === 'checklist' && draft.role === 'verify' && draft.attributes.role === undefined && home?.key === ORDER.prepare;
    const moved = (early ? lastPrepare : late ? lastWork : undefined) ?? home;
    const rolled = draft.role === 'rollback';
    const key = rolled ? ORDER.rollback : isForward(home?.role ?? 'deploy') ? (moved?.key ?? 0) : ORDER[draft.role];
    return { draft, phase: moved?.id ?? 'guide', key, at: moved ? (places.get(moved) ?? 0) : 0, index: late ? drafts.length + index : index };
  });
  return placed.sort((a, b) => a.key - b.key || (a.draft.role === 'rollback' ? 0 : a.at - b.at) || a.index - b.index);
}
