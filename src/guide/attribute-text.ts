import type { Attributes } from './attributes.js';

/** Attributes as they are written after a fence's language: the inverse of `readAttributes`. */
export function formatAttributes(given: Attributes): string[] {
  const ms = (duration: number) => `${duration}ms`;
  const parts: [string, string | string[] | boolean | undefined][] = [
    ['id', given.id], ['file', given.file], ['needs', given.needs], ['when', given.when], ['on-fail', given.onFail], ['reverts', given.reverts],
    ['transaction', given.transaction === undefined ? undefined : given.transaction ? 'on' : 'off'],
    ['as', given.as], ['claims', given.claims], ['discard', given.discard],
    ['timeout', given.timeoutMs === undefined ? undefined : ms(given.timeoutMs)], ['lock-timeout', given.lockTimeoutMs === undefined ? undefined : ms(given.lockTimeoutMs)],
    ['retries', given.retries?.toString()], ['tolerate', given.tolerate], ['capture', given.capture],
    ['repeat', given.repeat ? `${ms(given.repeat.everyMs)} for ${ms(given.repeat.forMs)}` : undefined],
    ['optional', given.optional], ['run-once', given.runOnce], ['no-return', given.noReturn], ['no-skip', given.noSkip], ['approve', given.approve],
    ['role', given.role], ['rehearse', given.rehearse],
  ];
  return parts.flatMap(([key, value]) => {
    if (value === undefined || (typeof value === 'object' && value.length === 0)) return [];
    if (value === true) return [key];
    return [`${key}=${quoted(typeof value === 'object' ? value.join(' ') : String(value))}`];
  });
}

function quoted(value: string): string {
  return /^[^\s"'\\=]+$/.test(value) ? value : `"${value.replace(/["\\]/g, '\\$&')}"`;
}
