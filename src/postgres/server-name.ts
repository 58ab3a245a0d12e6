import { isIP } from 'node:net';
import { checkServerIdentity, type PeerCertificate } from 'node:tls';

/**
 * Why a certificate is not of this host, or undefined. Node's rule, and libpq's where it is stricter:
 * `*` is a whole label, and a dot at the end of a name belongs to it.
 */
export function nameProblem(host: string, certificate: PeerCertificate): Error | undefined {
  const problem = checkServerIdentity(host, certificate);
  if (problem || isIP(host) !== 0) return problem;
  const listed = [...(certificate.subjectaltname ?? '').matchAll(/DNS:([^\s,"]+)/g)].map((one) => one[1] ?? '');
  const names = listed.length > 0 ? listed : [certificate.subject.CN ?? []].flat();
  const wanted = host.toLowerCase();
  const fits = (name: string): boolean => name === wanted || (name.startsWith('*.') && wanted.slice(wanted.indexOf('.')) === name.slice(1));
  return names.some((name) => fits(name.toLowerCase())) ? undefined : new Error(`the certificate is for ${names.join(', ')} and does not match the host ${host}`);
}
