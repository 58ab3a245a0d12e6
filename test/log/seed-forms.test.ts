import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { LogDocument } from '../../src/log/schema.js';
import { parse } from '../../src/text/yaml.js';
import { folder, root, wizard } from '../cli/support.js';
import { formOf, work } from './form-fixture.js';

/** Five public guides that are not ours to ship: SEEDS names their folder, or they lie beside the repository. */
const seeds = process.env['SEEDS'] ?? join(root, '../shared/seeds');
const names = existsSync(seeds) ? readdirSync(seeds).filter((name) => /^\d{3}_/.test(name)).sort() : [];
type Fixtures = Record<string, { form: [line: number, value: string][]; blank: number[] }>;

describe.skipIf(names.length === 0)('the forms of guides as people write them', () => {
  const logs = folder();
  let found: LogDocument[] = [];
  beforeAll(async () => {
    // One server for all; the baseline is what one of them expects, and is in no other's way.
    const baseline = join(root, 'migrations/role-and-ai-usage/baseline/001_user_profiles.sql');
    await wizard(['rehearse', ...names.map((name) => join(seeds, name)), '--baseline', 'supabase', '--baseline', baseline, '--headless', '--yes', '--logs', logs]);
    found = readdirSync(logs).filter((name) => name.endsWith('.json')).map((name) => JSON.parse(readFileSync(join(logs, name), 'utf8')) as LogDocument);
  }, 120_000);

  it.each(names)('%s: every blank that a fact answers is filled, and right', (name) => {
    const fixture = (parse(readFileSync(join(import.meta.dirname, 'fixtures/seeds.yaml'), 'utf8')) as Fixtures)[name.slice(0, 3)];
    const log = found.find((one) => one.guide.path.endsWith(name));
    if (fixture === undefined || log === undefined) throw new TypeError(`no fixture or no log of ${name}`);
    const { form, blank } = formOf(log);
    const values = form.map(([line, , value]) => {
      const wanted = fixture.form.find(([at]) => at === line)?.[1];
      return [line, wanted?.startsWith('~') && value.startsWith(wanted.slice(1)) ? wanted : value];
    });
    expect(values).toEqual(fixture.form.map(([line, value]) => [line, value.replace(/^\{(.*)\}$/, (_, words: string) => work(words, log))]));
    expect(blank.map(([line]) => line)).toEqual(fixture.blank);
  });
});
