import type { Snapshot } from './snapshot.js';

/** A table whose rows are not as they were. */
export interface RowsChanged {
  table: string;
  rowsBefore: number | null;
  /** Null when the table is gone. */
  rowsAfter: number | null;
  /** Columns whose values changed; empty when rows came or went, for then every column did. */
  columns: string[];
}

/** Compares counts and hashes of the tables of two snapshots, column by column where both have the column. */
export function compareContents(before: Snapshot, after: Snapshot): RowsChanged[] {
  const changed: RowsChanged[] = [];
  for (const [table, was] of Object.entries(before.tables)) {
    const is = after.tables[table];
    if (!is) {
      // A table too large the second time is named among what was not compared.
      const gone = !Object.keys(after.objects).some((name) => name.endsWith(`table ${table}`) || name.endsWith(`view ${table}`));
      if (gone && was.rows > 0) changed.push({ table, rowsBefore: was.rows, rowsAfter: null, columns: [] });
    } else if (was.rows !== is.rows) {
      changed.push({ table, rowsBefore: was.rows, rowsAfter: is.rows, columns: [] });
    } else {
      const common = Object.keys(was.columns).filter((name) => is.columns[name] !== undefined);
      const columns = common.filter((name) => was.columns[name] !== is.columns[name]);
      const sameColumns = common.length === Object.keys(was.columns).length && common.length === Object.keys(is.columns).length;
      // Values swapped between rows of a table without a key show in the whole row alone.
      if (columns.length > 0 || (sameColumns && was.hash !== is.hash)) changed.push({ table, rowsBefore: was.rows, rowsAfter: is.rows, columns: columns.length > 0 ? columns : common });
    }
  }
  return changed.sort((one, other) => (one.table < other.table ? -1 : 1));
}
