import type { RunFlags } from './flags.js';
import { goOn } from './resume.js';

/** `deploy-wizard rollback RUN`: undoes what that run applied. */
export async function rollbackCommand(run: string, flags: RunFlags & { guide?: string }): Promise<number> {
  return goOn(run, flags, 'rollback');
}
