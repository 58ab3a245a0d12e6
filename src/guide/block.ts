/**
 * The block structure of a document: what the compiler needs of Markdown's tree,
 * with raw inline text (back-ticks and emphasis as written, since they tell names
 * from prose). Lines are 1-based in the document.
 */
export type Block = Heading | Fence | Paragraph | List | Table | Rule | Html | Quote;

interface Span {
  line: number;
  endLine: number;
}
export interface Heading extends Span {
  kind: 'heading';
  depth: number;
  text: string;
}
export interface Fence extends Span {
  kind: 'fence';
  /** First word of the info string, lower-case; null without one. */
  lang: string | null;
  /** The rest of the info string. */
  meta: string;
  body: string;
  /** Line of the body's first character. */
  bodyLine: number;
  /** Columns that were cut from each body line. */
  indent: number;
}
export interface Paragraph extends Span {
  kind: 'paragraph';
  text: string;
}
export interface ListItem extends Span {
  /** Null where the item is no task. */
  checked: boolean | null;
  children: Block[];
}
export interface List extends Span {
  kind: 'list';
  ordered: boolean;
  items: ListItem[];
}
export interface Table extends Span {
  kind: 'table';
  columns: string[];
  rows: { line: number; cells: string[] }[];
}
export interface Rule extends Span {
  kind: 'rule';
}
export interface Html extends Span {
  kind: 'html';
  text: string;
}
export interface Quote extends Span {
  kind: 'quote';
  children: Block[];
}

/** Fences in their order, those in lists and quotes among them, with the words right above each. */
export function fencesIn(blocks: readonly Block[], outer = ''): { fence: Fence; above: string }[] {
  return blocks.flatMap((block, index) => {
    const above = (): string => `${outer}\n${wordsOf(blocks[index - 1])}`;
    switch (block.kind) {
      case 'fence': return [{ fence: block, above: above() }];
      case 'list': return block.items.flatMap((item) => fencesIn(item.children, above()));
      case 'quote': return fencesIn(block.children, above());
      default: return [];
    }
  });
}

const wordsOf = (block: Block | undefined): string => (block?.kind === 'paragraph' || block?.kind === 'heading' ? block.text : '');
