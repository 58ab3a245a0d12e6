import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { databaseUrl } from '../../src/rehearsal/embedded.js';
import { findServer } from '../../src/rehearsal/server-binaries.js';
import { makeServerFolder, removeServerFolder } from '../../src/rehearsal/server-folder.js';
import { initialise, launch, shutDown } from '../../src/rehearsal/server-process.js';
import { serverUser } from '../../src/rehearsal/server-user.js';
import { folder, guideFile, smallGuide, wizard } from '../cli/support.js';

it('a standby is refused for a run, with what to do', async () => {
  const user = serverUser();
  const binaries = await findServer({ user });
  const home = makeServerFolder(user);
  await initialise(binaries, home, { host: home.sockets, port: 5432, password: null }, user);
  // Started once for its first checkpoint; then it stays in recovery, as a standby whose primary is away.
  await shutDown(await launch(binaries, home, user, undefined, () => undefined));
  writeFileSync(join(home.data, 'standby.signal'), '');
  const child = await launch(binaries, home, user, undefined, () => undefined);
  try {
    const url = databaseUrl({ host: home.sockets, port: 5432, user: 'postgres', database: 'postgres' });
    const ended = await wizard(['run', guideFile(smallGuide), '--database', url, '--headless', '--yes', '--logs', folder()]);
    expect(ended.code, ended.err).toBe(3);
    expect(ended.err).toMatch(/is a standby[\s\S]*Give the primary/);
  } finally {
    await shutDown(child);
    removeServerFolder(home);
  }
});
