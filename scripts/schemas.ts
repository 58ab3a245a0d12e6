import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { graphSchemas, jsonSchema, schemaText, type JsonSchema } from '../src/graph/schema.js';
import { logSchema } from '../src/log/schema.js';
import { configSchema } from '../src/project/config-schema.js';

/** Every published JSON Schema, by file name. */
export function allSchemas(): Record<string, JsonSchema> {
  return { ...graphSchemas(), 'config.schema.json': jsonSchema(configSchema, 'config', 'Configuration: deploy-wizard.config.yaml', 'input'), 'log.schema.json': jsonSchema(logSchema, 'log', 'Filled log of a run: LOGS/<date>-<guide>-<environment>-<run>.json', 'output') };
}

/** Writes the published JSON Schemas into `schemas/`. Run: npx tsx scripts/schemas.ts */
if (process.argv[1]?.endsWith('schemas.ts')) {
  const folder = join(import.meta.dirname, '..', 'schemas');
  mkdirSync(folder, { recursive: true });
  for (const [name, schema] of Object.entries(allSchemas())) writeFileSync(join(folder, name), schemaText(schema));
}
