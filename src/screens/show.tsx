import { render } from 'ink';
import { copy } from '../terminal/clipboard.js';
import { openEditor } from '../terminal/editor.js';
import { notify } from '../terminal/notify.js';
import { restoreAtExit, stopUntilContinued } from '../terminal/restore.js';
import { openTitle } from '../terminal/title.js';
import { dropTypedAhead } from '../terminal/typed-ahead.js';
import type { WalkStore } from './store.js';
import { Walk } from './walk.js';

/** Shows a walk on the alternate screen until the person leaves; the terminal is restored on every way out. */
export async function showWalk(store: WalkStore, signal: AbortSignal): Promise<void> {
  const { stdout, env } = process;
  const title = openTitle(stdout, env);
  const off = restoreAtExit(stdout, () => title.close());
  const desk = {
    now: () => new Date(),
    copy: (text: string) => copy(text, stdout, env),
    edit: (path: string, line: number) => openEditor(path, line, env),
    stop: stopUntilContinued,
    title: title.set,
    notify: (text: string) => notify(text, stdout, env),
  };
  await dropTypedAhead(process.stdin);
  // Ended meanwhile: there is nothing to show any more.
  if (signal.aborted) { process.stdin.setRawMode(false); off(); return; }
  const instance = render(<Walk store={store} desk={desk} onLeave={() => instance.unmount()} />, { alternateScreen: true, exitOnCtrlC: false, patchConsole: false, interactive: true });
  signal.addEventListener('abort', () => instance.unmount(), { once: true });
  try {
    await instance.waitUntilExit();
  } finally {
    title.close();
    off();
  }
}
