import { render } from 'ink';
import { copy } from '../terminal/clipboard.js';
import { openEditor } from '../terminal/editor.js';
import { restoreAtExit, stopUntilContinued } from '../terminal/restore.js';
import type { Desk } from './desk.js';
import type { WalkStore } from './store.js';
import { Walk } from './walk.js';

/** Frames per second at most: a key must be on the screen before the next is pressed. */
export const FPS = 120;

const desk: Desk = {
  now: () => new Date(),
  copy: (text) => copy(text, process.stdout, process.env),
  edit: (path, line) => openEditor(path, line, process.env),
  stop: stopUntilContinued,
};

/** Shows a walk on the alternate screen until the person leaves; the terminal is restored on every way out. */
export async function showWalk(store: WalkStore, signal: AbortSignal): Promise<void> {
  const off = restoreAtExit(process.stdout);
  const instance = render(<Walk store={store} desk={desk} onLeave={() => instance.unmount()} />, { alternateScreen: true, exitOnCtrlC: false, patchConsole: false, incrementalRendering: true, maxFps: FPS });
  signal.addEventListener('abort', () => instance.unmount(), { once: true });
  try {
    await instance.waitUntilExit();
  } finally {
    off();
  }
}
