import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { afterAll, beforeEach } from 'vitest';
import { readJournalText } from '../../src/engine/journal.js';
import { folder } from '../cli/support.js';
import { ownDatabase, type OwnDatabase } from '../support/own-database.js';
import { compiled, endWalks, walk, type Job, type Walked } from './walking.js';

/** A guide that a test writes, its runs one at a time, and what they leave in the table `note`. */
export interface Notes {
  own: OwnDatabase;
  /** Writes the guide: its deployment, and what follows it; or all of it, front matter too. */
  write(body: string, whole?: 'whole'): Promise<void>;
  /** A run is gone on with where it was begun, or where `flags.logs` says. */
  one(command: Job['command'], flags?: Record<string, unknown>, given?: Pick<Job, 'die' | 'says'>): Promise<Walked>;
  /** The journal of the run. */
  journal(): string;
  ids(): Promise<number[]>;
  events(): ReturnType<typeof readJournalText>['events'];
}

export const sql = (attributes: string, text: string): string => `\`\`\`sql ${attributes}\n${text}\n\`\`\`\n\n`;

/** For each test of a file a database with the table `note` and what `setup` makes, a guide and a folder of logs. */
export function notes(setup = ''): Notes {
  const own = ownDatabase(`CREATE TABLE note (id int); ${setup}`);
  let cwd = '';
  let guide = '';
  let logs = '';
  const journal = (): string => join(logs, readdirSync(logs).find((name) => name.endsWith('.journal.jsonl')) ?? '');
  const others = async (): Promise<number> => (await own.client.query("SELECT FROM pg_stat_activity WHERE datname = current_database() AND backend_type = 'client backend' AND pid <> pg_backend_pid()")).rows.length;
  beforeEach(() => {
    cwd = folder();
    logs = folder();
    guide = join(cwd, 'guide.md');
    writeFileSync(join(cwd, 'deploy-wizard.config.yaml'), 'environments:\n  shaky:\n    rollback: automatic\n');
  });
  afterAll(endWalks);
  return {
    own,
    write: async (body, whole) => {
      writeFileSync(guide, whole ? body : `---\nguide: notes\n---\n# Notes\n\n## Deployment\n\n${body}`);
      await compiled(guide);
    },
    journal,
    one: async (command, flags = {}, given = {}) => {
      // By its name, where only the ledger knows it.
      const run = command === 'rollback' || (command === 'resume' && flags['logs'] !== undefined) ? basename(journal()).split('.')[0]?.split('-').at(-1) ?? '' : null;
      const [walked] = await walk([{ command, argument: command === 'run' ? guide : run, flags: { database: own.url, headless: true, yes: true, logs, ...flags }, ...given }], cwd);
      if (!walked) throw new Error('nothing was walked');
      // What was on its way when it died, a COMMIT too, is still done by the server: until then its connections are there.
      if (walked.code === null) while (await others() > 0);
      return walked;
    },
    ids: async () => (await own.client.query<{ id: number }>('SELECT id FROM note ORDER BY id')).rows.map((row) => row.id),
    events: () => readJournalText(readFileSync(journal(), 'utf8')).events,
  };
}
