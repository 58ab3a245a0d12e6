import { existsSync, readFileSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import type { ConnectionOptions } from 'node:tls';
import { EXIT, messageOf, ProblemError } from '../text/problem.js';
import { bad } from './connection-text.js';

export const TLS_MODES = ['disable', 'allow', 'prefer', 'require', 'verify-ca', 'verify-full'] as const;
export type TlsMode = (typeof TLS_MODES)[number];

/** Files of TLS; null: none. `root` `system`: the certificate authorities of the machine. */
export interface Certificates { root: string | null; cert: string | null; key: string | null; crl: string | null; password: string | null }

export interface TlsSpec { tls: TlsMode; certificates: Certificates }

/**
 * TLS as libpq takes it (manual: "SSL Support"): files in ~/.postgresql where none
 * are named; `require` with a root certificate verifies it; `verify-full` without
 * one trusts the machine's authorities. Throws a ProblemError (exit 2).
 */
export function resolveTls(pick: (name: string) => string | undefined): TlsSpec {
  const mode = pick('sslmode') ?? (pick('sslrootcert') === 'system' ? 'verify-full' : 'prefer');
  if (!TLS_MODES.includes(mode as TlsMode)) throw bad(`sslmode "${mode}" is not known`, `Use one of ${TLS_MODES.join(', ')}.`);
  const own = (name: string): string | null => {
    const path = join(homedir(), '.postgresql', name);
    return existsSync(path) ? path : null;
  };
  const certificates: Certificates = {
    root: pick('sslrootcert') ?? own('root.crt'), cert: pick('sslcert') ?? own('postgresql.crt'), key: pick('sslkey') ?? own('postgresql.key'),
    crl: pick('sslcrl') ?? own('root.crl'), password: pick('sslpassword') ?? null,
  };
  if (certificates.root === 'system' && mode !== 'verify-full') throw bad(`sslrootcert=system with sslmode=${mode} would trust every host that has a certificate`, 'Use sslmode=verify-full.');
  if (mode === 'verify-ca' && certificates.root === null) throw bad('sslmode=verify-ca needs the certificate of the authority', 'Name it with sslrootcert (PGSSLROOTCERT), or use sslmode=verify-full.');
  const tls = mode === 'require' && certificates.root !== null ? 'verify-ca' : mode as TlsMode;
  return { tls, certificates };
}

/** Options for the driver; the files are read now. Throws a ProblemError (exit 6) for one that cannot be. */
export function tlsOptions({ tls, certificates }: TlsSpec): ConnectionOptions {
  const { root, cert, key, crl, password } = certificates;
  return {
    rejectUnauthorized: tls === 'verify-ca' || tls === 'verify-full',
    ...(tls === 'verify-ca' ? { checkServerIdentity: () => undefined } : {}),
    ...(root !== null && root !== 'system' && tls.startsWith('verify') ? { ca: read(root) } : {}),
    ...(crl !== null && tls.startsWith('verify') ? { crl: read(crl) } : {}),
    ...(cert !== null && key !== null ? { cert: read(cert), key: privateKey(key) } : {}),
    ...(password === null ? {} : { passphrase: password }),
  };
}

function privateKey(path: string): string {
  const text = read(path);
  const { mode, uid } = statSync(path);
  // libpq's rule: 0600, or 0640 where root owns it.
  const open = uid === 0 ? mode & 0o037 : mode & 0o077;
  if (process.platform !== 'win32' && open !== 0) throw unusable(path, 'others may read this key', `chmod 600 ${path}`);
  return text;
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw unusable(path, messageOf(error), 'Check the path in sslrootcert, sslcert, sslkey or sslcrl.');
  }
}

function unusable(path: string, what: string, remedy: string): ProblemError {
  return new ProblemError({ code: 'certificate-unusable', what: `A file of TLS cannot be used: ${what}.`, where: path, remedy }, EXIT.noConnection);
}
