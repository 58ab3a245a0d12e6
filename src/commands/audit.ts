import { resolveConnection, safeUrl } from '../postgres/connection.js';
import { Session } from '../postgres/session.js';
import { databaseOf, environmentOf, loadConfig } from '../project/config.js';
import { auditDatabase } from '../safety/audit/audit.js';
import { auditText } from '../safety/audit/report.js';
import { EXIT } from '../text/problem.js';

export interface AuditFlags { env?: string; database?: string; schema?: string[]; json?: boolean }

/**
 * `deploy-wizard audit`: row security and other doors left open, in one
 * read-only transaction. Exit 0 without a finding of error severity, else 1;
 * 6 when the database cannot be reached.
 */
export async function auditCommand(flags: AuditFlags): Promise<number> {
  const loaded = await loadConfig(process.cwd());
  const named = flags.env === undefined ? undefined : environmentOf(loaded, flags.env).database;
  const url = databaseOf(flags.database, named, process.env);
  const connection = await resolveConnection({ ...(url === undefined ? {} : { url }), env: process.env });
  const session = await Session.open(connection, 'deploy-wizard audit');
  try {
    const audit = await auditDatabase({ query: (text, values) => session.client.query<Record<string, unknown>>(text, values) }, flags.schema ?? []);
    process.stdout.write(flags.json ? `${JSON.stringify({ database: safeUrl(connection), ...audit }, null, 2)}\n` : `${auditText(audit)}\n`);
    return audit.counts.error > 0 ? EXIT.failed : EXIT.passed;
  } finally {
    await session.close();
  }
}
