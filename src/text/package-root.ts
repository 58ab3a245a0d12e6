import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

let found: string | undefined;

/**
 * The folder of this package: where `guides/` and `migrations/` lie. The same
 * answer from the sources, from the bundle in `dist/`, and installed as a
 * dependency of something else.
 * @returns an absolute path
 * @throws Error when no package.json named deploy-wizard stands above this file
 */
export function packageRoot(): string {
  found ??= search(dirname(fileURLToPath(import.meta.url)));
  return found;
}

function search(start: string): string {
  for (let folder = start; ; folder = dirname(folder)) {
    const manifest = join(folder, 'package.json');
    if (existsSync(manifest)) {
      const parsed: unknown = JSON.parse(readFileSync(manifest, 'utf8'));
      if (typeof parsed === 'object' && parsed !== null && 'name' in parsed && parsed.name === 'deploy-wizard') return folder;
    }
    if (dirname(folder) === folder) throw new Error(`no package.json of deploy-wizard above ${start}`);
  }
}
