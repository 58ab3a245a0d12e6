import { readFileSync } from 'node:fs';
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
      const expected = step.expectations.map((one) => formatExpect(one.assertion)).join('; ');
      return `${step.role} ${step.kind}${expected === '' ? '' : ` (${expected})`}`;
    });
    expect(shown.join(', ')).toBe(says);
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
