import { describe, expect, it } from 'vitest';
import { compile, forward } from './compile.js';

const F = '```';
const sql = (body: string) => `${F}sql\n${body}\n${F}\n`;
const steps = async (text: string) => forward(await compile(`# Harbour\n\n## Step 1: Boats\n\n${sql('CREATE TABLE boats (id int);')}\n${text}`));
const behind = async (text: string) => (await steps(text)).slice(1).map((step) => [step.kind, step.optional]);

describe('a heading with the remark that it is optional', () => {
  it.each(['Step 2: Seed the boats (Optional)', 'Step 2 (optional): Seed the boats', '2. Seed the boats (optional, but recommended)', 'Step 2: seed [optional]', 'Paso 2: datos (opcional)', '步驟二：資料（選用）'])('keeps its code as a step that is asked for: %s', async (title) => {
    expect(await behind(`## ${title}\n\n${sql('INSERT INTO boats VALUES (1);')}`)).toEqual([['sql', true]]);
  });

  it('asks for each step below its parts as well', async () => {
    expect(await behind(`## Step 2: Seed (optional)\n\n### One\n\n${sql('SELECT 1;')}\n### Two\n\n${sql('SELECT 2;')}`)).toEqual([['sql', true], ['sql', true]]);
  });

  it.each(['Optional enhancements', 'Optional', 'Optional: seed the boats', 'Make yourself the harbour master (Optional)', 'Step 2: optional enhancements', 'Troubleshooting (optional)', 'Examples (optional)', 'Seed the boats (if needed)', 'Rollback (optional)', 'Step 2: if it fails (optional)'])('stays aside where what is left tells of no step: %s', async (title) => {
    expect(await behind(`## ${title}\n\n${sql('INSERT INTO boats VALUES (1);')}`)).toEqual([]);
  });

  it('stays aside where it takes something away, and below what never runs', async () => {
    expect(await behind(`## Step 2: Tidy (optional)\n\n${sql('DROP TABLE old_boats;')}`)).toEqual([]);
    expect(await behind(`## Troubleshooting\n\n### Step 1: Seed (optional)\n\n${sql('INSERT INTO boats VALUES (1);')}`)).toEqual([]);
    expect(await behind(`## Rollback\n\n### Step 1: Seed (optional)\n\n${sql('INSERT INTO boats VALUES (1);')}`)).toEqual([]);
  });

  it('leaves out ways among which nobody would be asked whether at all', async () => {
    expect(await behind(`## Step 2: Seed (optional)\n\n**Option A:**\n\n${sql('SELECT 1;')}\n**Option B:**\n\n${sql('SELECT 2;')}`)).toEqual([]);
  });
});
