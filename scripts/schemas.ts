import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { graphSchemas, schemaText } from '../src/graph/schema.js';

/** Writes the published JSON Schemas into `schemas/`. Run: npx tsx scripts/schemas.ts */
const folder = join(import.meta.dirname, '..', 'schemas');
mkdirSync(folder, { recursive: true });
for (const [name, schema] of Object.entries(graphSchemas())) writeFileSync(join(folder, name), schemaText(schema));
