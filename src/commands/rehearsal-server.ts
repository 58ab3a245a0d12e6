import { startEmbedded, startLocalServer } from '../rehearsal/embedded.js';
import { isServerMajor, serverMajors, type ServerMajor } from '../rehearsal/packaged-majors.js';
import { resolveConnection } from '../postgres/connection.js';
import { Session } from '../postgres/session.js';
import { isConnectionUrl } from '../text/connection-pieces.js';
import { EXIT, ProblemError } from '../text/problem.js';
import type { RunFlags } from './flags.js';
import type { KnownTarget } from './known-target.js';

/** A server that scratch databases are made on. */
export interface RehearsalServer { url: string; what: string; stop(): Promise<void> }

type Where = Pick<RunFlags, 'on' | 'serverVersion'>;

/**
 * `--on embedded|server|URL` and `--server-version`; the major defaults to the
 * target's, where one is known. Throws a ProblemError for a place or a major that is not to be had.
 */
export async function openServer(flags: Where, target: Pick<KnownTarget, 'named' | 'major' | 'version'> | null, say: (line: string) => void): Promise<RehearsalServer> {
  const on = flags.on ?? 'embedded';
  const asked = askedMajor(flags);
  if (isConnectionUrl(on) || on.includes('=')) return yours(on, asked);
  if (on !== 'embedded' && on !== 'server') {
    throw new ProblemError({ code: 'server-unknown', what: 'This is not a place to rehearse.', where: '--on', remedy: 'Say embedded, server, or the URL of a server of yours.' }, EXIT.usage);
  }
  const major = asked ?? majorOf(target);
  const start = on === 'embedded' ? startEmbedded : startLocalServer;
  const server = await start({ ...(major === undefined ? {} : { major }), fetching: (what) => say(`Fetching ${what} …`) }).catch((error: unknown) => { throw asked === undefined ? explained(error, target) : error; });
  const kind = on === 'server' ? 'local' : server.source === 'embedded' ? 'embedded' : 'installed';
  const why = asked !== undefined || target === null ? '' : `, the major of the target (${target.named}, ${target.version})`;
  return { url: server.url, what: `${kind} PostgreSQL ${server.version}${why}`, stop: () => server.stop() };
}

function askedMajor({ serverVersion }: Where): ServerMajor | undefined {
  if (serverVersion === undefined) return undefined;
  const major = /^\d+$/.test(serverVersion) ? Number(serverVersion) : Number.NaN;
  if (isServerMajor(major)) return major;
  throw new ProblemError({ code: 'server-version', what: `There is no embedded PostgreSQL ${serverVersion}.`, where: '--server-version', remedy: `Choose one of ${serverMajors.join(', ')}.` }, EXIT.usage);
}

function majorOf(target: Pick<KnownTarget, 'named' | 'major' | 'version'> | null): ServerMajor | undefined {
  if (target === null || isServerMajor(target.major)) return target?.major as ServerMajor | undefined;
  throw new ProblemError({
    code: 'server-version', what: `The target (${target.named}) is PostgreSQL ${target.version}; there is no server of that major to rehearse on.`, where: target.named,
    remedy: `Choose one of ${serverMajors.join(', ')} with --server-version, or name a server of that major with --on URL.`,
  }, EXIT.usage);
}

/** Nobody asked for that major by name: say where it comes from, and how to rehearse on another. */
function explained(error: unknown, target: Pick<KnownTarget, 'named' | 'version'> | null): unknown {
  if (target === null || !(error instanceof ProblemError)) return error;
  const { problem } = error;
  return new ProblemError({ ...problem, what: `${problem.what} (the target, ${target.named}, is PostgreSQL ${target.version})`, remedy: `${problem.remedy ?? ''}; or choose another major with --server-version`.replace(/^; /, '') }, error.exitCode, { cause: error });
}

async function yours(url: string, asked: ServerMajor | undefined): Promise<RehearsalServer> {
  const session = await Session.open(await resolveConnection({ url, env: {} }), 'deploy-wizard');
  try {
    const version = (await session.run('SHOW server_version')).rows[0]?.[0]?.split(' ')[0] ?? '';
    if (asked !== undefined && Number.parseInt(version, 10) !== asked) {
      throw new ProblemError({ code: 'server-version', what: `The server to rehearse on is PostgreSQL ${version}, not ${asked}.`, where: '--on, --server-version', remedy: `Leave out --server-version, or name a server of major ${asked}.` }, EXIT.usage);
    }
    return { url, what: `a scratch database on your server, PostgreSQL ${version}`, stop: async () => undefined };
  } finally {
    await session.close();
  }
}
