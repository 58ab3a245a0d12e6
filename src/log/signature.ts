import { messageOf, type Problem } from '../text/problem.js';

/** Runs a program with arguments and standard input; gives its exit code and output and never throws for a bad exit code. */
export type RunProgram = (command: string, args: readonly string[], input: string) => Promise<{ exitCode: number | null; stdout: string; stderr: string }>;

/** Namespace of `ssh-keygen -Y`, so that a signature for something else never counts as one of a log. */
export const NAMESPACE = 'deploy-wizard-log';

export type Signed = { signature: string } | { problem: Problem };
export type Verified = { valid: true; signer: string } | { valid: false; problem: Problem };

/**
 * Signs a text with an SSH key: a private key's path, or a public key's path
 * when the agent holds the private one. Gives the armoured signature.
 */
export async function sign(text: string, key: string, run: RunProgram): Promise<Signed> {
  const done = await attempt(run, ['-Y', 'sign', '-n', NAMESPACE, '-f', key], text);
  if ('problem' in done) return done;
  if (done.exitCode === 0 && done.stdout.includes('BEGIN SSH SIGNATURE')) return { signature: done.stdout };
  return { problem: { code: 'log-not-signed', what: `The log was not signed: ${lastLine(done.stderr)}`, where: key, remedy: 'Name a readable SSH key, or start an agent that holds it.' } };
}

/**
 * Checks a signature against an `allowed_signers` file (see ssh-keygen(1)).
 * Without `signer` any of its principals may have signed.
 */
export async function verify(text: string, files: { signature: string; allowedSigners: string; signer?: string }, run: RunProgram): Promise<Verified> {
  const signer = files.signer ?? await principal(files, run);
  if (typeof signer !== 'string') return { valid: false, problem: signer };
  const done = await attempt(run, ['-Y', 'verify', '-n', NAMESPACE, '-f', files.allowedSigners, '-I', signer, '-s', files.signature], text);
  if ('problem' in done) return { valid: false, problem: done.problem };
  if (done.exitCode === 0) return { valid: true, signer };
  return { valid: false, problem: { code: 'signature-wrong', what: `The signature is not ${signer}'s for this text: ${lastLine(done.stderr || done.stdout)}`, where: files.signature, remedy: 'The log was changed after it was signed, or another key signed it.' } };
}

async function principal(files: { signature: string; allowedSigners: string }, run: RunProgram): Promise<string | Problem> {
  const done = await attempt(run, ['-Y', 'find-principals', '-f', files.allowedSigners, '-s', files.signature], '');
  if ('problem' in done) return done.problem;
  const name = done.stdout.split('\n')[0]?.trim() ?? '';
  return done.exitCode === 0 && name !== '' ? name : { code: 'signer-unknown', what: 'The key that signed is not among the allowed signers.', where: files.allowedSigners, remedy: 'Add the signer\'s public key to that file.' };
}

async function attempt(run: RunProgram, args: readonly string[], input: string): Promise<{ exitCode: number | null; stdout: string; stderr: string } | { problem: Problem }> {
  try {
    return await run('ssh-keygen', args, input);
  } catch (error) {
    return { problem: { code: 'ssh-keygen-missing', what: `ssh-keygen cannot be run: ${messageOf(error)}`, remedy: 'Install OpenSSH 8.2 or newer.' } };
  }
}

function lastLine(text: string): string {
  return text.trim().split('\n').at(-1) ?? '';
}
