import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { loadConfig } from '../project/config.js';
import { shortPath } from '../project/guides.js';
import { slug } from '../text/slug.js';
import { EXIT, ProblemError } from '../text/problem.js';

/** `deploy-wizard new guide|migration NAME`. Never writes over a file (exit 2). */
export async function newCommand(what: string, name: string): Promise<number> {
  const { config, folder } = await loadConfig(process.cwd());
  if (what !== 'guide' && what !== 'migration') {
    throw new ProblemError({ code: 'new-unknown', what: `"${what}" cannot be made.`, remedy: 'Say new guide NAME or new migration NAME.' }, EXIT.usage);
  }
  const id = slug(name);
  if (id === '') throw new ProblemError({ code: 'name-empty', what: `"${name}" gives no file name.`, remedy: 'Use letters and digits.' }, EXIT.usage);
  const files = what === 'guide' ? guideFiles(resolve(folder, config.guides), id, name) : migrationFiles(resolve(folder, 'migrations'), id.replaceAll('-', '_'), name);
  for (const [path] of files) {
    if (existsSync(path)) throw new ProblemError({ code: 'file-exists', what: 'The file exists already; nothing was written.', where: shortPath(path), remedy: 'Choose another name.' }, EXIT.usage);
  }
  for (const [path, text] of files) {
    mkdirSync(join(path, '..'), { recursive: true });
    writeFileSync(path, text, { flag: 'wx' });
    process.stdout.write(`${shortPath(path)}\n`);
  }
  return EXIT.passed;
}

function guideFiles(folder: string, id: string, title: string): [string, string][] {
  const text = `---
guide: ${id}
title: ${JSON.stringify(title)}
database: postgres
risk: low
estimate: 10m
---

# ${title}

What this changes, and why.

## Pre-flight

- [ ] The team knows about the window

## Deployment

\`\`\`sql id=apply
CREATE TABLE public.${id.replaceAll('-', '_')} (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY);
\`\`\`

## Verification

\`\`\`sql id=verify
SELECT count(*) FROM pg_tables WHERE schemaname = 'public' AND tablename = '${id.replaceAll('-', '_')}';
\`\`\`

\`\`\`expect
value = 1
\`\`\`

## Rollback

\`\`\`sql id=undo-apply reverts=apply
DROP TABLE public.${id.replaceAll('-', '_')};
\`\`\`

## Migration log

\`\`\`
Date: [YYYY-MM-DD HH:MM UTC]
Run by: [Your Name]
Status: [ ] Success  [ ] Failed
Duration: _____ seconds
Issues: _____
\`\`\`
`;
  return [[join(folder, `${id}.md`), text]];
}

/** `YYYYMMDDNNN_name.sql`: the day (UTC) and a running number, with its rollback beside it. */
function migrationFiles(folder: string, id: string, name: string): [string, string][] {
  const day = new Date().toISOString().slice(0, 10).replaceAll('-', '');
  const taken = existsSync(folder) ? readdirSync(folder).filter((file) => file.startsWith(day)).map((file) => Number(file.slice(8, 11))) : [];
  const number = String(Math.max(0, ...taken.filter((one) => !Number.isNaN(one))) + 1).padStart(3, '0');
  const base = `${day}${number}_${id}.sql`;
  return [
    [join(folder, base), `-- ${name}\n-- What it changes, and what it locks.\n`],
    [join(folder, 'rollback', base), `-- Undoes ${base}: newest change first.\n`],
  ];
}
