import { afterEach, describe, expect, it } from 'vitest';
import { freshDatabase, type TestDatabase } from '../support/server.js';
import { folder, guideFile, logOf, smallGuide, wizard } from './support.js';

const made: TestDatabase[] = [];
afterEach(async () => { await Promise.all(made.splice(0).map((one) => one.drop())); });

describe('--window', () => {
  const walk = async (window: string) => {
    const target = await freshDatabase();
    made.push(target);
    const logs = folder();
    const ended = await wizard(['run', guideFile(smallGuide), '--database', target.url, '--headless', '--yes', '--window', window, '--logs', logs]);
    return { ...ended, crossed: logOf(logs).windowCrossed };
  };

  it('says once that its end has passed, and goes on where nobody can be asked', async () => {
    const { code, err, crossed } = await walk('2026-01-01T02:00:00Z/2026-01-01T04:00:00Z');
    expect(code, err).toBe(0);
    expect(crossed).toEqual([expect.objectContaining({ what: 'end' })]);
    expect(err).toContain('The maintenance window ended at 2026-01-01 04:00 UTC.');
  });

  it('says nothing while there is time', async () => {
    expect((await walk('90m')).crossed).toEqual([]);
  });
});
