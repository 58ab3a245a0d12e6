import type { Assertion, Scalar } from '../../assertions/assertion.js';
import { catalogsOf, isCatalog } from '../catalogs.js';
import { NAMES_COLUMNS, type StatementShape } from './shape.js';

const OF_ROWS = /\b(?:rows?|records?|entries|affect(?:s|ed)?|updated|deleted|inserted|nothing|anything|no-?op|effect|able to|blocked|denied|rejected|refused|prevented)\b|^\W*(?:expect(?:ed|s|ing)?|results?|outputs?|returns?|success|pass)\b|\b(?:INSERT(?: 0)?|UPDATE|DELETE|MERGE) \d/i;
const LOOKS = /^\W*(?:verify|check|confirm|ensure|make sure|validate|assert|we (?:want|need))\b/i;
const DDL = /^(?:CREATE|ALTER|DROP|GRANT|REVOKE|COMMENT|VACUUM|ANALYZE|REINDEX|SET)\b/;
/** What is tried once a guard stands, and who stops it. */
const GUARDED = /\b(?:inserts?|updates?|deletes?|upsert|writes?|quer(?:y|ies)|selects?|calls?|attempts?|access|constraint|polic(?:y|ies)|trigger|rls|row[- ]level|anon|users?|not be (?:allowed|possible|permitted|accepted)|be (?:denied|blocked|rejected|refused)|you (?:will|should)|you'll)\b/i;
/** A figure for each of two things or more. */
const OF_EACH = /\b(\d+|one|two|three|four|five) [\p{L}]+ (?:for|on|in) (?:the )?[`'"]?[\p{L}_]+[`'"]?(?: table)?(?:,? and |, )(?:\d+|one|two|three|four|five) (?:[\p{L}]+ )?(?:for|on|in) /iu;
/** That something is stopped, by whatever means. */
const STOPPED = /\b(?:blocked|prevented|forbidden|(?:not|never|n't) (?:be (?:allowed|possible|permitted)|work|go through))\b/i;
/** What the server says of a definition that the rows there are do not allow, or that is there already. */
const OF_DDL = /^\W*error:\s+.*\b(?:violated by some row|contains null values|already exists|does not exist|could not create unique index|is not unique)\b/i;
const FAILS = /\b(?:errors?|fail\w*|exception|denied|reject\w*|refus\w*|raise\w*|throw\w*|violat\w*|constraint|trigger)\b/i;
const KIND = /\b(?:index(?:es)?|columns?|tables?|polic(?:y|ies)|functions?|triggers?|constraints?|views?|extensions?|roles?|schemas?|users?)\b/i;

/** `boats_harbour_select_own`, `insert_own`: the others in short, as the server does not call them. */
function abbreviates([first, ...others]: readonly Scalar[]): boolean {
  const parts = String(first).split('_');
  return parts.length > 3 && others.length > 0 && others.every((other) => {
    const own = String(other).split('_');
    return own.length > 1 && own.length < parts.length - 1 && own.at(-1) === parts.at(-1) && own[0] !== parts[0];
  });
}

/** "111 rows with kind = 'sail'", "TOTAL: 47 boats", of a query that counts by kind: of what it counts, and not of how many kinds there are. */
function isOfGroups(said: string, assertions: readonly Assertion[], shape: StatementShape): boolean {
  const [figure] = assertions.flatMap((one) => (one.type === 'rows' && one.op === '=' && typeof one.value === 'number' && one.value > 1 ? [one.value] : []));
  if (shape.oneRow || figure === undefined || (shape.counted?.length ?? 0) === 0) return false;
  return /^\W*(?:grand )?totals?\b/i.test(said) || assertions.some((one) => one.type === 'column' && one.quantifier === 'every' && one.op === '=' && !(shape.counted ?? []).includes(one.column));
}

/** "Four policies", of a catalog that lists none: of another query. */
function isOfOtherKind(said: string, assertions: readonly Assertion[], { tables }: StatementShape): boolean {
  const kind = /\b(?:[1-9]\d*|two|three|four|five|six|seven|eight|nine|ten) (?:rls |new )?(policies|triggers|functions|constraints|buckets|extensions|enums)\b/i.exec(said)?.[1]?.toLowerCase();
  const catalogs = kind === undefined ? undefined : catalogsOf(kind);
  return catalogs !== undefined && tables.length > 0 && tables.every((table) => isCatalog(table) && !catalogs.test(table)) && assertions.some(({ type }) => type === 'rows');
}

/** "409 – the guard rejects it": an answer of HTTP, of a query that counts nothing. */
const HTTP_CODE = /^\W*(?:expect(?:ed|s)?|should return|returns?)\W*(?:401|403|404|409|410|422|429|500|502|503|20[014](?=\W+[—–-]))\b\W*(?:$|[—–-]|\()/i;

/** Whether rows are the columns of tables, or where only the server knows, may be. */
const mayListColumns = ({ columns, tables }: StatementShape): boolean => columns.length === 0 || columns.some((column) => column !== null && NAMES_COLUMNS.test(column)) || tables.some((table) => /^(?:columns|pg_attribute)$/.test(table));

/** "A `pier_no` column", of a result that lists no columns: one of its own, and no name among its cells. */
function isOfItsColumns(said: string, assertions: readonly Assertion[], shape: StatementShape): boolean {
  // "1 row with `boat_kind`", of all columns there are.
  if (shape.columns.includes('*') && /\b(?:rows?|records?|entry|entries) with `?[a-z]+(?:_[a-z\d]+)+`?\W*$/i.test(said) && assertions.some(({ type }) => type === 'contains')) return true;
  if (!/\b(?:columns?|fields?)\b/i.test(said) || mayListColumns(shape)) return false;
  const names = assertions.flatMap((one) => (one.type === 'contains' || one.type === 'excludes' ? one.values : []));
  return names.some((name) => {
    const plain = String(name).replace(/[^\w ]/g, '.');
    return new RegExp(`${plain}[\`"']?(?:,? (?:and )?[\`"'][^\`"']+[\`"'])* (?:columns?|fields?)\\b|\\b(?:columns?|fields?)(?: named| called)?:? [\`"']?${plain}`, 'i').test(said);
  });
}

/**
 * Whether a sentence that could be read of a statement is more likely said of something else:
 * the rows of another command, the purpose of a statement that writes, what a guard will refuse
 * once it stands, a column that is in the head of a result. A person tells then.
 */
export function isDoubtful(said: string, assertions: readonly Assertion[], shape: StatementShape | null): boolean {
  if (shape === null) return false;
  const { command } = shape;
  if (assertions.some((one) => one.type === 'contains' && abbreviates(one.values))) return true;
  if (isOfItsColumns(said, assertions, shape) || isOfGroups(said, assertions, shape)) return true;
  if (isOfOtherKind(said, assertions, shape)) return true;
  // "For all PHI tables", of a query that does not look for those alone.
  if (!/table/i.test(shape.soughtIn ?? '') && /\b(?:for|in|on) (?:all|every|each) (?!RLS\b|SQL\b)(?:[A-Z]{2,}|critical|sensitive|relevant|affected) \w+s?\W*$/.test(said) && assertions.some((one) => one.type === 'column' && one.quantifier === 'every')) return true;
  // "No duplicate indexes", of a list of all of them.
  if (/\bno duplicate/i.test(said) && shape.groups === undefined && shape.tables.length === 1 && shape.tables.every(isCatalog) && assertions.some(({ type }) => type === 'rows')) return true;
  // "152 in dev. Production: 0": which of them, the environment tells.
  if (/\b(?:in|on) (?:dev|development|staging|local|test)\b.*\b(?:production|prod)\W*:/is.test(said)) return true;
  // "`pier_id` (?)": nobody knows.
  if (/\(\?+\)/.test(said)) return true;
  if (HTTP_CODE.test(said.replaceAll('**', '')) && assertions.some(({ type }) => type === 'rows')) return true;
  // "1 policy for users, 4 for crews": neither is the number of all of them.
  if (OF_EACH.test(said) && assertions.some(({ type }) => type === 'rows')) return true;
  // Of the last few rows, one is meant, and not each of them.
  if (shape.latest === true && assertions.some((one) => one.type === 'column' && one.quantifier === 'every') && !/\b(?:all|every|each|both|rows?|records?|entries)\b/i.test(said)) return true;
  if (assertions.some(({ type }) => type === 'affected')) {
    if ((shape.returnsRows && command === 'SELECT') || DDL.test(command)) return true;
    if (!OF_ROWS.test(said) || (LOOKS.test(said) && !/\b(?:affected|updated|deleted|inserted)\b/i.test(said))) return true;
    // What is there afterwards, in the whole table, or the next time.
    if (!/\b(?:effect|affect(?:s|ed)?|updat(?:ed?|es)|delet(?:ed?|es)|remov(?:ed?|es)|insert(?:ed|s)?)\b/i.test(said) && /\b(?:in|total|left|remain\w*|missing|with|have|has|again|afterwards?|now|if|stop|there|second run)\b/i.test(said)) return true;
    const verb = /\b(update|insert|delete|remove|change|touch|modif)\w*\b/i.exec(said.replace(/\b(?:INSERT 0|UPDATE|DELETE|MERGE) \d+/g, ''))?.[1]?.toLowerCase();
    if (verb === 'update' && command !== 'UPDATE' && !/^(?:DO|CALL)$/.test(command) && !/\bupdated\b/i.test(said)) return true;
    if ((verb === 'delete' || verb === 'remove') && !/^(?:DELETE|DO|CALL|MERGE)$/.test(command)) return true;
    if (verb === 'insert' && !/^(?:INSERT|DO|CALL|MERGE|COPY)$/.test(command)) return true;
    if ((verb === 'change' || verb === 'touch' || verb === 'modif') && command === 'INSERT') return true;
  }
  const fails = assertions.find(({ type }) => type === 'error');
  if (fails !== undefined && (/^(?:GRANT|REVOKE)\b/.test(command) || (DDL.test(command) && GUARDED.test(said) && !OF_DDL.test(said)))) return true;
  // Row security hides what is looked for or changed, and nothing fails.
  if (fails?.type === 'error' && fails.sqlstate === null && fails.message === null && /^(?:SELECT|UPDATE|DELETE)$/.test(command) && shape.tables.length > 0 && STOPPED.test(said) && !FAILS.test(said)) return true;
  if (fails !== undefined && /^(?:INSERT|UPDATE|DELETE|MERGE|SELECT)$/.test(command)) {
    const subject = /^\W*(?:\d+[a-z]?[.):]\s*)?(?:the |this |that |an? )?(insert|update|delete|upsert|drop|truncate)(?:ion)?\b/i.exec(said)?.[1]?.toUpperCase();
    if (subject !== undefined && subject !== command && !(subject === 'UPSERT' && command === 'INSERT') && !(command === 'SELECT' && shape.tables.length === 0)) return true;
  }
  // "`old_name` must not be there", of all columns of a table: more likely one of them.
  if (shape.columns.includes('*') && !shape.tables.some(isCatalog) && !shape.filtered && assertions.some((one) => one.type === 'excludes' && one.values.every((value) => /^[a-z]\w*_\w+$/.test(String(value))))) return true;
  // "No rows for another's id", of all rows there are.
  if (/\bfor (?:an)?other\b/i.test(said) && !shape.filtered && assertions.some((one) => one.type === 'rows')) return true;
  return assertions.some(({ type }) => type === 'contains') && shape.columns.includes('*') && KIND.test(said) && /`/.test(said) && shape.tables.length > 0 && !shape.tables.some(isCatalog);
}
