import { EXIT, messageOf, ProblemError } from '../text/problem.js';
import { serverError } from './server-error.js';

export function ledgerNewer(version: number, known: number, where: string): ProblemError {
  return new ProblemError({
    code: 'ledger-newer', what: `The ledger (schema deploy_wizard) is of version ${version}; this deploy-wizard knows versions up to ${known}.`, where,
    remedy: 'Use the deploy-wizard that wrote it, or a later one: what this one does not know of it could tell that a step was applied.',
  }, EXIT.refused);
}

export function ledgerRefused(why: string, where: string, cause?: unknown): ProblemError {
  return new ProblemError({
    code: 'ledger-refused', what: `The ledger (schema deploy_wizard) cannot be written: ${why}.`, where,
    remedy: 'GRANT CREATE ON DATABASE to this role, or have an administrator make the schema and give it to the role (an existing one: GRANT SELECT, INSERT, UPDATE ON ALL TABLES IN SCHEMA deploy_wizard); or run with --no-ledger: a COMMIT in doubt is then decided by a probe or by you.',
  }, EXIT.refused, { cause });
}

/** What keeps everybody from the ledger for now, whatever rights the role has; null: something else. */
export function ledgerKept(thrown: unknown, where: string): ProblemError | null {
  switch (serverError(thrown).sqlstate) {
    case '55P03': return new ProblemError({ code: 'ledger-in-use', what: 'The ledger (schema deploy_wizard) cannot be reached: another session has its tables locked.', where, remedy: 'Wait until it has ended, such as a dump of the database or VACUUM FULL (pg_locks shows it); then try again, or deploy-wizard resume.' }, EXIT.refused, { cause: thrown });
    case '25006': return new ProblemError({ code: 'target-read-only', what: `The database takes no writes: ${messageOf(thrown)}.`, where, remedy: 'default_transaction_read_only is on, for the database, for the role or in PGOPTIONS; some providers set it where the disk is full. Find out why, turn it off, then try again.' }, EXIT.refused, { cause: thrown });
    default: return null;
  }
}
