import { isMap, isScalar, LineCounter, parseDocument, type Document } from 'yaml';
import * as z from 'zod';
import { parseDuration } from './attributes.js';
import { editDistance, nearest } from '../text/nearest.js';
import type { Remarks } from './guide.js';

const kebab = z.string().regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/, 'is kebab-case: small letters, digits and single dashes');
const duration = z.string().refine((text) => parseDuration(text) !== null, 'is a duration such as 10m or 1h30m');
const name = z.string().regex(/^[A-Za-z_][A-Za-z0-9_]*$/, 'is a name of letters, digits and underscores');
const scalar = z.union([z.string(), z.number(), z.boolean()]).transform(String);

export const parameterTypes = ['text', 'uuid', 'email', 'integer', 'boolean', 'timestamp'] as const;
export type ParameterType = (typeof parameterTypes)[number];

export const parameterDefinitionSchema = z.strictObject({
  type: z.enum(parameterTypes).default('text').describe('What a value must look like'),
  ask: z.string().optional().describe('Question to the operator'),
  default: scalar.optional().describe('Value when the operator gives none'),
  from: z.string().optional().describe('SQL query that suggests the value'),
  secret: z.boolean().default(false).describe('Never shown or logged'),
});

/** The front matter of a guide. A document with `guide:` in it is reviewed. */
export const frontMatterSchema = z.strictObject({
  guide: kebab.optional().describe('Id of the guide; makes the document a reviewed guide'),
  title: z.string().optional().describe('Default: the first heading'),
  description: z.string().optional().describe('What the guide does, in a sentence'),
  database: z.enum(['postgres', 'supabase']).default('postgres').describe('supabase: its roles and the schema auth exist'),
  baseline: z.union([z.string().transform((file) => [file]), z.array(z.string())]).default([]).describe('SQL files a rehearsal applies first, relative to the guide'),
  migrations: z.string().optional().describe('Folder that `file=` is relative to'),
  estimate: duration.optional().describe('How long it takes, such as 10m'),
  risk: z.enum(['low', 'medium', 'high']).optional().describe('Shown where a guide is chosen'),
  parameters: z.record(name, parameterDefinitionSchema.nullable().transform((given) => given ?? parameterDefinitionSchema.parse({}))).default({}).describe('Values asked once and put in as data, by name'),
  environments: z.array(z.string()).optional().describe('Environments the guide may run on; absent: any'),
  log: z.string().optional().describe('File-name pattern of the filled log'),
  record: z.enum(['supabase']).optional().describe('Record in Supabase\'s own migration table as well'),
});
export type FrontMatter = z.infer<typeof frontMatterSchema>;
const keys = Object.keys(frontMatterSchema.shape);
const parameterKeys = Object.keys(parameterDefinitionSchema.shape);

export interface ReadFrontMatter {
  values: FrontMatter;
  /** Written, and naming a guide. */
  reviewed: boolean;
  /** Line after the closing `---`; 1 without front matter. */
  bodyLine: number;
  /** Another tool's, or no YAML: nothing of it was used. */
  foreign: boolean;
  /** Line of each parameter's definition. */
  parameterLines: Map<string, number>;
}

/** Lines; the time that YAML takes grows with the square of its keys. */
const LONGEST = 2000;

const empty = (): ReadFrontMatter => ({ values: frontMatterSchema.parse({}), reviewed: false, bodyLine: 1, foreign: false, parameterLines: new Map() });

/** Reads a leading `---` block. A block that is not a YAML mapping is no front matter (a rule under a title looks the same). */
export function readFrontMatter(lines: string[], remarks: Remarks): ReadFrontMatter {
  if (lines[0]?.trimEnd() !== '---') return empty();
  const end = lines.findIndex((line, index) => index > 0 && /^(?:---|\.\.\.)[ \t]*$/.test(line));
  if (end === -1) return empty();
  if (end > LONGEST) {
    remarks.error('front-matter', `front matter has ${end - 1} lines; more than ${LONGEST} are not read`, { line: 1 });
    return { ...empty(), bodyLine: end + 2 };
  }
  const counter = new LineCounter();
  const text = lines.slice(1, end).join('\n');
  const document = parseDocument(text, { lineCounter: counter, uniqueKeys: true });
  const place = (offset: number) => {
    const at = counter.linePos(offset);
    return { line: at.line + 1, column: at.col };
  };
  if (document.errors.length > 0 && !/^\s*guide\s*:/m.test(text) && !/^[\w-]+\s*:/m.test(text)) return empty();
  for (const fault of document.errors) remarks.error('front-matter', `front matter is not valid YAML: ${fault.message.split('\n')[0] ?? ''}`, place(fault.pos[0]));
  const bodyLine = end + 2;
  // What cannot be read as YAML is nobody's: a guide written from the document keeps it to be seen only.
  if (document.errors.length > 0) return { ...empty(), bodyLine, foreign: true };
  if (!isMap(document.contents)) return document.contents === null ? { ...empty(), bodyLine } : empty();
  const reviewed = document.has('guide');
  const given = z.record(z.string(), z.unknown()).safeParse(safeJson(document));
  const record = given.success ? given.data : {};
  // The front matter of other tools (site generators) is theirs: strict only in a guide.
  if (!reviewed && !Object.keys(record).some((key) => keys.includes(key) && !SHARED.has(key))) {
    for (const [key, near] of mistyped(record)) remarks.warning('unknown-key', `\`${key}\` is no key of a guide; the front matter is taken for another tool's, and not used`, { ...place(offsetOf(document, [key])), length: key.length }, `did you mean \`${near}\`?`);
    return { ...empty(), bodyLine, foreign: true };
  }
  const result = frontMatterSchema.safeParse(record);
  const where = (path: PropertyKey[]) => place(offsetOf(document, path));
  const defined = document.get('parameters');
  const parameterLines = new Map((isMap(defined) ? defined.items : []).flatMap((pair) => (isScalar(pair.key) && pair.key.range ? [[String(pair.key.value), place(pair.key.range[0]).line] as const] : [])));
  if (result.success) return { values: result.data, reviewed, bodyLine, foreign: false, parameterLines };
  for (const issue of result.error.issues) {
    if (issue.code === 'unrecognized_keys') {
      for (const key of issue.keys) {
        const known = issue.path.length === 0 ? keys : parameterKeys;
        const near = nearest(key, known);
        remarks.error('unknown-key', `unknown key \`${key}\` in the front matter`, { ...where([...issue.path, key]), length: key.length }, near ? `did you mean \`${near}\`?` : `known: ${known.join(', ')}`);
      }
    } else remarks.error('front-matter', `\`${issue.path.join('.')}\`: ${issue.code === 'invalid_key' ? (issue.issues[0]?.message ?? issue.message) : issue.message}`, where(issue.path));
  }
  // What is right is used, so that the rest of the guide is judged as it is meant.
  const bad = new Set(result.error.issues.flatMap((issue) => (issue.code === 'unrecognized_keys' && issue.path.length === 0 ? issue.keys : [String(issue.path[0])])));
  const rest = frontMatterSchema.safeParse(Object.fromEntries(Object.entries(record).filter(([key]) => !bad.has(key))));
  return { values: rest.success ? rest.data : empty().values, reviewed, bodyLine, foreign: false, parameterLines };
}

/** Keys that site generators have as well. */
const SHARED: ReadonlySet<string> = new Set(['title', 'description']);
const SHORTEST = 5;

/** Keys of another tool that are a letter away from one of a guide's own. Shorter words are near to too much. */
function mistyped(record: Record<string, unknown>): [string, string][] {
  return Object.keys(record).flatMap((key): [string, string][] => {
    const near = nearest(key, keys);
    return near !== null && near.length >= SHORTEST && !SHARED.has(near) && editDistance(key, near) === 1 ? [[key, near]] : [];
  });
}

/** Aliases that grow without bound (a "billion laughs" document) are refused by the YAML library with an exception. */
function safeJson(document: Document): unknown {
  try {
    return document.toJS({ maxAliasCount: 20 });
  } catch {
    return {};
  }
}

/** Where a key stands; the start of the block when it cannot be told. */
function offsetOf(document: Document, path: PropertyKey[]): number {
  let node: unknown = document.contents;
  let offset = 0;
  for (const key of path) {
    if (!isMap(node)) break;
    const pair = node.items.find((item) => isScalar(item.key) && String(item.key.value) === String(key));
    if (!pair) break;
    if (isScalar(pair.key)) offset = pair.key.range?.[0] ?? offset;
    node = pair.value;
  }
  return offset;
}
