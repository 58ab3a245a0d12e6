/** Locks, deadlocks, conflicts, time limits, cancel requests, a server without room or on its way down: another try may well go through. */
const CUT_OFF = /^(?:55P03|40001|40P01|57014|57P|53|58|08|XX00[12])/;

/** Whether an error of this SQLSTATE tells nothing of what the statement tried: it was cut off before the server had judged it. */
export function wasCutOff(sqlstate: string | null): boolean {
  return sqlstate !== null && CUT_OFF.test(sqlstate);
}

/** Whether an error that is wanted is one of these, by what it names. */
export function wantsCutOff({ sqlstate, message }: { sqlstate: string | null; message: string | null }): boolean {
  return wasCutOff(sqlstate) || (sqlstate === null && message !== null && /time ?-?out|cancel|deadlock|serializ|obtain lock|too many|no space/i.test(message));
}
