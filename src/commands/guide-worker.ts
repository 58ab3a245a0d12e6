import { parentPort, workerData } from 'node:worker_threads';
import { guideFacts } from '../project/guide-facts.js';
import { listRuns } from '../project/run-index.js';

/** Compiles guides beside the screen that lists them, so that no key waits for a compiler. */
const { paths, logs } = workerData as { paths: string[]; logs: string };
const runs = await listRuns(logs);
for (const path of paths) parentPort?.postMessage(await guideFacts(path, runs));
