import { appendFileSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { sign, verify } from '../log/signature.js';
import { encodeSignature, readSignatures, signedText, statementOf, stillHolds } from '../log/signed-journal.js';
import { runProgram } from '../processes/program.js';
import type { LoadedConfig } from '../project/config.js';
import type { FoundRun } from '../project/journals.js';
import { EXIT, type Problem, ProblemError } from '../text/problem.js';

/** The key to sign with: what was named, the configuration's, or the user's own. A leading `~/` is the home folder. */
export function signingKey(named: string | true | undefined, loaded: LoadedConfig): string {
  if (typeof named === 'string') return atHome(named, process.cwd());
  if (loaded.config.sign.key !== undefined) return atHome(loaded.config.sign.key, loaded.folder);
  const own = ['id_ed25519', 'id_ecdsa', 'id_rsa'].map((name) => join(homedir(), '.ssh', name)).find((path) => existsSync(path));
  if (own !== undefined) return own;
  throw new ProblemError({ code: 'key-missing', what: 'There is no SSH key to sign with.', where: '~/.ssh', remedy: 'Name one: --sign KEY, or sign.key in the configuration.' }, EXIT.usage);
}

/** Signs a journal as it stands; the signature is added to the file beside it. Gives the problem, or null. */
export async function signJournal({ read, state, files }: FoundRun, key: string): Promise<Problem | null> {
  if (read.fault) return { code: 'journal-broken', what: `The journal's chain is broken at line ${read.fault.line}; it is not signed.`, where: files.journal };
  const statement = statementOf(state.run, read.lines);
  const signed = await sign(signedText(statement.run, statement.lines, statement.hash), key, runProgram);
  if ('problem' in signed) return signed.problem;
  appendFileSync(files.signature, encodeSignature({ ...statement, armour: signed.signature }), { mode: 0o600 });
  return null;
}

/** One line per signature of a run, and whether all of them hold. A run without signatures has none that fail. */
export async function checkSignatures({ read, state, files }: FoundRun, signers: string | undefined, loaded: LoadedConfig): Promise<{ lines: string[]; good: boolean }> {
  if (!existsSync(files.signature)) return { lines: ['not signed'], good: true };
  const signatures = readSignatures(readFileSync(files.signature, 'utf8'));
  if (signatures === null) return { lines: [`bad signature: ${files.signature} is not a file of signatures`], good: false };
  const allowedSigners = signers !== undefined ? atHome(signers, process.cwd()) : loaded.config.sign.allowedSigners !== undefined ? atHome(loaded.config.sign.allowedSigners, loaded.folder) : join(homedir(), '.ssh', 'allowed_signers');
  const folder = mkdtempSync(join(tmpdir(), 'deploy-wizard-verify-'));
  const lines: string[] = [];
  let good = true;
  try {
    for (const one of signatures) {
      const armour = join(folder, 'signature');
      writeFileSync(armour, one.armour);
      const other = stillHolds(one, state.run, read.lines, files.signature);
      const checked = other ? { valid: false as const, problem: other } : await verify(signedText(one.run, one.lines, one.hash), { signature: armour, allowedSigners }, runProgram);
      const since = read.lines.length - one.lines;
      if (checked.valid) lines.push(`signed by ${checked.signer}: ${one.lines} lines${since > 0 ? `; ${since} came after` : ''}`);
      else lines.push(`bad signature: ${checked.problem.what} ${checked.problem.remedy ?? ''}`.trimEnd());
      good &&= checked.valid;
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  return { lines, good };
}

function atHome(path: string, base: string): string {
  return path.startsWith('~/') ? join(homedir(), path.slice(2)) : resolve(base, path);
}
