import { z } from 'zod';
import { parseDuration } from '../text/duration.js';

const duration = z.string().refine((text) => parseDuration(text) !== null, 'a duration is wanted, such as 5s, 10m or 14d');
const secretName = z.string().regex(/^env:[A-Za-z_]\w*$/, 'secrets are named, never written: use env:NAME');
/** A URL may stand in the file as long as it holds no password. */
const databaseName = z.string().refine((text) => text.startsWith('env:') || !/^[a-z+]+:\/\/[^/@]*:[^/@]+@/i.test(text), 'a password in this file is refused: use env:NAME');

export const environmentSchema = z.strictObject({
  database: databaseName.optional(),
  protected: z.boolean().default(false),
  privacy: z.enum(['full', 'safe']).default('full'),
  rollback: z.enum(['automatic', 'manual']).default('manual'),
  approvals: z.number().int().min(0).max(10).default(0),
  requires: z.strictObject({ rehearsal: duration.optional() }).default({}),
  project: z.string().optional(),
});
export type Environment = z.infer<typeof environmentSchema>;

export const configSchema = z.strictObject({
  guides: z.string().default('guides'),
  logs: z.string().default('logs/migrations'),
  timeouts: z.strictObject({ lock: duration.default('5s'), statement: duration.default('5m'), idle: duration.default('10m') }).default({ lock: '5s', statement: '5m', idle: '10m' }),
  environments: z.record(z.string(), environmentSchema).default({}),
  notify: z.strictObject({ webhook: secretName.optional() }).default({}),
  /** SSH signatures over the journal: the key, who may sign, and whether each run is signed when it ends. */
  sign: z.strictObject({ key: z.string().optional(), allowedSigners: z.string().optional(), atEnd: z.boolean().default(false) }).default({ atEnd: false }),
});
export type Config = z.infer<typeof configSchema>;
