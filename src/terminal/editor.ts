import { execa } from 'execa';
import { leavingInterruptsAlone } from './restore.js';

/** Opens a file at a line in $VISUAL or $EDITOR (else vi) and waits; the caller has given the terminal free. */
export async function openEditor(path: string, line: number, env: NodeJS.ProcessEnv): Promise<void> {
  const [command = 'vi', ...flags] = (env.VISUAL || env.EDITOR || 'vi').split(' ');
  const at = /(^|\/)(vi|vim|nvim|nano|emacs|kak|micro|less)$/.test(command) ? [`+${line}`] : [];
  await leavingInterruptsAlone(async () => { await execa(command, [...flags, ...at, path], { stdio: 'inherit', reject: false }); });
}
