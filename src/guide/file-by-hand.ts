import { isAbsolute, join, normalize, relative } from 'node:path';
import type { Guide } from './draft.js';
import { isForward } from './roles.js';

const FILE = /[\w./-]{1,200}\.sql\b/gi;

/**
 * Tells of a file beside the guide that a step only names: the operator is asked to apply it,
 * and nothing of it is run, checked or judged.
 */
export function remarkFilesByHand(guide: Guide): void {
  const { source, files } = guide;
  const folder = /^(.*)[/\\]/.exec(source.path)?.[1] ?? '.';
  for (const draft of guide.drafts) {
    if (draft.kind !== 'operator' || !isForward(draft.role)) continue;
    const [name, ...more] = new Set([...(draft.prompt ?? '').slice(0, 4000).matchAll(FILE)].map(([file]) => file));
    if (name === undefined || more.length > 0 || isAbsolute(name)) continue;
    const path = normalize(join(folder, name));
    if (relative(source.root, path).startsWith('..') || !files.has(path)) continue;
    guide.remarks.info('file-by-hand', `\`${name}\` stands beside the guide, and this step only asks to apply it`, { line: draft.line }, `to run it as a step write a fence \`\`\`sql file=${name}`);
  }
}
