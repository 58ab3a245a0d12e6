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
}

export interface WebhookResult { delivered: boolean; attempts: number; why: string | null }

export const webhookDefaults: WebhookOptions = {
  timeoutMs: 5000, attempts: 3, pauseMs: 500,
  fetch: (...given) => globalThis.fetch(...given),
  wait: (ms) => new Promise((resolve) => { setTimeout(resolve, ms).unref(); }),
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
    if (attempt > 1) await options.wait(options.pauseMs * 2 ** (attempt - 2));
    try {
      const response = await options.fetch(url, {
        method: 'POST', body: JSON.stringify(message), redirect: 'error',
        headers: { 'content-type': 'application/json', 'user-agent': 'deploy-wizard' }, signal: AbortSignal.timeout(options.timeoutMs),
      });
      await response.body?.cancel();
      if (response.ok) return { delivered: true, attempts: attempt, why: null };
      why = `the webhook answered ${response.status}`;
      if (response.status < 500 && response.status !== 429) return { delivered: false, attempts: attempt, why };
    } catch (error) {
      const cause = error instanceof Error && error.cause !== undefined ? `: ${messageOf(error.cause)}` : '';
      why = maskTokens(`${messageOf(error)}${cause}`.replaceAll(url, '(the webhook)'));
    }
  }
  return { delivered: false, attempts: options.attempts, why };
}
