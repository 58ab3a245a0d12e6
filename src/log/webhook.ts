import { messageOf } from '../text/problem.js';
import { maskTokens } from './mask-text.js';

/** What is sent: `text` is what chat services read; the rest is for programs. */
export interface Message { text: string; subject: string; occasion: string; run: string; guide: string; environment: string }

export interface WebhookOptions {
  /** Per attempt, in milliseconds. */
  timeoutMs: number;
  attempts: number;
  /** Before the second attempt, in milliseconds; doubled for each further one. */
  pauseMs: number;
  fetch: typeof globalThis.fetch;
  wait(ms: number): Promise<void>;
  /** Gives up at once when aborted, whatever is under way. */
  signal: AbortSignal | null;
}

export interface WebhookResult { delivered: boolean; attempts: number; why: string | null }

export const webhookDefaults: WebhookOptions = {
  timeoutMs: 5000, attempts: 3, pauseMs: 500,
  fetch: (...given) => globalThis.fetch(...given),
  wait: (ms) => new Promise((resolve) => { setTimeout(resolve, ms).unref(); }),
  signal: null,
};

/**
 * Posts a message to a webhook. Tries again after a timeout, a broken
 * connection, 429 or 5xx; never throws, and `why` never holds the URL, which
 * is a secret. The caller need not wait for it.
 */
export async function send(url: string, message: Message, given: Partial<WebhookOptions> = {}): Promise<WebhookResult> {
  const options = { ...webhookDefaults, ...given };
  let why = 'not tried';
  for (let attempt = 1; attempt <= options.attempts; attempt += 1) {
    if (attempt > 1) await Promise.race([options.wait(options.pauseMs * 2 ** (attempt - 2)), aborted(options.signal)]);
    if (options.signal?.aborted) return { delivered: false, attempts: attempt - 1, why };
    try {
      const response = await options.fetch(url, {
        method: 'POST', body: JSON.stringify(message), redirect: 'error',
        headers: { 'content-type': 'application/json', 'user-agent': 'deploy-wizard' }, signal: AbortSignal.any([AbortSignal.timeout(options.timeoutMs), ...(options.signal ? [options.signal] : [])]),
      });
      await response.body?.cancel();
      if (response.ok) return { delivered: true, attempts: attempt, why: null };
      why = `the webhook answered ${response.status}`;
      if (response.status < 500 && response.status !== 429) return { delivered: false, attempts: attempt, why };
    } catch (error) {
      const cause = error instanceof Error && error.cause !== undefined ? `: ${messageOf(error.cause)}` : '';
      why = options.signal?.aborted ? 'the run was over and it had not answered' : maskTokens(`${messageOf(error)}${cause}`.replaceAll(url, '(the webhook)'));
    }
  }
  return { delivered: false, attempts: options.attempts, why };
}

function aborted(signal: AbortSignal | null): Promise<void> {
  return new Promise((resolve) => { signal?.addEventListener('abort', () => { resolve(); }, { once: true }); });
}
