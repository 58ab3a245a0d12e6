import { resolveConnection } from '../postgres/connection.js';
import { Session } from '../postgres/session.js';
import { messageOf } from '../text/problem.js';
import { seeTriggers, type TriggersSeen } from './triggers/catalog.js';
import { probeTriggers, type Probed } from './triggers/probe.js';

/** Compares what roles can write at two moments. */
export interface TriggerProbe {
  /** Notes the triggers that are there. */
  begin(): Promise<void>;
  /** Tries every trigger that is new or changed since `begin`. */
  end(): Promise<Probed>;
  close(): Promise<void>;
}

/** A probe over a connection of its own, which is opened at `begin`. */
export function triggerProbeOf(url: string): TriggerProbe {
  let session: Session | undefined;
  let before: TriggersSeen | undefined;
  return {
    async begin() {
      session = await Session.open(await resolveConnection({ url, env: {} }), 'deploy-wizard probe');
      before = await seeTriggers(session.client);
    },
    async end() {
      if (!session || !before) return { findings: [], untried: [] };
      try {
        return await probeTriggers(session.client, before);
      } catch (error) {
        // A rehearsal on somebody's server may lack rights that a probe needs: it says so, and goes on.
        return { findings: [], untried: [`every trigger: ${messageOf(error)}`] };
      }
    },
    async close() {
      await session?.close();
    },
  };
}
