import type { Measured } from './assertion.js';

type Notice = Measured['notices'][number];

/** Severity of the line that stands for notices which were not kept; the server has none of this name. */
const LEFT_OUT = 'LEFT OUT';

/** Stands, as the last one, for notices beyond those that are kept. */
export function leftOut(count: number): Notice {
  return { severity: LEFT_OUT, message: `${count} more notices were not kept` };
}

/** Whether notices are missing: what is not among those kept may have been said all the same. */
export function noticesCut({ notices }: Measured): boolean {
  return notices.at(-1)?.severity === LEFT_OUT;
}
