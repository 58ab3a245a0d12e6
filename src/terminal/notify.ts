import { visible } from '../text/sanitise.js';
import { truncate } from '../text/width.js';
import { passedThrough } from './passthrough.js';

const LONGEST = 120;

/**
 * Calls a person who looks elsewhere, as DEPLOY_WIZARD_NOTIFY asks: `bell`, or
 * `desktop` for a notification as well (OSC 777 where the terminal is one of
 * those that know it, else OSC 9). Nothing where it is not set.
 */
export function notify(text: string, stdout: NodeJS.WritableStream, env: NodeJS.ProcessEnv): void {
  const wanted = env.DEPLOY_WIZARD_NOTIFY;
  if (wanted !== 'bell' && wanted !== 'desktop') return;
  // Semicolons end a part of the sequence.
  const words = truncate(visible(text).replaceAll(';', ','), LONGEST);
  const knows777 = Boolean(env.VTE_VERSION) || /^(rxvt|foot)/.test(env.TERM ?? '');
  const desktop = wanted === 'desktop' ? passedThrough(knows777 ? `\x1b]777;notify;deploy-wizard;${words}\x1b\\` : `\x1b]9;${words}\x07`, env) : '';
  stdout.write(`\x07${desktop}`);
}
