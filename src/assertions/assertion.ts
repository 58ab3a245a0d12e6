import * as z from 'zod';

/**
 * The closed union of assertion types, as the graph's JSON shows them.
 *
 * A value on the right-hand side is a JSON scalar, or data that is only known
 * during the run: a parameter or captured value, or the result of a query.
 */
export const operatorSchema = z.enum(['=', '!=', '<', '<=', '>', '>=', 'between', 'in', 'matches', 'contains']);
export type Operator = z.infer<typeof operatorSchema>;

export const scalarSchema = z.union([z.string(), z.number(), z.boolean(), z.null()]);
export type Scalar = z.infer<typeof scalarSchema>;

/** A value that exists only at run time: `:'name'` or `(SELECT …)`. */
export const deferredSchema = z.union([
  z.strictObject({ parameter: z.string() }),
  z.strictObject({ sql: z.string() }),
]);
export type Deferred = z.infer<typeof deferredSchema>;

export const operandSchema = z.union([scalarSchema, deferredSchema, z.array(z.union([scalarSchema, deferredSchema]))]);
export type Operand = z.infer<typeof operandSchema>;

/** Another column of the same row: `column done = column total`. */
export const columnOperandSchema = z.strictObject({ column: z.string() });
export type ColumnOperand = z.infer<typeof columnOperandSchema>;

/** Of the rows, those whose column holds this: `where name = "grain"`. */
export const whereSchema = z.strictObject({ column: z.string(), value: scalarSchema });
export type Where = z.infer<typeof whereSchema>;

const compared = { op: operatorSchema, value: operandSchema };

export const assertionSchema = z.discriminatedUnion('type', [
  /** Number of rows the statement returned. `no rows` is `rows = 0`. */
  z.strictObject({ type: z.literal('rows'), ...compared }),
  /** First column of the only row. */
  z.strictObject({ type: z.literal('value'), ...compared }),
  /** The first value has a shape. */
  z.strictObject({ type: z.literal('shape'), shape: z.enum(['uuid', 'json', 'timestamp', 'integer', 'number', 'boolean']) }),
  /** A column, in every row or in any row, or in those of a `where`, of which there must be one; compared with values, or with another column of its row. */
  z.strictObject({ type: z.literal('column'), column: z.string(), quantifier: z.enum(['every', 'any']), op: operatorSchema, value: z.union([operandSchema, columnOperandSchema]), where: whereSchema.optional() }),
  /** Every text occurs as a value of some cell (or inside it) of the result. */
  z.strictObject({ type: z.literal('contains'), values: z.array(scalarSchema) }),
  /** None of the texts occurs. */
  z.strictObject({ type: z.literal('excludes'), values: z.array(scalarSchema) }),
  /** Exactly these rows. `columns` null: matched by position. `ordered` is set from the query's ORDER BY. */
  z.strictObject({
    type: z.literal('table'),
    columns: z.array(z.string()).nullable(),
    rows: z.array(z.array(scalarSchema)),
    ordered: z.boolean(),
  }),
  /** These rows are among those returned, each of them; columns that are not named are not compared. `columns` null: matched by position. */
  z.strictObject({ type: z.literal('includes'), columns: z.array(z.string()).nullable(), rows: z.array(z.array(scalarSchema)) }),
  /** The statement must fail, with this SQLSTATE and/or a message that contains this. */
  z.strictObject({ type: z.literal('error'), sqlstate: z.string().nullable(), message: z.string().nullable() }),
  /** The statement runs without an error. */
  z.strictObject({ type: z.literal('success') }),
  /** Rows changed, from the command tag. */
  z.strictObject({ type: z.literal('affected'), ...compared }),
  /** Milliseconds: of the statement, or the plan's execution time for EXPLAIN ANALYZE. */
  z.strictObject({ type: z.literal('time'), ...compared }),
  /** The plan of an EXPLAIN: text that it holds or does not hold. `index` names an index that it must use. */
  z.strictObject({ type: z.literal('plan'), contains: z.string().nullable(), excludes: z.string().nullable(), index: z.string().nullable() }),
  /** A NOTICE or WARNING whose text contains this was raised, or none was. */
  z.strictObject({ type: z.literal('notice'), contains: z.string(), present: z.boolean() }),
  /** TAP or PASS lines: how many tests ran, all of them good. `value` null with op `=`: any number, all good (`tap ok`). */
  z.strictObject({ type: z.literal('tests'), op: operatorSchema, value: z.number().nullable() }),
  /** Text of a shell command's output. */
  z.strictObject({ type: z.literal('output'), op: z.enum(['contains', 'matches', '=', '!=']), value: z.string() }),
  /** Exit code of a shell command. */
  z.strictObject({ type: z.literal('exit'), ...compared }),
  /** A person decides; the text is the question. */
  z.strictObject({ type: z.literal('operator'), text: z.string() }),
]);
export type Assertion = z.infer<typeof assertionSchema>;
export type AssertionType = Assertion['type'];

/** A cell as it came from the server, in PostgreSQL's text form. NULL is null. */
export type Cell = string | null;

/** What a statement or command did: the only thing assertions look at. */
export interface Measured {
  kind: 'sql' | 'shell';
  /** Column names; empty when no rows are returned. */
  columns: string[];
  /** Type names of the columns (`int8`, `text`, `bool`, …), parallel to `columns`; may be empty. */
  types: string[];
  /** Rows kept (bounded); `rowCount` is the true number. */
  rows: Cell[][];
  /** Rows returned, or null for a statement that returns none. */
  rowCount: number | null;
  /** True when rows beyond those in `rows` were returned and dropped. */
  truncated: boolean;
  /** Rows changed, from the command tag, or null. */
  affected: number | null;
  /** Command tag, such as `SELECT` or `CREATE TABLE`; the program's name for a shell command. */
  command: string;
  /** Wall time in milliseconds. */
  durationMs: number;
  /** `raised`: a function of the database wrote the message. */
  error: { sqlstate: string | null; message: string; raised?: true } | null;
  /** Severity and text of notices, in order. */
  notices: { severity: string; message: string }[];
  /** Shell only: combined output (bounded) and exit code. */
  output: string | null;
  exitCode: number | null;
}

/** The answer of an assertion to what was measured. */
export interface Judgement {
  /** `asked`: only a person can decide; the measured value is shown. */
  verdict: 'passed' | 'failed' | 'asked';
  /** One line in the guide's own terms, such as `rows = 3`. */
  expected: string;
  /** What was measured, in the same terms, such as `rows = 2`. */
  actual: string;
  /** Why the verdict is what it is where that is not plain, or null. */
  note: string | null;
  /** Of an `asked` one whose figure could be computed all the same: what that says. */
  computed?: 'passed' | 'failed';
}

/** Values that deferred operands resolve to: parameters and captures by name, queries by their text. */
export interface Resolved {
  parameters: Readonly<Record<string, string | null>>;
  queries: Readonly<Record<string, Cell>>;
  /** Queries that gave no value, and why. */
  refused?: Readonly<Record<string, string>>;
}
