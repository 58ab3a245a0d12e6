import { X509Certificate } from 'node:crypto';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import type { ConnectionOptions } from 'node:tls';
import { bad } from '../text/connection-pieces.js';
import { EXIT, messageOf, ProblemError } from '../text/problem.js';
import { nameProblem } from './server-name.js';

export const TLS_MODES = ['disable', 'allow', 'prefer', 'require', 'verify-ca', 'verify-full'] as const;
export type TlsMode = (typeof TLS_MODES)[number];

/** Code of the problem that a file is there and cannot be used: libpq counts it as a failure of TLS. */
export const UNUSABLE = 'certificate-unusable';

/** Files of TLS; null: none. `root` `system`: the certificate authorities of the machine. */
export interface Certificates { root: string | null; cert: string | null; key: string | null; crl: string | null; password: string | null }

export interface TlsSpec { tls: TlsMode; certificates: Certificates }

/**
 * TLS as libpq takes it (manual: "SSL Support"): files in ~/.postgresql where none
 * are named; `require` with a root certificate verifies it; `verify-full` without
 * one trusts the machine's authorities. Throws a ProblemError (exit 2).
 */
export function resolveTls(pick: (name: string) => string | undefined, socket: boolean): TlsSpec {
  const given = (name: string): string | undefined => pick(name) || undefined;
  const mode = pick('sslmode') ?? (given('sslrootcert') === 'system' ? 'verify-full' : 'prefer');
  if (!TLS_MODES.includes(mode as TlsMode)) throw bad('sslmode is not known', `Use one of ${TLS_MODES.join(', ')}.`);
  const own = (name: string): string | null => {
    const path = join(homedir(), '.postgresql', name);
    return existsSync(path) ? path : null;
  };
  const kept = given('sslcertmode') === 'disable';
  const certificates: Certificates = {
    root: given('sslrootcert') ?? own('root.crt'), cert: kept ? null : given('sslcert') ?? own('postgresql.crt'), key: kept ? null : given('sslkey') ?? own('postgresql.key'),
    crl: given('sslcrl') ?? own('root.crl'), password: given('sslpassword') ?? null,
  };
  if (certificates.root === 'system' && mode !== 'verify-full') throw bad(`sslrootcert=system with sslmode=${mode} would trust every host that has a certificate`, 'Use sslmode=verify-full.');
  if (mode === 'verify-ca' && certificates.root === null && !socket) throw bad('sslmode=verify-ca needs the certificate of the authority', 'Name it with sslrootcert (PGSSLROOTCERT), or use sslmode=verify-full.');
  const tls = mode === 'require' && certificates.root !== null ? 'verify-ca' : mode as TlsMode;
  return { tls, certificates };
}

/** Whether the server's certificate has to be of an authority: also in the lax modes, where a root file is there. */
export function verifies({ tls, certificates }: TlsSpec): boolean {
  return tls.startsWith('verify') || (certificates.root !== null && tls !== 'disable' && existsSync(certificates.root));
}

/** Options for the driver; the files are read now. Throws a ProblemError (exit 6) for one that cannot be. */
export function tlsOptions(spec: TlsSpec & { host: string }): ConnectionOptions {
  const { tls, host, certificates: { root, cert, key, crl, password } } = spec;
  const verified = verifies(spec);
  return {
    rejectUnauthorized: verified,
    checkServerIdentity: (_, certificate) => (tls === 'verify-full' ? nameProblem(host, certificate) : undefined),
    ...(verified && root !== null && root !== 'system' ? { ca: authorities(root) } : {}),
    ...(verified && crl !== null ? { crl: read(crl) } : {}),
    ...(cert === null ? {} : { cert: read(cert), key: privateKey(key, cert) }),
    ...(password === null ? {} : { passphrase: password }),
  };
}

/** Without a certificate in it, the file would count as none, and the public authorities as trusted. */
function authorities(path: string): string {
  const text = read(path);
  try {
    void new X509Certificate(text);
    return text;
  } catch {
    throw unusable(path, 'there is no certificate in it', 'Name the certificate of the authority with sslrootcert.');
  }
}

function privateKey(path: string | null, cert: string): string {
  if (path === null) throw unusable(cert, 'the private key of this certificate is missing', 'Name it with sslkey (PGSSLKEY).');
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
    // Missing is worse than unusable: there libpq would keep TLS, and do without the file.
    throw unusable(path, messageOf(error), 'Check the path in sslrootcert, sslcert, sslkey or sslcrl.', existsSync(path) ? UNUSABLE : 'certificate-missing');
  }
}

function unusable(path: string, what: string, remedy: string, code = UNUSABLE): ProblemError {
  return new ProblemError({ code, what: `A file of TLS cannot be used: ${what}.`, where: path, remedy }, EXIT.noConnection);
}
