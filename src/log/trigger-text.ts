import type { LogDocument } from './schema.js';

type Finding = NonNullable<LogDocument['triggers']>['findings'][number];

/** What a trigger stops, in one sentence: `INSERT on auth.users by app fails in the trigger x, function y`. */
export function triggerSentence(one: Finding): string {
  return `${one.commands.join(', ')} on ${one.table} by ${one.role} ${one.commands.length > 1 ? 'fail' : 'fails'} in the trigger ${one.trigger}, function ${one.function}`;
}

/** Where the trigger is made; empty where the guide does not make it. */
export function triggerPlace(one: Finding): string {
  return one.step === null ? '' : `step ${one.step}, ${one.file === null ? 'line ' : `${one.file}:`}${one.line ?? '?'}`;
}

/** What PostgreSQL says, and what it says next once the role may touch every table. */
export function triggerErrors(one: Finding): string {
  return one.errors.map((error) => `${error.sqlstate} ${error.message}`).join('; with every privilege on tables granted: ');
}
