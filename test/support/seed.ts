import { afterAll } from 'vitest';
import fc from 'fast-check';
import { emptyServer } from './server.js';

// The suite tries the same cases every time; LONG=1 draws new ones, or those of SEED.
const seed = process.env.SEED ?? (process.env.LONG ? null : 20_260_101);
if (seed !== null) fc.configureGlobal({ seed: Number(seed) });

// The files of a worker share its server: none finds what another left.
afterAll(emptyServer);
