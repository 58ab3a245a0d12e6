import { afterEach } from 'vitest';
import { Walk } from '../../src/screens/walk.js';
import { Screen } from '../support/screen.js';
import { TestDesk } from './desk.js';
import type { Scene } from './scenes.js';
import type { TestStore } from './test-store.js';

const open: Screen[] = [];
afterEach(() => { for (const one of open.splice(0)) one.close(); });

/** A scene in a terminal, its keys pressed; closed after the test. */
export async function show(scene: Scene, columns = 200, rows = 60): Promise<{ screen: Screen; store: TestStore; desk: TestDesk; left: () => boolean }> {
  const store = scene.store();
  const desk = new TestDesk();
  let left = false;
  const screen = new Screen(<Walk store={store} desk={desk} onLeave={() => { left = true; }} />, { columns, rows });
  open.push(screen);
  await screen.settle();
  for (const key of scene.keys) { desk.moment = new Date(desk.moment.getTime() + 1000); await screen.press(key); }
  desk.moment = new Date(desk.moment.getTime() + 1000);
  return { screen, store, desk, left: () => left };
}

/** The `key words` pairs that the last line shows. */
export function footerOf(screen: Screen): string[] {
  return (screen.lines().at(-2) ?? '').split(/ {2,}/).map((one) => one.trim()).filter((one) => one !== '');
}
