import type { Block, Fence } from './block.js';
import { isSqlLanguage } from './info-string.js';
import { isStepsTitle } from './roles.js';
import { walkSections, type Section } from './section.js';

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

/** Whether a chapter holds SQL, and all code in it only reads. */
export function onlyReads(section: Section): boolean {
  const fences = [...walkSections(section)].flatMap((one) => fencesOf(one.blocks)).filter((fence) => fence.lang !== null && !/^(?:text|txt|output|plain\w*)$/.test(fence.lang));
  return fences.length > 0 && fences.every((fence) => isSqlLanguage(fence.lang) && !WRITES.test(fence.body));
}

function fencesOf(blocks: readonly Block[]): Fence[] {
  return blocks.flatMap((block) => {
    if (block.kind === 'fence') return [block];
    return block.kind === 'list' ? block.items.flatMap((item) => fencesOf(item.children)) : [];
  });
}
