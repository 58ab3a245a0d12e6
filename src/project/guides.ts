import { existsSync, readdirSync, statSync } from 'node:fs';
import { basename, dirname, join, relative, resolve } from 'node:path';
import type { Graph } from '../graph/graph.js';
import { nearest } from '../text/nearest.js';
import { packageRoot } from '../text/package-root.js';
import { EXIT, ProblemError } from '../text/problem.js';
import { CONFIG_NAME, type LoadedConfig } from './config.js';

/** Folders that guides are looked for in: the project's, then those that ship with the program. */
export function guideFolders({ config, folder }: LoadedConfig): string[] {
  const own = resolve(folder, config.guides);
  const shipped = join(packageRoot(), 'guides');
  return [...new Set([own, shipped])].filter((path) => existsSync(path));
}

/** Every guide file in reach, an earlier folder hiding the same name in a later one. */
export function listGuides(loaded: LoadedConfig): string[] {
  const found = new Map<string, string>();
  for (const folder of guideFolders(loaded)) {
    for (const name of readdirSync(folder).sort()) {
      if (name.endsWith('.md') && !found.has(name)) found.set(name, join(folder, name));
    }
  }
  return [...found.values()];
}

/** The file or directory that a GUIDE argument means. Throws a ProblemError (exit 2) with the nearest known guide. */
export function findGuide(argument: string, loaded: LoadedConfig): string {
  if (existsSync(argument)) return resolve(argument);
  const guides = listGuides(loaded);
  const match = guides.find((path) => basename(path, '.md') === argument);
  if (match) return match;
  const ids = guides.map((path) => basename(path, '.md'));
  const close = nearFile(argument) ?? nearest(argument, ids);
  throw new ProblemError({
    code: 'guide-not-found', what: `There is no guide ${argument}.`, where: argument,
    remedy: close ? `Did you mean ${close}?` : ids.length > 0 ? `Known guides: ${ids.join(', ')}.` : 'Give the path of a Markdown file or of a directory of migrations.',
  }, EXIT.usage);
}

/** The path of a file beside the one that was meant, if its name is near: `my/tags.md` for `my/tag.md`. */
function nearFile(argument: string): string | null {
  const folder = dirname(argument);
  const names = existsSync(folder) && statSync(folder).isDirectory() ? readdirSync(folder).filter((name) => /\.(?:md|markdown|txt)$/i.test(name)) : [];
  const stem = (name: string): string => name.replace(/\.\w+$/, '');
  const near = nearest(stem(basename(argument)), names.map(stem));
  const name = names.find((one) => stem(one) === near);
  return name === undefined ? null : join(folder, name);
}

/** Compiles a guide file or a directory of migrations. */
export async function compilePath(path: string): Promise<Graph> {
  // Loaded only now: listing the guides does not need a compiler.
  const [{ compileDirectory, compileGuide }, { nodeFiles }] = await Promise.all([import('../graph/compile.js'), import('../guide/files.js')]);
  if (statSync(path).isDirectory()) return compileDirectory(path, nodeFiles);
  const text = nodeFiles.readBytes(path);
  if (text === null) throw new ProblemError({ code: 'guide-unreadable', what: 'The guide cannot be read.', where: path, remedy: 'Check the path and its permissions.' }, EXIT.usage);
  return compileGuide({ path, text, root: treeRoot(path) }, nodeFiles);
}

/** Top of the folder tree that a guide's files may lie in: its project's, the parent of a folder `guides`, else its own folder. */
export function treeRoot(path: string): string {
  const own = dirname(resolve(path));
  for (let folder = own; folder !== dirname(folder); folder = dirname(folder)) {
    if ([CONFIG_NAME, 'package.json', '.git'].some((name) => existsSync(join(folder, name)))) return folder;
  }
  return basename(own) === 'guides' ? dirname(own) : own;
}

/** A path as a person likes to read it: relative where that is shorter. */
export function shortPath(path: string, from = process.cwd()): string {
  const short = relative(from, path);
  return short.startsWith('..') || short === '' ? path : short;
}
