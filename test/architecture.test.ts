import { readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

const src = resolve(import.meta.dirname, '../src');

/** The table of ARCHITECTURE.md: what each room may import beside itself. */
const table: Record<string, string[]> = {
  text: [],
  assertions: ['text'],
  guide: ['assertions', 'text', 'graph/graph', 'graph/compile'],
  graph: ['guide', 'assertions', 'text'],
  steps: ['graph', 'assertions', 'text'],
  engine: ['steps', 'graph', 'assertions', 'text'],
  postgres: ['engine/ports', 'engine', 'steps', 'graph', 'assertions', 'text', 'guide'],
  rehearsal: ['engine', 'postgres', 'steps', 'graph', 'text'],
  safety: ['guide', 'graph', 'postgres', 'text'],
  log: ['engine', 'steps', 'graph', 'assertions', 'text'],
  headless: ['engine', 'log', 'steps', 'graph', 'assertions', 'text'],
  processes: ['engine', 'text'],
  project: ['engine', 'log', 'graph', 'guide', 'steps', 'text'],
  screens: ['engine', 'log', 'terminal', 'steps', 'graph', 'assertions', 'text'],
  terminal: ['text'],
};

const everything = new Set(['commands', 'main.ts']);

function files(folder: string): string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    return statSync(path).isDirectory() ? files(path) : /\.tsx?$/.test(name) ? [path] : [];
  });
}

const IMPORT = /(?:from\s+|import\s*\(\s*|import\s+)'(\.[^']+)'/g;

describe('rooms', () => {
  const found = files(src);

  it('has a row in the table for every room', () => {
    const rooms = new Set(found.map((path) => relative(src, path).split('/')[0] ?? ''));
    for (const room of rooms) expect(everything.has(room) || room in table, `src/${room} is not in the table`).toBe(true);
  });

  it.each(found.map((path) => [relative(src, path), path]))('%s imports only downhill', (name, path) => {
    const room = name.split('/')[0] ?? '';
    if (everything.has(room)) return;
    const wrong: string[] = [];
    for (const [, specifier = ''] of readFileSync(path, 'utf8').matchAll(IMPORT)) {
      const target = relative(src, resolve(dirname(path), specifier)).replace(/\.js$/, '');
      const allowed = [room, ...(table[room] ?? [])];
      if (!allowed.some((one) => target === one || target.startsWith(`${one}/`))) wrong.push(target);
    }
    expect(wrong).toEqual([]);
  });

  it('lets a step import no sibling', () => {
    const kinds = ['approval', 'checklist', 'input', 'monitor', 'operator', 'shell'];
    for (const kind of kinds) {
      const text = readFileSync(join(src, 'steps', `${kind}.ts`), 'utf8');
      for (const other of [...kinds, 'sql']) if (other !== kind) expect(text, `${kind} imports ${other}`).not.toContain(`'./${other}.js'`);
    }
  });

  it('keeps the driver in src/postgres, React in src/screens, escape codes in src/terminal', () => {
    for (const path of found) {
      const name = relative(src, path);
      const text = readFileSync(path, 'utf8');
      if (!name.startsWith('postgres/')) expect(text, name).not.toMatch(/from '(pg|pg-cursor|pg-copy-streams|pgpass|pg-connection-string)'/);
      if (!name.startsWith('screens/')) expect(text, name).not.toMatch(/from '(react|ink)'/);
      if (!name.startsWith('terminal/') && !name.startsWith('text/')) expect(text, name).not.toMatch(/\\x1b\[|\\u001b\[|\\x1b\]/i);
    }
  });

  it('has no file of more than 300 lines', () => {
    const long = found.map((path) => [relative(src, path), readFileSync(path, 'utf8').split('\n').length] as const).filter(([, lines]) => lines > 300);
    expect(long).toEqual([]);
  });
});
