import fc from 'fast-check';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmFromMarkdown } from 'mdast-util-gfm';
import { gfm } from 'micromark-extension-gfm';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { fold } from '../../src/engine/reduce.js';
import { h } from '../../src/log/html-text.js';
import { logHtml } from '../../src/log/html.js';
import { logJson } from '../../src/log/json.js';
import { cellCode, code, fenced, md, plainTable, table } from '../../src/log/markdown-text.js';
import { logMarkdown } from '../../src/log/markdown.js';
import { logSchema } from '../../src/log/schema.js';
import { fullGraph, fullRun } from './full-run.js';
import { graph, result, Script, statement, step } from './support.js';

interface Node { type: string; value?: string; children?: Node[] }
const parse = (text: string): Node => fromMarkdown(text, { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] }) as Node;
const all = (node: Node): Node[] => [node, ...(node.children ?? []).flatMap(all)];
const plain = (node: Node): string => all(node).map((one) => (one.type === 'text' || one.type === 'inlineCode' ? one.value ?? '' : '')).join('');
/** Text out of a database or a person: anything, and most of all what means something to Markdown and HTML. */
const nasty = fc.array(fc.constantFrom(...'`|<>&"\'*_~[]()#!\\$@:/-+=1. \n\t\u0007\u001b\u202e'.split(''), '```', '<!--', '<script>', 'https://x.example', 'www.x.example', 'a', 'é', '中', '1.', '- ', '{{', '&lt;'), { maxLength: 14 }).map((parts) => parts.join(''));
const visibleText = (text: string): string => text.replace(/\s+/g, ' ').trim();

describe('the log', () => {
  const state = fullRun().state();

  it('is the same, byte for byte, from the same events', () => {
    const again = fold(JSON.parse(JSON.stringify(fullRun().events)));
    if (again === null) throw new TypeError('no events');
    expect(logMarkdown(again, fullGraph)).toBe(logMarkdown(state, fullGraph));
    expect(logHtml(again, fullGraph)).toBe(logHtml(state, fullGraph));
    expect(JSON.stringify(logJson(again, fullGraph))).toBe(JSON.stringify(logJson(state, fullGraph)));
  });

  it('keeps its schema, which JSON Schema can say, at every point of the run', () => {
    const { events } = fullRun();
    for (let end = 1; end <= events.length; end += 1) {
      const part = fold(events.slice(0, end));
      if (part === null) throw new TypeError('no events');
      const log = logJson(part, fullGraph);
      expect(logSchema.parse(log)).toEqual(log);
      expect(logMarkdown(part, fullGraph)).toContain('# ');
    }
    expect(z.toJSONSchema(logSchema)).toMatchObject({ type: 'object' });
  });

  it('tells outcome, deviations, locks, blockers, rollback and residue', () => {
    const log = logJson(state, fullGraph);
    expect(log).toMatchObject({
      outcome: 'rolled back', exitCode: 5, durationMs: 33_000, database: { name: 'shop', server: 'db.example.com:5432' }, metrics: { before: { orders: '50' }, after: { orders: '40' } },
      deviations: [{ step: 'index', what: 'skipped', reason: 'quiet hour only', by: 'dana' }],
      locks: [{ step: 'column', relation: 'public.orders', mode: 'AccessExclusive', rewrites: true, durationMs: 1200 }],
      blockers: [{ step: 'column', pid: 411 }], rehearsal: { sha256Matches: false },
      rollback: { ran: true, complete: true, undone: ['column'], steps: [{ id: 'undo', verdict: 'passed' }], proof: { clean: false, residue: [{ object: 'index public.orders_note', step: 'index' }] } },
    });
    expect(log.steps.map((one) => [one.id, one.verdict, one.rehearsedMs])).toEqual([['ready', 'passed', null], ['before', 'passed', null], ['column', 'passed', 900], ['index', 'skipped', 4000], ['verify', 'failed', 12], ['watch', 'not reached', null]]);
    expect(log.steps[0]?.items).toMatchObject([{ ticked: true, by: 'dana', note: 'pg_dump, 3 GB' }, { ticked: false, by: null }]);
    const text = logMarkdown(state, fullGraph);
    for (const told of ['AccessExclusive on `public.orders`, 1.2 s, rewrites the table', 'waited for session 411', '20 of 40 rows shown', '`index public.orders_note`', 'of **another version** of the guide', '(secret)', '×1.4', 'quiet hour only']) expect(text).toContain(told);
    const page = logHtml(state, fullGraph);
    for (const told of ['AccessExclusive', 'session 411', 'index public.orders_note', 'rehearsed 900 ms', '<details', 'prefers-color-scheme', '@media print']) expect(page).toContain(told);
  });

  it('says first what was out of the ordinary, and the steps in detail last, in both pages', () => {
    const order = (text: string, marks: string[]): number[] => marks.map((mark) => text.indexOf(mark));
    const text = order(logMarkdown(state, fullGraph), ['# ↺ Add order notes', '## Deviations', '## Proofs', '## Rollback\n', '## Incidents', '## Sessions that blocked', '## Migration log', '## Overview', '## Locks', '## Step by step', '### ✗ Verify', '## Steps of the rollback']);
    const page = order(logHtml(state, fullGraph), ['id="summary"', 'id="deviations"', 'id="proofs"', 'id="rollback"', 'id="incidents"', 'id="form"', 'id="overview"', 'id="locks"', 'id="steps"', 'id="rollback-steps"']);
    for (const places of [text, page]) {
      expect(places).not.toContain(-1);
      expect(places).toEqual([...places].sort((a, b) => a - b));
    }
  });

  it('shows what passed in short, what failed whole, and of a further pass what failed alone', () => {
    const rows = Array.from({ length: 30 }, (_, index) => [String(index), 'x']);
    const long = `-- why\nSELECT a,\n  b FROM t WHERE ${Array.from({ length: 40 }, (_, index) => `a <> ${index}`).join(' AND ')}`;
    const results = [result({ sql: long, columns: ['a', 'b'], types: ['int4', 'text'], rows, rowCount: 30 }), result({ index: 1, sql: 'SELECT 1 AS one', columns: ['one'], types: ['int4'], rows: [['1']], rowCount: 1 })];
    const ran = (verdict: 'passed' | 'failed', mode: 'run' | 'rehearsal' = 'rehearsal'): string => logMarkdown(new Script({ mode }).ran('s', { verdict, results }).ran('s', { pass: 'again', verdict, results }).finished('passed', 0).state(), graph([step('s', { title: 'Look', statements: [statement(long, 'SELECT'), statement('SELECT 1 AS one', 'SELECT')] })]));
    const passed = ran('passed');
    expect(passed).toMatch(/^- .*`SELECT` · 12 ms · 30 rows returned: `SELECT a, b FROM t WHERE .*… \(\d+ more characters\)`$/m);
    expect(passed).toContain('5 of 30 rows shown.');
    // Of a run the SQL is evidence.
    expect(ran('passed', 'run')).toContain(`12 ms · 30 rows returned\n\n\`\`\`sql\n${long}\n\`\`\`\n\n\`\`\`text\n`);
    expect(passed).toContain('`SELECT 1 AS one` → `one = 1`');
    expect(passed.match(/### ✓ Look/g)).toHaveLength(1);
    expect(passed).toContain('## Pass: again');
    const failed = ran('failed');
    expect(failed).toContain(`\`\`\`sql\n${long}\n\`\`\``);
    expect(failed.match(/20 of 30 rows shown\./g)).toHaveLength(2);
  });

  it('says of a figure that it was not measured, and of a proof no more than what it compared', () => {
    const proved = (notCompared: string[]): string => logMarkdown(new Script().ran('s').add({ type: 'capture.set', pass: 'forward', step: 's', attempt: 1, name: 'users_before', value: '5' })
      .add({ type: 'rollback.started', reason: 'because', by: 'dana', plan: [], uncovered: [] }).add({ type: 'rollback.finished', complete: true, undone: ['s'], notUndone: [] })
      .add({ type: 'proof.finished', pass: 'rollback', what: 'rollback', after: null, proof: { clean: true, residue: [], rowsChanged: [], notCompared } }).finished('rolled back', 5).state(), graph([step('s')]));
    expect(proved([])).toMatch(/^\| users +\| `5` +\| not measured +\|$/m);
    expect(proved([])).toContain('**Rollback:** complete, proved clean\n');
    const live = proved(['rows (others write to this database)']);
    expect(live).toContain('complete, objects proved clean, rows not compared');
    expect(live).toContain('✓ The objects are as they were; rows were not compared.');
    expect(proved(['position of a sequence'])).toContain('Nothing of what was compared differs.');
  });

  it('loads nothing and runs nothing in a browser', () => {
    const page = logHtml(state, fullGraph);
    expect(page).toContain("default-src 'none'");
    expect(page).not.toMatch(/<(?:script|iframe|object|embed|link|img|form)\b/i);
    expect(page).not.toMatch(/\s(?:src|on\w+|style|action)=(?=")/i);
    expect([...page.matchAll(/href="([^"]*)"/g)].every((match) => match[1]?.startsWith('#'))).toBe(true);
  });
});

describe('untrusted text', () => {
  it('is plain text in Markdown', () => {
    fc.assert(fc.property(nasty, (text) => {
      const tree = parse(`Reason: ${md(text)}\n\n- ${md(text)}\n\n## a ${md(text)}`);
      const kinds = new Set(all(tree).map((node) => node.type));
      for (const kind of kinds) expect(['root', 'paragraph', 'text', 'inlineCode', 'list', 'listItem', 'heading']).toContain(kind);
      expect(tree.children?.map((node) => node.type)).toEqual(['paragraph', 'list', 'heading']);
    }));
  });

  it('is one code span, and one table cell', () => {
    fc.assert(fc.property(nasty, nasty, (first, second) => {
      const span = parse(`x ${code(first)} y`);
      expect(all(span).filter((node) => !['root', 'paragraph', 'text', 'inlineCode'].includes(node.type))).toEqual([]);
      const rows = parse(table(['A', 'B', 'C'], [[cellCode(first), md(second), 'end']]).join('\n')).children?.[0];
      expect(rows?.type).toBe('table');
      expect(rows?.children?.[1]?.children).toHaveLength(3);
      expect(rows?.children?.[1]?.children?.map(plain)[2]).toBe('end');
    }));
  });

  it('keeps a backslash before a bar inside its cell', () => {
    const rows = parse(table(['A', 'B'], [[cellCode('\\|'), 'end']]).join('\n')).children?.[0];
    expect(rows?.children?.[1]?.children?.map(plain)).toEqual(['\\|', 'end']);
  });

  it('never ends the fence it stands in', () => {
    fc.assert(fc.property(nasty, fc.array(fc.array(fc.option(nasty), { minLength: 2, maxLength: 2 }), { maxLength: 4 }), (text, rows) => {
      for (const body of [text, plainTable(['a', 'b'], rows)]) {
        const tree = parse(`${fenced(body, 'text').join('\n')}\n\nafter`);
        expect(tree.children?.map((node) => node.type)).toEqual(['code', 'paragraph']);
      }
    }));
  });

  it('is plain text in HTML, in content and attributes', () => {
    fc.assert(fc.property(nasty, (text) => {
      expect(h(text)).not.toMatch(/[<>"'`]|&(?!(?:amp|lt|gt|quot|#39|#96);)/);
    }));
  });

  it('shows nothing but itself, wherever it comes from in a run', () => {
    fc.assert(fc.property(nasty, (text) => {
      const guide = graph([step('s', { title: `T ${text}`, statements: [statement('SELECT 1', 'SELECT')], items: [{ line: 1, text, depth: 0, waitsFor: [] }] }), step('good', { title: text, statements: [statement('SELECT 1', 'SELECT'), statement('SELECT 2', 'SELECT')] })]);
      const short = { sql: text, columns: [text, 'x'], types: ['text', 'text'], notices: [{ severity: 'NOTICE', message: text }], output: text };
      const script = new Script({ operator: text, environment: text, host: text }).target().ran('s', { verdict: 'failed', reason: text, results: [result({ sql: text, columns: [text, 'x'], types: ['text', 'text'], rows: [[text, null]], rowCount: 1, notices: [{ severity: 'NOTICE', message: text }], error: { sqlstate: text, message: text, line: 1 }, output: text })] });
      script.ran('good', { results: [result({ ...short, rows: [[text, null]], rowCount: 1 }), result({ ...short, index: 1, rows: [[text, null], [null, text]], rowCount: 2 })] });
      script.add({ type: 'note.added', step: null, text, by: text }).add({ type: 'connection.lost', pass: 'forward', step: 'apply', attempt: 1, text });
      const state = script.finished('failed', 1).state();
      const kinds = new Set(all(parse(logMarkdown(state, guide))).map((node) => node.type));
      for (const kind of kinds) expect(['html', 'image', 'link', 'definition', 'footnoteDefinition', 'footnoteReference', 'imageReference', 'linkReference', 'delete', 'thematicBreak']).not.toContain(kind);
      const page = logHtml(state, guide);
      expect(page).not.toMatch(/<script|<!--/i);
      expect(page).not.toMatch(/[\u0007\u001b\u202e]/);
      expect(logMarkdown(state, guide)).not.toMatch(/[\u0007\u001b\u202e]/);
    }), { numRuns: 60 });
  });

  it('keeps its words', () => {
    expect(visibleText(plain(parse(md('a_b *c* <d> | `e` 17.4 #1'))))).toBe('a_b *c* <d> | `e` 17.4 #1');
  });
});
