import { startEmbedded, startLocalServer } from '../rehearsal/embedded.js';
import type { ServerMajor } from '../rehearsal/packaged-majors.js';
import { EXIT, ProblemError } from '../text/problem.js';
import type { RunFlags } from './flags.js';

/** A server that scratch databases are made on. */
export interface RehearsalServer { url: string; what: string; stop(): Promise<void> }

const MAJORS = ['15', '16', '17', '18'];

/** `--on embedded|server|URL` and `--server-version`. */
export async function openServer(flags: RunFlags): Promise<RehearsalServer> {
  const on = flags.on ?? 'embedded';
  if (flags.serverVersion !== undefined && !MAJORS.includes(flags.serverVersion)) {
    throw new ProblemError({ code: 'server-version', what: `There is no embedded PostgreSQL ${flags.serverVersion}.`, where: '--server-version', remedy: `Choose one of ${MAJORS.join(', ')}.` }, EXIT.usage);
  }
  const major = flags.serverVersion === undefined ? undefined : Number(flags.serverVersion) as ServerMajor;
  if (on === 'embedded') {
    const server = await startEmbedded(major === undefined ? {} : { major });
    return { url: server.url, what: `embedded PostgreSQL ${server.version}`, stop: () => server.stop() };
  }
  if (on === 'server') {
    const server = await startLocalServer(major === undefined ? {} : { major });
    return { url: server.url, what: `local PostgreSQL ${server.version}`, stop: () => server.stop() };
  }
  if (/^postgres(ql)?:\/\//.test(on)) return { url: on, what: 'a scratch database on your server', stop: async () => undefined };
  throw new ProblemError({ code: 'server-unknown', what: `"${on}" is not a place to rehearse.`, where: '--on', remedy: 'Say embedded, server, or the URL of a server of yours.' }, EXIT.usage);
}
