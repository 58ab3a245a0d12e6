import type { Attributes } from './attributes.js';
import type { ExpectationRead, Wording } from './expectation.js';
import type { FollowUp } from './follow-up.js';
import type { StatementRead } from './statement.js';
import type { FileReader, Remarks, Role } from './guide.js';
import type { FrontMatter } from './front-matter.js';
import type { Section } from './section.js';
import type { Source } from './source.js';

export type DraftKind = 'checklist' | 'sql' | 'shell' | 'input' | 'monitor' | 'approval' | 'operator' | 'choice';

export interface ItemDraft {
  line: number;
  text: string;
  depth: number;
  /** Code under the item. */
  waitsFor: Draft[];
}

export interface FieldDraft {
  line: number;
  label: string;
  unit: string | null;
}

/** The fence a step was read from. */
export interface FenceRead {
  line: number;
  endLine: number;
  indent: number;
  body: string;
  bodyLine: number;
  /** The body as it was read: with its SQL mended, where that was needed. */
  text: string;
  /** Line where this step's part of the fence begins, where the fence holds several. */
  from?: number;
  /** It is a table, whose rows hold the statements, or a box with a query in its line. */
  table?: true;
  box?: true;
  /** What stood above the fence as its label, where this part needs it again. */
  label?: string;
}

/** One of several ways, and the way that these are themselves part of. */
export interface ChoiceDraft {
  group: Section;
  option: string;
  title: string;
  within: ChoiceDraft | null;
}

/** A step before ids, ties and edges. */
export interface Draft {
  kind: DraftKind;
  section: Section;
  role: Role;
  title: string;
  path: string[];
  line: number;
  endLine: number;
  attributes: Attributes;
  optional: boolean;
  context: string;
  /** What the guide says beside it, and no step took for its own: below it in its section, or in sections above that hold no step. */
  beside: string;
  statements: StatementRead[];
  shell: string | null;
  prompt: string | null;
  items: ItemDraft[];
  fields: FieldDraft[];
  /** Expectations from an `expect` fence; when there is one, wordings are not read. */
  explicit: ExpectationRead[] | null;
  /** Bound inside the fence. */
  inside: ExpectationRead[];
  /** Wordings around the fence, still to be bound. */
  around: Wording[];
  discard: boolean;
  /** Role and claims read from "as test user"; already among the attributes. */
  impersonates?: Pick<Attributes, 'as' | 'claims'>;
  /** SQLSTATEs read from "already exists: this is OK". */
  tolerate: string[];
  choice: ChoiceDraft | null;
  followUp: FollowUp | null;
  /** Where a rewritten guide puts what belongs to the step: `fence`'s line range, or null. */
  fence: FenceRead | null;
  /** Heading-like words nearest to the step, for ties and log sections. */
  labels: string[];
}

export interface TriggerRead {
  line: number;
  text: string;
}
export interface HintRead {
  line: number;
  pattern: string;
  remedy: string;
}
export interface TemplateRead {
  line: number;
  endLine: number;
  text: string;
  /** Document line of the template's first line. */
  firstLine: number;
}

/** Everything read of a document: the guide. */
export interface Guide {
  source: Source;
  frontMatter: FrontMatter;
  reviewed: boolean;
  parameterLines: Map<string, number>;
  /** Line after the front matter; 1 without any. */
  bodyLine: number;
  /** The front matter is another tool's. */
  foreign: boolean;
  title: string;
  description: string;
  root: Section;
  drafts: Draft[];
  /** What sections on the way say that hold no step: for the next one; `ways` leads to several ways, of which one is chosen. */
  said: { section: Section; text: string; ways?: true }[];
  /** A transaction that a fence began and did not end: its line, and whether anything was written since. */
  begun: { line: number; writes: boolean } | null;
  triggers: TriggerRead[];
  hints: HintRead[];
  log: TemplateRead | null;
  notification: { line: number; template: string } | null;
  remarks: Remarks;
  files: FileReader;
}
