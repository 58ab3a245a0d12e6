import { execFileSync } from 'node:child_process';
import { appendFileSync, chmodSync, chownSync, copyFileSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'vitest';
import { resolveConnection } from '../../src/postgres/connection.js';
import { openTarget } from '../../src/postgres/target.js';
import type { ProblemError } from '../../src/text/problem.js';
import { findServer } from '../../src/rehearsal/server-binaries.js';
import { makeServerFolder, removeServerFolder } from '../../src/rehearsal/server-folder.js';
import { initialise, launch, shutDown } from '../../src/rehearsal/server-process.js';
import { serverUser } from '../../src/rehearsal/server-user.js';
import { plain } from '../postgres/support.js';

/** A server on a loopback port and a socket, with a password and a certificate for "localhost". */
export interface TlsServer {
  port: number;
  socket: string;
  password: string;
  /** Certificate of the authority that signed the server's, and of one that did not. */
  authority: string;
  stranger: string;
  /** A client's certificate and key, signed by the authority. */
  client: { cert: string; key: string };
  stop(): Promise<void>;
}

const openssl = (folder: string, ...args: string[]): void => { execFileSync('openssl', args, { cwd: folder, stdio: 'ignore' }); };

function certificates(): string {
  const folder = mkdtempSync(join(tmpdir(), 'certificates-'));
  for (const name of ['authority', 'stranger']) {
    openssl(folder, 'req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2', '-subj', `/CN=${name}`, '-keyout', `${name}.key`, '-out', `${name}.crt`);
  }
  for (const [name, subject, san] of [['server', 'localhost', 'subjectAltName=DNS:localhost'], ['client', 'postgres', 'subjectAltName=DNS:client']] as const) {
    openssl(folder, 'req', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-subj', `/CN=${subject}`, '-addext', san, '-keyout', `${name}.key`, '-out', `${name}.csr`);
    openssl(folder, 'x509', '-req', '-in', `${name}.csr`, '-CA', 'authority.crt', '-CAkey', 'authority.key', '-CAcreateserial', '-days', '2', '-copy_extensions', 'copy', '-out', `${name}.crt`);
    chmodSync(join(folder, `${name}.key`), 0o600);
  }
  return folder;
}

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => { probe.listen(0, '127.0.0.1', () => resolve()); });
  const { port } = probe.address() as AddressInfo;
  await new Promise((resolve) => { probe.close(resolve); });
  return port;
}

/** `access`: lines of pg_hba.conf before those that let everybody in with a password. */
export async function startTlsServer(password: string, access: readonly string[] = []): Promise<TlsServer> {
  const user = serverUser();
  const binaries = await findServer({ user });
  const folder = makeServerFolder(user);
  const files = certificates();
  const port = await freePort();
  await initialise(binaries, folder, { host: '127.0.0.1', port, password }, user);
  for (const name of ['server.crt', 'server.key', 'authority.crt']) {
    copyFileSync(join(files, name), join(folder.data, name));
    chmodSync(join(folder.data, name), 0o600);
    if (user) chownSync(join(folder.data, name), user.uid, user.gid);
  }
  appendFileSync(join(folder.data, 'postgresql.conf'), `listen_addresses = '127.0.0.1'\nport = ${port}\nssl = on\nssl_cert_file = 'server.crt'\nssl_key_file = 'server.key'\nssl_ca_file = 'authority.crt'\n`);
  const hba = join(folder.data, 'pg_hba.conf');
  writeFileSync(hba, `${access.join('\n')}\n${readFileSync(hba, 'utf8')}`);
  const child = await launch(binaries, folder, user, undefined, () => undefined);
  return {
    port, socket: folder.sockets, password, authority: join(files, 'authority.crt'), stranger: join(files, 'stranger.crt'), client: { cert: join(files, 'client.crt'), key: join(files, 'client.key') },
    stop: async () => { await shutDown(child); removeServerFolder(folder); },
  };
}

/** The TLS in use with these settings, or what is wrong; never with the password in it. */
export async function tlsInUse(server: TlsServer, settings: Record<string, string>, env: NodeJS.ProcessEnv = {}): Promise<string> {
  const pairs = { hostaddr: '127.0.0.1', host: 'localhost', port: String(server.port), user: 'postgres', dbname: 'postgres', password: server.password, ...settings };
  const url = Object.entries(pairs).map(([key, value]) => `${key}='${value}'`).join(' ');
  try {
    const on = await openTarget(await resolveConnection({ url, env }), plain);
    try {
      const { tls } = await on.identify();
      return tls.split(' ')[0] ?? '';
    } finally {
      await on.close();
    }
  } catch (error) {
    const { what, remedy } = (error as ProblemError).problem;
    expect(`${what} ${remedy}`).not.toContain(server.password);
    return what;
  }
}
