import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { z } from 'zod';
import { EXIT, messageOf, ProblemError } from '../text/problem.js';
import { parseDuration } from '../text/duration.js';

export const CONFIG_NAME = 'deploy-wizard.config.yaml';

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
});
export type Config = z.infer<typeof configSchema>;

export interface LoadedConfig {
  config: Config;
  /** Folder that relative paths count from: the file's, else the working directory. */
  folder: string;
  path: string | null;
}

/** The nearest configuration file from `start` upward, or the defaults. Throws a ProblemError (exit 2) for a bad file. */
export async function loadConfig(start: string): Promise<LoadedConfig> {
  const path = findUp(resolve(start));
  if (path === null) return { config: configSchema.parse({}), folder: resolve(start), path: null };
  const { parse } = await import('../text/yaml.js');
  let raw: unknown;
  try {
    raw = parse(readFileSync(path, 'utf8')) ?? {};
  } catch (error) {
    throw new ProblemError({ code: 'config-yaml', what: `The configuration is not YAML: ${messageOf(error)}`, where: path, remedy: 'Mend the file; docs/configuration.md shows its keys.' }, EXIT.usage);
  }
  const parsed = configSchema.safeParse(raw);
  if (parsed.success) return { config: parsed.data, folder: dirname(path), path };
  const issues = parsed.error.issues.map((issue) => `${issue.path.join('.') || 'the file'}: ${issue.message}`);
  throw new ProblemError({ code: 'config-invalid', what: issues.join('; '), where: path, remedy: 'Mend these keys; docs/configuration.md shows all of them.' }, EXIT.usage);
}

function findUp(start: string): string | null {
  for (let folder = start; ; folder = dirname(folder)) {
    const path = join(folder, CONFIG_NAME);
    if (existsSync(path)) return path;
    if (dirname(folder) === folder) return null;
  }
}

/** Settings of a named environment. Throws a ProblemError (exit 2) for a name that the configuration does not have. */
export function environmentOf({ config, path }: LoadedConfig, name: string): Environment {
  const found = config.environments[name];
  if (found) return found;
  const known = Object.keys(config.environments);
  throw new ProblemError({
    code: 'environment-unknown', what: `There is no environment ${name}.`, where: path ?? CONFIG_NAME,
    remedy: known.length > 0 ? `Known: ${known.join(', ')}.` : `Name it under environments in ${CONFIG_NAME}, or give --database.`,
  }, EXIT.usage);
}

/** The value behind `env:NAME`, or the text itself. Throws a ProblemError (exit 2) when the variable is not set. */
export function resolveSecret(text: string, env: NodeJS.ProcessEnv): string {
  if (!text.startsWith('env:')) return text;
  const name = text.slice(4);
  const value = env[name];
  if (value) return value;
  throw new ProblemError({ code: 'variable-unset', what: `The environment variable ${name} is not set.`, where: CONFIG_NAME, remedy: `Set ${name}, or give --database.` }, EXIT.usage);
}
