import type pg from 'pg';
import type { Measured } from '../assertions/assertion.js';
import { leftOut } from '../assertions/notices.js';

/** Rows of a result that are kept; the rest is counted. */
export const KEPT_ROWS = 1000;
/** Characters of results that are kept in all, of one statement or one message. */
const KEPT_CHARACTERS = 8_000_000;

const TYPE_NAMES: Record<number, string> = {
  16: 'bool', 18: 'char', 19: 'name', 20: 'int8', 21: 'int2', 23: 'int4', 25: 'text', 26: 'oid', 114: 'json', 142: 'xml', 700: 'float4', 701: 'float8',
  790: 'money', 1042: 'bpchar', 1043: 'varchar', 1082: 'date', 1083: 'time', 1114: 'timestamp', 1184: 'timestamptz', 1186: 'interval', 1700: 'numeric', 2950: 'uuid', 3802: 'jsonb',
};

type Row = (string | null)[];

/** How much may still be kept; shared by the statements of one message. */
export interface Allowance { characters: number }

export function allowance(): Allowance {
  return { characters: KEPT_CHARACTERS };
}

/** Notices of a statement that are kept, from its beginning. */
const KEPT_NOTICES = 2000;
const NOTICE_CHARACTERS = 1_000_000;

/** Notices that pass by: all are counted, those kept that come first. The last one kept says how many more there were. */
export class PassingNotices {
  private readonly kept: Measured['notices'] = [];
  private characters = 0;
  private left = 0;

  add(severity: string, message: string): void {
    if (this.kept.length >= KEPT_NOTICES || this.characters > NOTICE_CHARACTERS) { this.left += 1; return; }
    this.characters += message.length;
    this.kept.push({ severity, message });
  }

  get taken(): Measured['notices'] {
    return this.left === 0 ? this.kept : [...this.kept, leftOut(this.left)];
  }
}

/** Rows that pass by: all are counted, few are kept. */
export class PassingRows {
  readonly kept: Row[] = [];
  count = 0;

  constructor(private readonly left: Allowance) {}

  add(row: Row): void {
    const size = row.reduce((sum, cell) => sum + (cell?.length ?? 0), 0);
    this.count += 1;
    if (this.kept.length >= KEPT_ROWS || this.left.characters <= 0) return;
    this.left.characters -= size;
    this.kept.push(row);
  }
}

/** A command tag in its parts: `INSERT 0 5` is INSERT with 5, `CREATE TABLE` has no number. */
export function readTag(tag: string): { command: string; count: number | null } {
  const match = /^([A-Z ]*?[A-Z])(?:(?: \d+)? (\d+))?$/.exec(tag);
  return { command: match?.[1] ?? tag, count: match?.[2] === undefined ? null : Number(match[2]) };
}

/** What a statement did, as assertions read it. `fields` null: it returns no rows. */
export function measuredOf(command: string, count: number | null, fields: pg.FieldDef[] | null, rows: PassingRows | null): Measured {
  const changes = ['INSERT', 'UPDATE', 'DELETE', 'MERGE', 'COPY'].includes(command);
  const returned = fields === null || fields.length === 0 ? null : rows?.count ?? 0;
  return {
    kind: 'sql', columns: fields?.map((field) => field.name) ?? [], types: fields?.map((field) => TYPE_NAMES[field.dataTypeID] ?? `oid ${field.dataTypeID}`) ?? [], rows: rows?.kept ?? [],
    rowCount: returned, truncated: returned !== null && returned > (rows?.kept.length ?? 0), affected: changes ? count : null, command,
    durationMs: 0, error: null, notices: [], output: null, exitCode: null,
  };
}

/** Milliseconds since `start` (of performance.now), to a tenth. */
export function since(start: number): number {
  return Math.max(0, Math.round((performance.now() - start) * 10) / 10);
}
