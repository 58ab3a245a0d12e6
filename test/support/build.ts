import { execFileSync } from 'node:child_process';
import { join, resolve } from 'node:path';

/** Builds dist/ once before the tests, where it is older than the sources. */
export default function build(): void {
  const root = resolve(import.meta.dirname, '../..');
  execFileSync(process.execPath, [join(root, 'scripts/build.js')], { cwd: root, stdio: 'inherit' });
}
