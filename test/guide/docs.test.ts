import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { formatExpect } from '../../src/assertions/format.js';
import { parseExpect } from '../../src/assertions/parse.js';
import { attributeNames } from '../../src/guide/attributes.js';
import { compile, errors } from './compile.js';

const page = readFileSync(join(import.meta.dirname, '../../docs/guide-language.md'), 'utf8');
const found = [...page.matchAll(/````markdown\n([\s\S]*?)\n````\n<!-- example: (.*?) -->/g)].map((match): [string, string] => [match[2] ?? '', match[1] ?? '']);

describe('the examples of docs/guide-language.md', () => {
  it('are all found', () => {
    expect(found).toHaveLength(page.match(/````markdown/g)?.length ?? 0);
    expect(found.length).toBeGreaterThanOrEqual(5);
  });

  it.each(found)('compile to: %s', async (says, text) => {
    const graph = await compile(text);
    expect(errors(graph)).toEqual([]);
    const shown = graph.steps.map((step) => {
      const expected = step.expectations.map((one) => formatExpect(one.assertion).replaceAll('\n', ' ')).join('; ');
      return `${step.role} ${step.kind}${expected === '' ? '' : ` (${expected})`}`;
    });
    expect(shown.join(', ')).toBe(says);
  });

  it('name schemas that are there, in front matter that is read', async () => {
    const named = [...page.matchAll(/```yaml\n(# yaml-language-server: \$schema=\.\/node_modules\/deploy-wizard\/(\S+)\n[\s\S]*?)```/g)];
    expect(named).toHaveLength(2);
    for (const [, , path = ''] of named) expect(existsSync(join(import.meta.dirname, '../..', path)), path).toBe(true);
    const graph = await compile(`---\n${named[0]?.[1] ?? ''}---\n# G\n\n## Run\n\n- [ ] Done\n`);
    expect([graph.guide.id, errors(graph)]).toEqual(['add-colour', []]);
  });

  it('act as the users they name', async () => {
    const graph = await compile(found.find(([, text]) => text.includes('as test user'))?.[1] ?? '');
    expect(graph.steps.map((step) => [step.as, step.claims])).toEqual([['authenticated', "{\"sub\": :'test_user_id'}"], ['anon', null]]);
  });

  it('fill the log with what was captured', async () => {
    const graph = await compile(found.find(([, text]) => text.includes('capture=user_count'))?.[1] ?? '');
    expect(graph.log?.fields.map((field) => field.fact)).toEqual(['date', 'capture:user_count']);
  });

  it('name every attribute', () => {
    for (const name of attributeNames) expect(page).toContain(`\`${name}\``);
  });

  it('list only forms that can be written', () => {
    const table = page.slice(page.indexOf('| form |'), page.indexOf('`statement 2:` before'));
    const forms = [...table.matchAll(/^\| (`.*?`) (?:and a table )?\|/gm)].flatMap((row) => [...(row[1] ?? '').matchAll(/`([^`]+)`/g)].map((one) => one[1] ?? ''));
    expect(forms.length).toBeGreaterThan(15);
    for (const form of forms) expect(parseExpect(form, { columns: ['a'], rows: [] }), form).not.toHaveProperty('problem');
  });
});
