import type { Graph } from '../graph/graph.js';
import type { StatementResult } from '../steps/fact.js';
import { isAggregate } from './aggregate.js';
import { readsCatalogueOnly } from './catalogue-query.js';
import { hashed, maskPersonal, maskTokens, PRIVATE, secretMasker, uuidPattern } from './mask-text.js';

export interface MaskOptions {
  /** Secret values known now; asked again for every event, as parameters come to be known. */
  secrets: () => Iterable<string>;
  /** `privacy: safe`: personal data and the values of results are masked too. */
  safe: boolean;
  /** The run's salt: equal identifiers stay equal within the run. */
  salt: string;
  /** Tells which statement an expectation is about, so that its measured value is masked like the result. */
  graph?: Graph;
  /** Masks what functions and programs say, by the words of the guide. */
  said?: (text: string) => string;
  /** Identifiers of the wizard's own (run, rehearsal) that stay readable. */
  keep?: ReadonlySet<string>;
}

/** A function that masks any text by these options. */
export function textMasker(options: MaskOptions): (text: string) => string {
  const secrets = secretMasker(options.secrets());
  return (text) => {
    const masked = maskTokens(secrets(text));
    return options.safe ? maskPersonal(withoutValues(masked), options.salt, options.keep) : masked;
  };
}

/** A function that masks what functions and programs say. */
export function saidBy(options: MaskOptions): (text: string) => string {
  const mask = textMasker(options);
  return options.safe ? (text) => (options.said ?? (() => PRIVATE))(mask(text)) : mask;
}

/**
 * A statement's result as it may be recorded. With `safe`, values of a query
 * that is neither a plain aggregate nor one of the catalogue alone are masked: their number, columns, types and NULLs
 * stay, identifiers are hashed. What functions and programs say keeps the words of the guide.
 */
export function maskResult(result: StatementResult, options: MaskOptions): StatementResult {
  const mask = textMasker(options);
  const open = !options.safe || tellsNobody(result);
  const said = saidBy(options);
  const cell = (value: string | null): string | null => (value === null ? null : open ? mask(value) : privateCell(value, options.salt));
  return {
    ...result,
    // The first word of `PGPASSWORD=… psql` is no name of a program.
    command: mask(result.command),
    sql: mask(options.safe ? withoutLiterals(result.sql) : result.sql),
    rows: result.rows.map((row) => row.map(cell)),
    columns: result.columns.map(mask),
    error: result.error === null ? null : { ...result.error, message: result.error.raised ? said(result.error.message) : mask(result.error.message) },
    notices: result.notices.map((notice) => ({ ...notice, message: said(notice.message) })),
    output: result.output === null ? null : said(result.output),
  };
}

/** One value of a private result. */
export function privateCell(value: string, salt: string): string {
  if (/^id:[0-9a-f]{12}$/.test(value)) return value;
  return new RegExp(`^${uuidPattern.source}$`, 'i').test(value) ? hashed('id', value, salt) : PRIVATE;
}

/** Long texts inside SQL literals are data that somebody typed in; names and numbers explain the statement. */
function withoutLiterals(sql: string): string {
  return sql.replace(/'(?:[^']|'')*'/g, (literal) => (literal.includes('@') ? `'${PRIVATE}'` : literal));
}

/** Whether a result tells of no person: counts and truths over many rows, or names and definitions of the catalogue. */
export function tellsNobody(result: StatementResult): boolean {
  return result.columns.length === 0 || isAggregate(result) || readsCatalogueOnly(result.sql);
}

/** `Key (email)=(ada@example.com) already exists`, `date/time field value out of range: "x"`: what stands there is a row's or a person's. */
function withoutValues(message: string): string {
  return message.replace(/\)=\((?:[^()]|\([^()]*\))*\)/g, `)=(${PRIVATE})`).replace(/(Failing row contains )\(.*\)/gs, `$1(${PRIVATE})`).replace(/((?:invalid input (?:syntax|value)|value out of range|malformed \w+ literal|invalid \w+ value|out of range for type|invalid value for)[^:\n]*: )"[^\n]*"/g, `$1"${PRIVATE}"`);
}
