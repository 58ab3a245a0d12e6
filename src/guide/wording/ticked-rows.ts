import type { Assertion } from '../../assertions/assertion.js';
import { catalogCell, rolesInCatalog } from './catalog.js';
import { namingColumn } from './row-of.js';
import { isExplain, type StatementShape } from './shape.js';
import { isFlag, TELLS_STATE } from './states.js';

/** Lines of a list that are rows in short: a name in back-ticks, and what else its row holds. */

const CRON = /^(?:[\d*/,-]+ ){4}[\d*/,-]+$/;
const PAIR = /^(?:\d+[.)]\s+)?`([^`]+)`(?:\s*(?:[-–—:=]|->)\s*|\s+)`([^`]+)`$/;

const rowsMay = (shape: StatementShape | null): shape is StatementShape => shape?.returnsRows === true && !shape.oneRow && !isExplain(shape);

/** "`tide_check` — `*\/5 * * * *`", a line each: a job and its schedule; of a result of two columns, a name and what the other holds. */
export function tickedPairs(lines: readonly string[], shape: StatementShape | null): Assertion | null {
  const pairs = lines.map((line) => PAIR.exec(line));
  if (!rowsMay(shape) || pairs.length === 0 || !pairs.every((pair) => pair !== null)) return null;
  const rows = pairs.map(([, name = '', value = '']) => [name, value]);
  const every = shape.columns.includes('*') && shape.tables.join() === 'job';
  const called = (name: RegExp): string | undefined => shape.columns.find((column) => column !== null && name.test(column)) ?? undefined;
  const [job, schedule] = every ? ['jobname', 'schedule'] : [called(/^jobname$/i), called(/^schedule$/i)];
  if (rows.every(([, value = '']) => CRON.test(value))) return job === undefined || schedule === undefined ? null : { type: 'includes', columns: [job, schedule], rows };
  // What the server writes in its own words is compared with nothing; a word is what a state or a flag holds.
  const naming = shape.columns.includes('*') ? null : namingColumn(shape);
  const [other, ...more] = shape.columns.filter((column) => column !== naming);
  if (naming === null || other == null || more.length > 0 || !(TELLS_STATE.test(other) || isFlag(other)) || !rows.every(([, value = '']) => /^[\w.:-]+$/.test(value))) return null;
  const cells = rows.map(([name = '', value = '']) => [name, catalogCell(other, value)]);
  return cells.every(([, value]) => value !== undefined) ? { type: 'includes', columns: [naming, other], rows: cells.map(([name = null, value = null]) => [name, value]) } : null;
}

const COMMAND = /^(?:\d+[.)]\s+)?(?:`([^`]+)`|"([^"]+)")\s*(?:[-–—:]\s+|(?=\())(\()?(?:for |cmd(?:[:=] ?| )|command(?:[:=] ?| ))?(SELECT|INSERT|UPDATE|DELETE|ALL)(?: to `?([a-z_]\w*)`?)?(\))?$/i;

/** "`own boats` - FOR ALL to skippers", "`own boats` (cmd: ALL)", a line each: a policy, its command, and whom it is for. */
export function commandLines(lines: readonly string[], shape: StatementShape | null): Assertion | null {
  const found = lines.map((line) => COMMAND.exec(line));
  if (!rowsMay(shape) || shape.columns.includes('*') || found.length === 0 || !found.every((one) => one !== null && (one[3] === undefined) === (one[6] === undefined))) return null;
  const naming = namingColumn(shape);
  const [command, ...others] = shape.columns.filter((one) => one !== null && (/^(?:cmd|polcmd)$/i.test(one) || one === shape.sources?.['cmd']));
  const roles = found.map((one) => one?.[5]);
  const whose = shape.columns.find((one) => one !== null && (/^roles$/i.test(one) || one === shape.sources?.['roles']));
  if (naming === null || command == null || others.length > 0) return null;
  const told = roles.some((role) => role !== undefined);
  if (told && (whose == null || !shape.tables.includes('pg_policies') || roles.includes(undefined))) return null;
  const rows = found.map((one) => [one?.[1] ?? one?.[2] ?? '', (one?.[4] ?? '').toUpperCase(), ...(told ? [rolesInCatalog('roles', one?.[5] ?? '', shape.tables) ?? null] : [])]);
  return { type: 'includes', columns: [naming, command, ...(told && whose != null ? [whose] : [])], rows };
}

/** "Timestamps: `made_at`, `moored_at`": what a line of names is called, where it is none of what is gone or open. */
const GROUP = /^(\W*?)(?:\*\*)?[\p{L}][\p{L} /&-]{1,30}:(?:\*\*)?\s+(?=`[\w.]+`(?:,\s*`[\w.]+`)*,?$)/u;
const OTHER_GROUP = /^\W*(?:\p{L}+ )*(?:no|not|never|removed?|gone|dropped|optional|deleted|missing|old|deprecated|legacy|except|excluding|without|defaults?|types?|value|renamed|or|if)\b/iu;

/** "`id`, `pier`" and "`mast`", a line each, below a label that says of what kind they are: one name after the other. */
export function namesApart(given: readonly string[]): readonly string[] {
  const lines = given.map((line) => (OTHER_GROUP.test(line) ? line : line.replace(GROUP, '$1')));
  const listed = lines.every((line) => /^\W*`[\w.]+`(?:,\s*`[\w.]+`)*,?$/.test(line)) && lines.some((line) => /`,\s*`/.test(line));
  return listed ? lines.flatMap((line) => [...line.matchAll(/`[\w.]+`/g)].map(([name]) => name)) : given;
}
