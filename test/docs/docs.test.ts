import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadConfig } from '../../src/project/config.js';
import { configSchema } from '../../src/project/config-schema.js';
import { answersSchema } from '../../src/headless/answers.js';
import { keyPage } from '../../src/screens/keymap.js';
import { EXIT } from '../../src/text/problem.js';
import { parse } from '../../src/text/yaml.js';
import { folder, root, wizard } from '../cli/support.js';

const pages = ['README.md', 'ARCHITECTURE.md', 'CONTRIBUTING.md', 'CHANGELOG.md', ...readdirSync(join(root, 'docs'), { recursive: true }).map((name) => `docs/${String(name)}`).filter((name) => name.endsWith('.md'))];
const text = (page: string): string => readFileSync(join(root, page), 'utf8');

/** Fenced blocks of a language, longer fences first so that a fence in a fence counts as text. */
function blocks(page: string, language: string): string[] {
  return [...text(page).matchAll(/^(`{3,})(\w*)[^\n]*\n([\s\S]*?)^\1$/gm)].filter(([, , name]) => name === language).map(([, , , body = '']) => body);
}

describe('documentation', () => {
  it.each(pages)('%s links to what exists', (page) => {
    const missing = [...text(page).matchAll(/\]\((?!https?:)([^)#\s]+)[^)]*\)/g)].map(([, target = '']) => target).filter((target) => !existsSync(resolve(root, dirname(page), target)));
    expect(missing).toEqual([]);
  });

  it('shows the keys that there are', () => {
    expect(text('docs/keys.md')).toBe(keyPage());
  });

  it('starts without a configuration from what the schema gives for an empty one', async () => {
    expect((await loadConfig(folder())).config).toEqual(configSchema.parse({}));
  });

  it('gives a configuration and answers that are accepted', () => {
    const [config = '', answers = ''] = blocks('docs/configuration.md', 'yaml');
    expect(configSchema.safeParse(parse(config)).error).toBeUndefined();
    expect(answersSchema.safeParse(parse(answers)).error).toBeUndefined();
  });

  it('configures every environment that the README names, in a configuration that is accepted', () => {
    const [config = ''] = blocks('README.md', 'yaml');
    const read = configSchema.parse(parse(config));
    const named = [...text('README.md').matchAll(/--env (\w+)/g)].map(([, name = '']) => name);
    expect(named.length).toBeGreaterThan(1);
    for (const name of named) expect(Object.keys(read.environments)).toContain(name);
    expect(text('README.md')).toContain(`\`${read.logs}/\``);
  });

  it('gives each exit code its row in the README', () => {
    expect([...text('README.md').matchAll(/^\| (\d+) \|/gm)].map(([, code]) => Number(code))).toEqual(Object.values(EXIT));
  });

  it('names commands and flags that there are', async () => {
    const lines = pages.flatMap((page) => blocks(page, 'sh')).join('\n').replace(/\\\n\s*/g, ' ').split('\n').map((line) => line.replace(/\s#.*$/, '').trim()).filter((line) => /^(npx )?deploy-wizard\b/.test(line));
    expect(lines.length).toBeGreaterThan(5);
    for (const line of lines) {
      const [command = '', ...rest] = line.replace(/^(npx )?deploy-wizard ?/, '').split(/\s+/);
      if (command === '') continue;
      const help = await wizard([command, '--help']);
      expect(help.code, line).toBe(0);
      for (const flag of rest.filter((one) => one.startsWith('--'))) expect(help.out, line).toContain(flag.split('=')[0]);
    }
  });

  it('starts with two commands that the package has', () => {
    const { scripts } = JSON.parse(text('package.json')) as { scripts: Record<string, string> };
    expect(blocks('README.md', 'sh').slice(0, 2)).toEqual(['npm ci && npm start\n', 'npm ci && npm test\n']);
    expect(Object.keys(scripts)).toEqual(expect.arrayContaining(['start', 'test', 'build', 'prepare']));
  });

  it('shows a guide that compiles', async () => {
    const [guide = ''] = blocks('README.md', 'markdown');
    const path = join(folder(), 'shown.md');
    writeFileSync(path, `---\nguide: shown\n---\n# Shown\n\n## Verification\n\n${guide}`);
    const ended = await wizard(['check', path]);
    expect(ended.code, ended.out).toBe(0);
    expect(ended.out).toContain('rows = 3');
  });
});
