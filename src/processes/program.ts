import { execa } from 'execa';

/** Runs a program with standard input; a bad exit code is an answer, a program that is missing throws. What asks for a passphrase asks on the terminal. */
export async function runProgram(command: string, args: readonly string[], input: string): Promise<{ exitCode: number | null; stdout: string; stderr: string }> {
  const done = await execa(command, args, { input, reject: false, stripFinalNewline: false });
  if (done.exitCode === undefined) throw new Error(done.shortMessage ?? `${command} did not run`);
  return { exitCode: done.exitCode, stdout: done.stdout, stderr: done.stderr };
}
