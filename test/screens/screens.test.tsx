import { afterEach, describe, expect, it } from 'vitest';
import { Walk } from '../../src/screens/walk.js';
import { Screen } from '../support/screen.js';
import { TestDesk } from './desk.js';
import { ordersGraph } from './orders-guide.js';
import { scenesOf, type Scene } from './scenes.js';

const SIZES = [[60, 15], [80, 24], [120, 40], [200, 60]] as const;
const graph = await ordersGraph();
const open: Screen[] = [];
afterEach(() => { for (const one of open.splice(0)) one.close(); });

async function show(scene: Scene, [columns, rows]: readonly [number, number], through: (readonly [number, number])[] = []): Promise<Screen> {
  const [first = [columns, rows] as const] = through;
  const screen = new Screen(<Walk store={scene.store()} desk={new TestDesk()} onLeave={() => undefined} />, { columns: first[0], rows: first[1] });
  open.push(screen);
  await screen.settle();
  for (const key of scene.keys) await screen.press(key);
  for (const [wide, high] of [...through.slice(1), [columns, rows] as const]) await screen.resize(wide, high);
  return screen;
}

describe.each(scenesOf(graph))('$name', (scene) => {
  it.each(SIZES)('at %i×%i looks as kept, and no taller than the window', async (...size) => {
    const screen = await show(scene, size);
    expect(screen.scrolledOff).toBe(0);
    await expect(`${screen.lines().map((one) => one.trimEnd()).join('\n')}\n`).toMatchFileSnapshot(`goldens/${scene.name}.${size[0]}x${size[1]}.txt`);
  });

  it('leaves nothing behind when the window changes', async () => {
    const fresh = await show(scene, [80, 24]);
    const resized = await show(scene, [80, 24], [[200, 60], [60, 15], [30, 8], [120, 40]]);
    expect(resized.text()).toBe(fresh.text());
    expect(resized.scrolledOff).toBe(0);
  });
});
