import * as z from 'zod';
import { parseDuration } from '../text/duration.js';
import { withoutPasswords } from '../text/hide-password.js';

const duration = z.string().refine((text) => parseDuration(text) !== null, 'a duration is wanted, such as 5s, 10m or 14d');
const secretName = z.string().regex(/^env:[A-Za-z_]\w*$/, 'secrets are named, never written: use env:NAME');
/** A URL or `key=value` text may stand in the file as long as it holds no password. */
const databaseName = z.string().refine((text) => text.startsWith('env:') || withoutPasswords([text]) === null, 'a password in this file is refused: use env:NAME');

const required = z.strictObject({ rehearsal: duration.optional().describe('A passed rehearsal of the guide, not older than this, such as 14d') });

export const environmentSchema = z.strictObject({
  database: databaseName.optional().describe('Database of the environment: env:NAME, a name, or a URL without a password'),
  protected: z.boolean().default(false).describe('The name of the database has to be typed; --yes is refused'),
  privacy: z.enum(['full', 'safe']).default('full').describe('safe: values are masked in journal, log and screen'),
  rollback: z.enum(['automatic', 'manual']).default('manual').describe('automatic: a failed run without a person rolls back by itself'),
  approvals: z.number().int().min(0).max(10).default(0).describe('Different people that an approval step wants'),
  requires: required.default({}).describe('What has to be there before a writing run starts'),
  project: z.string().optional().describe('Name of the project, for the log'),
});
export type Environment = z.infer<typeof environmentSchema>;

const timeouts = z.strictObject({
  lock: duration.default('5s').describe('Longest wait for a lock, such as 5s'),
  statement: duration.default('5m').describe('Longest time of a statement, such as 5m'),
  idle: duration.default('10m').describe('Longest time that a transaction stays open without work, such as 10m'),
});
const signing = z.strictObject({
  key: z.string().optional().describe('SSH key that signs; a public key where an agent holds the private one'),
  allowedSigners: z.string().optional().describe('Who may sign, as ssh-keygen reads it; default ~/.ssh/allowed_signers'),
  atEnd: z.boolean().default(false).describe('Sign each run when it ends'),
});

export const configSchema = z.strictObject({
  guides: z.string().default('guides').describe('Folder of the guides, relative to this file'),
  logs: z.string().default('logs/migrations').describe('Folder of logs and journals, relative to this file'),
  record: z.enum(['supabase']).optional().describe('supabase: runs of a directory of migrations enter Supabase\'s own migration table as well; a guide says so in its front matter'),
  timeouts: timeouts.default({ lock: '5s', statement: '5m', idle: '10m' }).describe('Limits that the server holds'),
  environments: z.record(z.string(), environmentSchema).default({}).describe('Databases by name, for --env'),
  notify: z.strictObject({ webhook: secretName.optional().describe('URL that is told of start, failures, rollback and end: env:NAME') }).default({}).describe('Who is told of a run'),
  sign: signing.default({ atEnd: false }).describe('SSH signatures over the journal'),
});
export type Config = z.infer<typeof configSchema>;
