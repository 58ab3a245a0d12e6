import { createHash } from 'node:crypto';
import { chmodSync, chownSync, copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { program, type ServerBinaries } from './server-binaries.js';
import type { ServerFolder } from './server-folder.js';
import type { ServerUser } from './server-user.js';

/** What was copied: tells a whole template from one that somebody tidied up in. */
interface Size { files: number; bytes: number }

const WHOLE = 'whole.json';

/**
 * Fills a data folder: from the copy that an earlier start kept beside the servers' folders, else by `make` (initdb takes
 * longer than anything else that a start does), whose work is kept for the next. All copies are one system to PostgreSQL:
 * only for servers that nobody comes back to.
 */
export async function fromTemplate(binaries: ServerBinaries, folder: ServerFolder, user: ServerUser, options: readonly string[], make: () => Promise<void>): Promise<void> {
  const template = join(dirname(folder.root), `template-${keyOf(binaries, options)}`);
  if (filled(template, folder, user)) return;
  await make();
  keep(folder, template);
}

/** Another build of the server, or another way to prepare it, is another template. */
function keyOf(binaries: ServerBinaries, options: readonly string[]): string {
  const state = statSync(program(binaries, 'postgres'));
  return createHash('sha256').update(JSON.stringify([binaries.bin, binaries.version, state.size, state.mtimeMs, options])).digest('hex').slice(0, 16);
}

function filled(template: string, folder: ServerFolder, user: ServerUser): boolean {
  try {
    const whole = JSON.parse(readFileSync(join(template, WHOLE), 'utf8')) as Size;
    const copied = copy(join(template, 'data'), folder.data, user);
    if (copied.files === whole.files && copied.bytes === whole.bytes) return true;
  } catch {
    // None was made yet, or somebody takes it away while we read.
  }
  for (const name of readdirSync(folder.data)) rmSync(join(folder.data, name), { recursive: true, force: true });
  return false;
}

/** Made aside and moved in whole; without it the next start takes longer, no more. */
function keep(folder: ServerFolder, template: string): void {
  // Named like a server's folder: whoever is killed while he makes one leaves it to be found as those are.
  const making = mkdtempSync(`${dirname(folder.root)}/${process.pid}-template-`);
  try {
    mkdirSync(join(making, 'data'), { mode: 0o700 });
    writeFileSync(join(making, WHOLE), JSON.stringify(copy(folder.data, join(making, 'data'), null)));
    if (existsSync(template)) rmSync(template, { recursive: true, force: true });
    renameSync(making, template);
  } catch {
    rmSync(making, { recursive: true, force: true });
  }
}

/** Into an existing folder, for that user. A data folder holds no links before its server has made some. */
function copy(from: string, to: string, user: ServerUser): Size {
  const size = { files: 0, bytes: 0 };
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    const [source, target] = [join(from, entry.name), join(to, entry.name)];
    if (entry.isDirectory()) {
      mkdirSync(target, { mode: 0o700 });
      const inside = copy(source, target, user);
      size.files += inside.files;
      size.bytes += inside.bytes;
    } else {
      copyFileSync(source, target);
      chmodSync(target, 0o600);
      size.files += 1;
      size.bytes += statSync(target).size;
    }
    if (user) chownSync(target, user.uid, user.gid);
  }
  return size;
}
