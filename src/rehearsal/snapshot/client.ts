/** The least that a connection must do. One query at a time; values as strings or as `pg` gives them. */
export interface QueryClient {
  query(text: string, parameters?: unknown[]): Promise<{ rows: Record<string, unknown>[] }>;
}

/** Marks the place in the snapshot's transaction that {@link GO_ON} returns to. */
export const READY = 'SAVEPOINT reading';

/** After a failed read: nothing was written, so one savepoint serves them all. */
export const GO_ON = 'ROLLBACK TO SAVEPOINT reading';
