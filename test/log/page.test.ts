import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { logHtml } from '../../src/log/html.js';
import { fullGraph, fullRun } from './full-run.js';

/** A browser and the accessibility checker, where this machine has them: `CHROME` and `AXE_CORE` name them otherwise. */
const browser = [process.env['CHROME'], 'chromium', 'chromium-browser', 'google-chrome'].find((name) => name !== undefined && spawnSync(name, ['--version']).status === 0);
const checker = [process.env['AXE_CORE'], installed()].find((path) => path !== undefined && existsSync(path));

function installed(): string | undefined {
  try {
    return createRequire(import.meta.url).resolve('axe-core/axe.min.js');
  } catch {
    return undefined;
  }
}

interface Violation { id: string; nodes: { html: string }[] }
type Seen = Record<'light' | 'dark', { paper: string; violations: Violation[] }>;

/** Makes each scheme plain in turn and checks the page in it: to start a browser costs more than both. */
const CHECK = `(async () => {
  const seen = {};
  const styles = [...document.querySelectorAll('style')].map((style) => [style, style.textContent]);
  for (const scheme of ['light', 'dark']) {
    for (const [style, text] of styles) style.textContent = text.replaceAll('(prefers-color-scheme: dark)', scheme === 'dark' ? 'all' : 'not all');
    seen[scheme] = { paper: getComputedStyle(document.body).backgroundColor, violations: (await axe.run(document)).violations };
  }
  document.body.textContent = 'AXE' + JSON.stringify(seen) + 'END';
})();`;

describe.skipIf(browser === undefined || checker === undefined)('the page in a browser', () => {
  const folder = mkdtempSync(join(tmpdir(), 'deploy-wizard-page-'));
  afterAll(() => { rmSync(folder, { recursive: true, force: true }); });

  it('has no accessibility fault, light or dark', () => {
    // The page itself allows no script; the checker goes in with the policy taken out.
    const page = logHtml(fullRun().state(), fullGraph).replace(/<meta http-equiv="Content-Security-Policy"[^>]*>/, '');
    const script = `<script>${readFileSync(checker ?? '', 'utf8').replaceAll('</script', '<\\/script')}</script><script>${CHECK}</script>`;
    const path = join(folder, 'page.html');
    writeFileSync(path, page.replace('</body>', () => `${script}</body>`));
    const dom = execFileSync(browser ?? '', ['--headless', '--no-sandbox', '--disable-gpu', `--user-data-dir=${join(folder, 'profile')}`, '--virtual-time-budget=20000', '--dump-dom', `file://${path}`], { encoding: 'utf8', maxBuffer: 1e8, stdio: ['ignore', 'pipe', 'ignore'] });
    const found = /AXE([^]*)END/.exec(dom)?.[1]?.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
    const { light, dark } = JSON.parse(found ?? '{}') as Seen;
    expect(dark.paper).not.toBe(light.paper);
    for (const { violations } of [light, dark]) expect(violations.map((one) => `${one.id}: ${one.nodes[0]?.html ?? ''}`)).toEqual([]);
  });
});
