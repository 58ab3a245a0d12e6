import type { Block } from './block.js';

/** A heading with what stands under it, in document order. */
export interface Section {
  /** Without a box in front: ticking it must not change what the steps are called. */
  title: string;
  /** `### [ ] Step 1`: the heading is itself a task. */
  task: boolean;
  depth: number;
  line: number;
  endLine: number;
  parent: Section | null;
  /** Blocks before the first child heading. */
  blocks: Block[];
  children: Section[];
}

const BOX = /^\[[ xX]\]\s+(?=\S)/;

/** Builds the tree of headings. The root holds what stands before the first heading; its depth is 0. */
export function readSections(blocks: Block[], lastLine: number): Section {
  const root: Section = { title: '', task: false, depth: 0, line: 1, endLine: lastLine, parent: null, blocks: [], children: [] };
  let current = root;
  for (const block of blocks) {
    if (block.kind !== 'heading') {
      current.blocks.push(block);
      continue;
    }
    while (current.depth >= block.depth && current.parent) {
      current.endLine = Math.max(current.line, block.line - 1);
      current = current.parent;
    }
    const title = block.text.replace(BOX, '');
    const section: Section = {
      title, task: title !== block.text, depth: block.depth, line: block.line, endLine: lastLine, parent: current, blocks: [], children: [],
    };
    current.children.push(section);
    current = section;
  }
  return root;
}

/** The section that all of the document is in. */
export const rootOf = (section: Section): Section => (section.parent ? rootOf(section.parent) : section);

/** Every section from the root on, depth first. */
export function* walkSections(section: Section): Generator<Section> {
  const open = [section];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    yield next;
    for (const child of next.children.toReversed()) open.push(child);
  }
}
