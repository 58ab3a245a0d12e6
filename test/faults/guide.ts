import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { folder } from '../cli/support.js';

/** What a guide of the fault tests has beside the steps that all of them share. */
export interface Parts {
  /** Without the person and the last transaction. */
  short?: boolean;
  /** A command, after the last transaction. */
  command?: boolean;
  /** A check at the end that fails. */
  fails?: boolean;
}

const MORE = `
- [ ] Looked at it

\`\`\`sql id=more
INSERT INTO public.entry VALUES (2, 'two');
\`\`\`
`;
const COMMAND = `
\`\`\`sh id=command
echo done >> "$PGDATABASE.done"
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

const UNDO_MORE = `\`\`\`sql id=undo-more reverts=more
DELETE FROM public.entry WHERE id = 2;
\`\`\`

`;

/** Every way a step can write: a recorded migration file, statements that refuse a transaction, a person in between, a last transaction. */
const text = ({ short = false, command = false, fails = false }: Parts): string => `---
guide: faults
record: supabase
---
# Faults

## Deployment

\`\`\`sql id=table file=20260101000000_entry.sql
\`\`\`

\`\`\`expect
statement 2: affected = 1
\`\`\`

\`\`\`sql id=index
CREATE INDEX CONCURRENTLY entry_id ON public.entry (id);
CREATE INDEX CONCURRENTLY entry_text ON public.entry (text);
\`\`\`
${short ? '' : MORE}${command ? COMMAND : ''}${fails ? FAILS : ''}
## Rollback

${short ? '' : UNDO_MORE}\`\`\`sql id=undo-index reverts=index
DROP INDEX CONCURRENTLY public.entry_id;
DROP INDEX CONCURRENTLY public.entry_text;
\`\`\`

\`\`\`sql id=undo-table reverts=table
DROP TABLE public.entry;
\`\`\`
`;

/** A folder with a guide, its migration and a configuration whose environment `shaky` rolls back by itself. */
export function faultGuide(parts: Parts = {}): { guide: string; cwd: string } {
  const cwd = folder();
  const guide = join(cwd, 'faults.md');
  mkdirSync(join(cwd, 'migrations'));
  writeFileSync(join(cwd, 'deploy-wizard.config.yaml'), 'environments:\n  shaky:\n    rollback: automatic\n');
  writeFileSync(join(cwd, '20260101000000_entry.sql'), "CREATE TABLE public.entry (id int, text text);\nINSERT INTO public.entry VALUES (1, 'one');\n");
  writeFileSync(guide, text(parts));
  return { guide, cwd };
}
