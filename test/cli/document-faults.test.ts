import { join } from 'node:path';
import { writeFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { folder, logOf, wizard } from './support.js';

const document = `# Preferences

## Pre-deployment

\`\`\`sql
SELECT COUNT(*) FROM auth.users;
\`\`\`

## Deployment

\`\`\`sql
CREATE TABLE public.preference (user_id uuid PRIMARY KEY REFERENCES auth.users (id), theme text NOT NULL DEFAULT 'system');
ALTER TABLE public.preference ENABLE ROW LEVEL SECURITY;
CREATE POLICY "own rows" ON public.preference USING (auth.uid() = user_id);
CREATE FUNCTION public.prefer() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN INSERT INTO public.preference (user_id) VALUES (NEW.id); RETURN NEW; END $$;
CREATE TRIGGER prefer_on_sign_up AFTER INSERT ON auth.users FOR EACH ROW EXECUTE FUNCTION public.prefer();
\`\`\`

## Verification

\`\`\`sql
SELECT COUNT(*) FROM public.preference;
-- Expected: number of existing users
\`\`\`

## Rollback

\`\`\`sql
DROP TRIGGER prefer_on_sign_up ON auth.users;
DROP FUNCTION public.prefer();
DROP TABLE public.preference;
\`\`\`
`;

it('finds in a plain document that a backfill is missing and that nobody can sign up any more', async () => {
  const path = join(folder(), 'document.md');
  writeFileSync(path, document);
  const logs = folder();
  const ended = await wizard(['rehearse', path, '--baseline', 'supabase', '--headless', '--yes', '--logs', logs]);
  expect(ended.code, ended.err).toBe(1);
  expect(ended.err).toContain('line 23: failed: Expected: number of existing users, got value = 0, against 3 by SELECT COUNT(*) FROM auth.users');
  expect(ended.err).toContain('✗ fault   INSERT on auth.users by supabase_auth_admin fails in the trigger prefer_on_sign_up, function prefer');
  expect(ended.err).toMatch(/line 16: 42501 permission denied for table preference; with every privilege on tables granted: 42501 new row violates row-level security policy for table "preference"/);
  const log = logOf(logs);
  expect(log.triggers?.findings).toEqual([expect.objectContaining({ severity: 'fault', table: 'auth.users', role: 'supabase_auth_admin', line: 16 })]);
  expect(log.rollback.proof?.clean).toBe(true);
});

it('tells what was tolerated, with line and message', async () => {
  const path = join(folder(), 'document.md');
  writeFileSync(path, `---\nguide: tolerant\n---\n# Tolerant\n\n## Deployment\n\n\`\`\`sql id=make tolerate=42P07\nCREATE TABLE public.once (id int);\nCREATE TABLE public.once (id int);\n\`\`\`\n\n## Rollback\n\n\`\`\`sql reverts=make\nDROP TABLE public.once;\n\`\`\`\n`);
  const ended = await wizard(['rehearse', path, '--headless', '--yes', '--logs', folder()]);
  expect(ended.code, ended.err).toBe(0);
  expect(ended.err.split('line 10: tolerated: 42P07 relation "once" already exists')).toHaveLength(3);
});
