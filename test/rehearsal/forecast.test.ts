import fc from 'fast-check';
import pg from 'pg';
import { describe, expect, it } from 'vitest';
import { forecast, readTableSizes, scaleBySizes, type ForecastInput } from '../../src/rehearsal/forecast.js';
import { freshDatabase } from '../support/server.js';

const minute = 60_000;
const at = (time: string): Date => new Date(`2025-03-01T${time}:00Z`);
const base: ForecastInput = {
  now: at('02:00'), window: { start: at('02:00').toISOString(), end: at('03:00').toISOString() },
  durations: { one: 10 * minute, two: 20 * minute, 'undo-one': 8 * minute, 'undo-two': 4 * minute },
  ahead: ['two'], running: { step: 'one', since: at('01:56') }, back: ['undo-one'], reserve: 0.25,
};

describe('a forecast', () => {
  it('adds the rest of the running step and what is ahead, and counts back from the end of the window', () => {
    expect(forecast(base)).toEqual({
      remainingMs: 26 * minute, expectedEnd: at('02:26'), backMs: 10 * minute, leftMs: 60 * minute, rollbackBy: at('02:50'), crossed: null, fits: true, unmeasured: [],
    });
  });

  it('tells that the moment to go back has passed, then that the window has', () => {
    expect(forecast({ ...base, now: at('02:49') }).crossed).toBeNull();
    expect(forecast({ ...base, now: at('02:50') })).toMatchObject({ crossed: 'rollback-by', fits: false });
    expect(forecast({ ...base, now: at('03:00') })).toMatchObject({ crossed: 'end', leftMs: 0 });
  });

  it('has no moment to cross where there is nothing to undo', () => {
    expect(forecast({ ...base, now: at('02:59'), back: [] }).crossed).toBeNull();
  });

  it('expects a late step to end now', () => {
    expect(forecast({ ...base, running: { step: 'one', since: at('01:00') }, ahead: [] }).expectedEnd).toEqual(base.now);
  });

  it('names the steps it knows nothing of', () => {
    expect(forecast({ ...base, ahead: ['two', 'three'], back: ['undo-three'] }).unmeasured).toEqual(['three', 'undo-three']);
  });

  it('does without a window', () => {
    expect(forecast({ ...base, window: null })).toMatchObject({ remainingMs: 26 * minute, rollbackBy: null, crossed: null, fits: null });
  });

  it('never lets more work, or larger tables, end earlier or leave more time to go back', () => {
    const step = fc.constantFrom('one', 'two', 'undo-one', 'undo-two', 'unknown');
    fc.assert(fc.property(fc.array(step, { maxLength: 5 }), fc.array(step, { maxLength: 5 }), step, fc.double({ min: 1, max: 100, noNaN: true }), (ahead, back, more, factor) => {
      const less = forecast({ ...base, ahead, back });
      const larger = forecast({ ...base, ahead: [...ahead, more], back: [...back, more], factors: { [more]: factor } });
      expect(larger.expectedEnd.getTime()).toBeGreaterThanOrEqual(less.expectedEnd.getTime());
      expect(larger.rollbackBy?.getTime()).toBeLessThanOrEqual(less.rollbackBy?.getTime() ?? 0);
    }));
  });
});

describe('sizes of tables', () => {
  it('scale a step by the table that grew most, and never make it faster', () => {
    const tables = { rewrite: ['public.orders', 'public.item'], small: ['public.item'], human: [], fresh: ['public.new'] };
    const { scaled, unscaled } = scaleBySizes(tables, { 'public.orders': 100, 'public.item': 50 }, { 'public.orders': 2000, 'public.item': 10 });
    expect(scaled).toEqual([{ step: 'rewrite', factor: 20, table: 'public.orders', rehearsed: 100, here: 2000 }]);
    expect(unscaled).toEqual([]);
  });

  it('say where they say nothing: of tables empty in the rehearsal, or never analysed on the target', () => {
    const { scaled, unscaled } = scaleBySizes({ one: ['public.empty'], two: ['public.uncounted'] }, { 'public.empty': 0, 'public.uncounted': 5 }, { 'public.empty': 900, 'public.uncounted': -1 });
    expect(scaled).toEqual([]);
    expect(unscaled).toEqual([
      { step: 'one', table: 'public.empty', why: 'empty in the rehearsal, about 900 rows on the target' }, { step: 'two', table: 'public.uncounted', why: 'never analysed on the target' },
    ]);
  });

  it('are read from the catalog; a table that nobody has counted says so', async () => {
    const database = await freshDatabase();
    const client = new pg.Client(database.connection);
    await client.connect();
    await client.query('CREATE TABLE counted AS SELECT n FROM generate_series(1, 70) AS n; ANALYZE counted; CREATE TABLE uncounted (n integer)');
    expect(await readTableSizes(client)).toEqual({ 'public.counted': 70, 'public.uncounted': -1 });
    await client.end();
    await database.drop();
  });
});
