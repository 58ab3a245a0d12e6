import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { folder } from '../cli/support.js';

/** Every way a step can write: a recorded migration file, statements that refuse a transaction, a person in between, a last transaction. */
const body = (last: string): string => `# Killed

## Deployment

\`\`\`sql id=table file=20260101000000_entry.sql
\`\`\`

\`\`\`expect
statement 2: affected = 1
\`\`\`

\`\`\`sql id=index
CREATE INDEX CONCURRENTLY entry_id ON public.entry (id);
\`\`\`

- [ ] Looked at it

\`\`\`sql id=more
INSERT INTO public.entry VALUES (2, 'two');
\`\`\`
${last}
## Rollback

\`\`\`sql id=undo-more reverts=more
DELETE FROM public.entry WHERE id = 2;
\`\`\`

\`\`\`sql id=undo-index reverts=index
DROP INDEX CONCURRENTLY public.entry_id;
\`\`\`

\`\`\`sql id=undo-table reverts=table
DROP TABLE public.entry;
\`\`\`
`;
const FAILS = `
\`\`\`sql id=fails
SELECT 1;
\`\`\`

\`\`\`expect
value = 2
\`\`\`
`;

/** A folder with the guide, its migration and a configuration whose environment `shaky` rolls back by itself. */
export function killedGuide(kind: 'passes' | 'fails'): { guide: string; cwd: string } {
  const cwd = folder();
  const guide = join(cwd, 'killed.md');
  mkdirSync(join(cwd, 'migrations'));
  writeFileSync(join(cwd, 'deploy-wizard.config.yaml'), 'environments:\n  shaky:\n    rollback: automatic\n');
  writeFileSync(join(cwd, '20260101000000_entry.sql'), "CREATE TABLE public.entry (id int, text text);\nINSERT INTO public.entry VALUES (1, 'one');\n");
  writeFileSync(guide, `---\nguide: killed\nrecord: supabase\n---\n${body(kind === 'fails' ? FAILS : '')}`);
  return { guide, cwd };
}
