import type pg from 'pg';
import type { Measured } from '../assertions/assertion.js';
import { allowance, measuredOf, PassingRows, readTag, since } from './measured.js';

type Notices = Measured['notices'];

/**
 * One simple-query message with any number of statements. Each statement's
 * result is taken as its CommandComplete comes; rows pass by and few are kept,
 * so that the size of a result costs no memory. Made for `Client.query`.
 */
export class Message implements pg.Submittable {
  readonly results: Measured[] = [];
  private fields: pg.FieldDef[] | null = null;
  private rows: PassingRows | null = null;
  private readonly left = allowance();
  private start = performance.now();

  /**
   * @param text - as sent
   * @param takeNotices - gives the notices since it was called last
   * @param end - called once, with the error or null
   */
  constructor(private readonly text: string, private readonly takeNotices: () => Notices, private readonly end: (error: Error | null) => void) {}

  submit(connection: pg.Connection): void {
    this.start = performance.now();
    connection.query(this.text);
  }

  handleRowDescription(message: { fields: pg.FieldDef[] }): void {
    this.fields = message.fields;
    this.rows = new PassingRows(this.left);
  }

  handleDataRow(message: { fields: (string | null)[] }): void {
    this.rows?.add(message.fields);
  }

  handleCommandComplete(message: { text: string }): void {
    const { command, count } = readTag(message.text);
    this.results.push({ ...measuredOf(command, count, this.fields, this.rows), notices: this.takeNotices(), durationMs: since(this.start) });
    this.fields = null;
    this.rows = null;
    this.start = performance.now();
  }

  /** COPY … FROM stdin without rows in the text: there is nothing to send. */
  handleCopyInResponse(connection: pg.Connection & { sendCopyFail?(message: string): void }): void {
    connection.sendCopyFail?.('the text holds no rows for this COPY');
  }

  handleReadyForQuery(): void {
    this.end(null);
  }

  handleError(error: Error): void {
    this.end(error);
  }

  // COPY … TO stdout: its rows are nobody's result. The driver calls all of these.
  handleCopyData(): void { /* passes by */ }
  handleEmptyQuery(): void { /* nothing was asked */ }
  handlePortalSuspended(): void { /* the simple protocol has no portals */ }
}
