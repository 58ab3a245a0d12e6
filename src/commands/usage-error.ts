import type { Command } from 'commander';
import { nearest } from '../text/nearest.js';

/** What an argument is, for those who left it out. */
const ARGUMENTS: Readonly<Record<string, string>> = {
  guide: 'a GUIDE: a Markdown file, the id of one in guides/, or a directory of migrations',
  guides: 'a GUIDE: a Markdown file, the id of one in guides/, or a directory of migrations',
  run: 'a RUN: the id, or its beginning, that deploy-wizard runs lists',
  what: 'what to make, guide or migration, and a NAME',
  name: 'a NAME, after what to make: guide or migration',
  shell: 'a SHELL: bash, zsh or fish',
  document: 'a DOCUMENT: a Markdown file as people write it',
  sources: 'SQL files, guides or directories of migrations',
};

/** A usage error of a command in words that help: what is missing and how it is written, or the flag that was meant. */
export function usageError(text: string, command: Command, example: string | undefined): string {
  const missing = /missing required argument '(\w+)'/.exec(text)?.[1];
  if (missing !== undefined) {
    const what = ARGUMENTS[missing];
    return `error: ${command.name()} needs ${what ?? missing.toUpperCase()}\n${example === undefined ? '' : `  try: ${example}\n`}`;
  }
  const unknown = /unknown option '(--[^'=]+)/.exec(text)?.[1];
  if (unknown === undefined || text.includes('Did you mean')) return text;
  const flags = command.options.flatMap((one) => one.long ?? []);
  // `--environment` is no slip of `--env`, but begins like it; so does `--data` of `--database`.
  const meant = flags.find((one) => one.length > 4 && (unknown.startsWith(one) || one.startsWith(unknown))) ?? nearest(unknown, flags);
  return meant === undefined || meant === null ? text : `${text.trimEnd()}\n(Did you mean ${meant}?)\n`;
}
