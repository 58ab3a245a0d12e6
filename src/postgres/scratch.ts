import { randomBytes } from 'node:crypto';
import { resolveConnection } from './connection.js';
import { Session } from './session.js';

/** Makes a database of a random name on the server of this URL. `drop` removes it, whoever is still connected. */
export async function createScratch(url: string): Promise<{ url: string; database: string; drop(): Promise<void> }> {
  const spec = await resolveConnection({ url, env: {} });
  const database = `deploy_wizard_${randomBytes(6).toString('hex')}`;
  const admin = async (sql: string): Promise<void> => {
    const session = await Session.open(spec, 'deploy-wizard');
    try {
      await session.run(sql);
    } finally {
      await session.close();
    }
  };
  await admin(`CREATE DATABASE ${database} TEMPLATE template0`);
  return { url: withDatabase(url, database), database, drop: () => admin(`DROP DATABASE IF EXISTS ${database} WITH (FORCE)`) };
}

/** The same server, another database. */
export function withDatabase(url: string, database: string): string {
  // Of a key said twice the last counts.
  if (!/^postgres(?:ql)?:/.test(url)) return `${url} dbname=${database}`;
  const [base = '', query] = url.split('?');
  const slash = base.indexOf('/', base.indexOf('//') + 2);
  return `${slash < 0 ? base : base.slice(0, slash)}/${database}${query === undefined ? '' : `?${query}`}`;
}
