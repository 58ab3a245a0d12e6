import * as z from 'zod';
import { frontMatterSchema } from '../guide/front-matter.js';
import { graphSchema } from './graph.js';

/** A JSON Schema as plain data. */
export type JsonSchema = Record<string, unknown>;

const BASE = 'https://deploy-wizard.example.com/schemas';

/** A published JSON Schema (2020-12) of a zod schema; `io` tells whether a document is written or read by people. */
export function jsonSchema(schema: z.ZodType, name: string, title: string, io: 'input' | 'output'): JsonSchema {
  return { $id: `${BASE}/${name}.schema.json`, title, ...(z.toJSONSchema(schema, { io, unrepresentable: 'any' }) as JsonSchema) };
}

/** Schemas of this room, by file name. */
export function graphSchemas(): Record<string, JsonSchema> {
  return {
    'graph.schema.json': jsonSchema(graphSchema, 'graph', 'Step graph of a migration guide', 'output'),
    'front-matter.schema.json': jsonSchema(frontMatterSchema, 'front-matter', 'Front matter of a migration guide', 'input'),
  };
}

/** The text of a schema file. */
export function schemaText(schema: JsonSchema): string {
  return `${JSON.stringify(schema, null, 2)}\n`;
}
