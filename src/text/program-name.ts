import { existsSync } from 'node:fs';
import { delimiter, join, sep } from 'node:path';

const NAME = 'deploy-wizard';
/** The name where it begins a command, not where it is the program's own. */
const COMMAND = /(?<!npx )\bdeploy-wizard (?=(?:run|rehearse|check|graph|adopt|resume|rollback|runs|log|watch|lint|audit|new|completion)\b|--| {3})/g;

/**
 * How the program is called by whoever reads this: by its name, but through npx where npm started it and no shell finds
 * the name. npm puts folders `node_modules/.bin` on the PATH of what it starts; the shell behind it has none of them.
 */
export function programName(env: NodeJS.ProcessEnv = process.env, exists: (path: string) => boolean = existsSync): string {
  if (env['npm_command'] === undefined && env['npm_lifecycle_event'] === undefined) return NAME;
  const folders = (env['PATH'] ?? env['Path'] ?? '').split(delimiter).filter((folder) => folder !== '' && !folder.endsWith(`node_modules${sep}.bin`));
  const names = process.platform === 'win32' ? [`${NAME}.cmd`, `${NAME}.exe`] : [NAME];
  return folders.some((folder) => names.some((name) => exists(join(folder, name)))) ? NAME : `npx ${NAME}`;
}

/** A text with its commands as they can be typed here. What is journalled keeps the plain name. */
export function typeable(text: string, name: () => string = programName): string {
  return text.replace(COMMAND, () => `${name()} `);
}
