// A process of its own for memory.test.ts: runs a query of so many rows as a step would and prints how far its memory grew, in MB.
import { perform, target, workOf } from './support.js';

const [url = '', sql = ''] = process.argv.slice(2);
const on = await target(url);
await perform(on, await workOf('SELECT 1; SELECT count(*) FROM generate_series(1, 1000)', { ledger: false }));
const before = process.resourceUsage().maxRSS;
const done = await perform(on, await workOf(sql, { ledger: false }));
const grown = Math.round((process.resourceUsage().maxRSS - before) / 1024);
const measured = done.finished.at(-1)?.measured;
process.stdout.write(JSON.stringify({ error: done.error, rows: measured?.rowCount ?? null, affected: measured?.affected ?? null, kept: measured?.rows.length ?? null, truncated: measured?.truncated ?? null, grown }));
await on.close();
