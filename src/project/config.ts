import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { EXIT, messageOf, ProblemError } from '../text/problem.js';
import type { Config, Environment } from './config-schema.js';

export type { Config, Environment } from './config-schema.js';

export const CONFIG_NAME = 'deploy-wizard.config.yaml';

/** What the schema gives for an empty file. */
const DEFAULTS: Config = { guides: 'guides', logs: 'logs/migrations', timeouts: { lock: '5s', statement: '5m', idle: '10m' }, environments: {}, notify: {}, sign: { atEnd: false } };

export interface LoadedConfig {
  config: Config;
  /** Folder that relative paths count from: the file's, else the working directory. */
  folder: string;
  path: string | null;
}

/** The nearest configuration file from `start` upward, or the defaults. Throws a ProblemError (exit 2) for a bad file. */
export async function loadConfig(start: string): Promise<LoadedConfig> {
  const path = findUp(resolve(start));
  if (path === null) return { config: structuredClone(DEFAULTS), folder: resolve(start), path: null };
  // The schema and the YAML reader are loaded only where there is something to read: they would delay the first screen.
  const [{ parse }, { configSchema }] = await Promise.all([import('../text/yaml.js'), import('./config-schema.js')]);
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

/**
 * The database that a command is about: the one given, else the environment's, else DATABASE_URL where it is not empty;
 * undefined: none of them, and PG* variables tell. Throws as {@link resolveSecret}.
 */
export function databaseOf(given: string | undefined, ofEnvironment: string | undefined, env: NodeJS.ProcessEnv): string | undefined {
  return given ?? (ofEnvironment ? resolveSecret(ofEnvironment, env) : env.DATABASE_URL || undefined);
}

/** The value behind `env:NAME`, or the text itself. Throws a ProblemError (exit 2) when the variable is not set. */
export function resolveSecret(text: string, env: NodeJS.ProcessEnv): string {
  if (!text.startsWith('env:')) return text;
  const name = text.slice(4);
  const value = env[name];
  if (value) return value;
  throw new ProblemError({ code: 'variable-unset', what: `The environment variable ${name} is not set.`, where: CONFIG_NAME, remedy: `Set ${name}, or give --database.` }, EXIT.usage);
}
