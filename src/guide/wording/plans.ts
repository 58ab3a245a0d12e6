import type { Assertion } from '../../assertions/assertion.js';
import type { Found } from './reading.js';
import { isExplain, type StatementShape } from './shape.js';

const TIME = /^(?:(?:query |execution |response |total )*(?:time|duration|latency|runs?|completes?|executes?|finishes)\s*(?:is|should be|:|in)?\s*)?(<=|<|≤|under|below|less than|within|at most|in under|in less than)\s*(\d+(?:\.\d+)?)\s*(ms|milliseconds?|s|secs?|seconds?)(?: execution time)?(?: for (?:typical|normal|small|most|reasonable) [\p{L} -]{3,30})?(?: (?:with|using) (?:the |an |proper |correct )*ind(?:ex|exes|ices)| even (?:with|for|at) .*)?$/iu;

/** "Index scan on boats, < 10 ms": the plan, and how long it may take. */
export function readPlanAndTime(text: string, shape: StatementShape | null): Found | null {
  const [, plan = '', time = ''] = /^(.{6,60}?),? (?:and )?(?:(?:completes?|runs?|executes?|finishes) )?(?:in )?((?:<|≤|<=|under|below|less than) ?\d[\d,.]* ?(?:ms|milliseconds?|s|sec(?:ond)?s?))(?: for [\d,]+ \w+)?$/i.exec(text) ?? [];
  const [one, other] = shape !== null && isExplain(shape) && plan !== '' ? [readPlan(plan.replace(/ on [\w.]+$/, ''), shape), readTime(time)] : [null, null];
  return one !== null && other !== null ? { assertions: [...one.assertions, ...other.assertions] } : null;
}

/** `Execution time < 100ms`, `under 2 seconds`; what else is said of how it runs is asked. */
export function readTime(text: string): Found | null {
  const [, said = '', rest = ''] = /^((?:query |it )?(?:completes?|runs?|executes?|finishes|returns) in .*?(?:ms|milliseconds?|s|secs?|seconds?)) ((?:using|with|via|by|through) [^\d<>=]+)$/i.exec(text) ?? [];
  const timed = said === '' ? null : readTime(said);
  if (timed !== null) return { assertions: [...timed.assertions, { type: 'operator', text: rest }] };
  const match = TIME.exec(text.replace(/^(["`'])(.*)\1$/, '$2'));
  if (!match) return null;
  const scale = (match[3] ?? '').toLowerCase().startsWith('m') ? 1 : 1000;
  const op = /^(?:<=|≤|within|at most)$/i.test(match[1] ?? '') ? '<=' : '<';
  return { assertions: [{ type: 'time', op, value: Number(match[2]) * scale }] };
}

const NAME = '[`"\']?([a-z_][a-z0-9_$.]*)[`"\']?';
const EMPTY = { type: 'plan' as const, contains: null, excludes: null, index: null };

/** `Index Scan`, `Index Scan using idx_a`, `uses index idx_a`, `no Seq Scan`; only of an EXPLAIN, or of what is not known. */
export function readPlan(text: string, shape: StatementShape | null): Found | null {
  if (shape && !isExplain(shape)) return null;
  const plain = text.replace(/^(index scan) (?:should |must )?(?:now )?(?:replaces?|takes? the place of) (?:an? |the )?(seq(?:uential)? scan)$/i, '$1, not $2').replace(/^(?:the )?(?:query )?plan (?:should |must )?(?:uses?|shows?|has|have|contains?|includes?) (?=["`'])/i, '').replace(/^(?:should |must )?(?:use|show|have|see|look for)s?\s+/i, '').replace(/[`"']/g, '').replace(/\s+in the (?:query )?plan$/i, '').trim();
  const index = new RegExp(`^(?:an? )?(?:bitmap )?index (?:only )?scan (?:backward )?(?:using|on) ${NAME}$`, 'i').exec(plain)?.[1] ?? new RegExp(`^(?:the )?index:? ${NAME}$`, 'i').exec(plain)?.[1] ?? new RegExp(`^${NAME} index$`, 'i').exec(plain)?.[1];
  // "conversation_id index": of a column, whatever it is called.
  if (index !== undefined && / index$/i.test(plain) && /^[a-z]+(?:_[a-z]+)*_(?:id|at|by|on|type|status|date|name|key|code)$/i.test(index) && !/idx|index|^(?:ix|uq|pk)_/i.test(index)) return null;
  // "Index scan on user_id" names what is looked up; an index is named with "using", or looks like one.
  if (index !== undefined && /\bscan on\b/i.test(plain) && !/^bitmap/i.test(plain) && !/idx|index|_pkey$|_key$|^(?:ix|uq|pk)_/i.test(index)) return { assertions: [{ ...EMPTY, contains: 'Index Scan' }] };
  if (index !== undefined && (/[_\d$.]|idx/.test(index) || /\b(?:using|on) \S+$/i.test(plain)) && !/^(?:an?|the)$/i.test(index)) return { assertions: [{ ...EMPTY, index }] };
  if (/^no sort(?: (?:operation|node|step))?$/i.test(plain)) return { assertions: [{ ...EMPTY, excludes: 'Sort' }] };
  if (/^(?:no|not(?: a)?) seq(?:uential)? scans?$/i.test(plain)) return { assertions: [{ ...EMPTY, excludes: 'Seq Scan' }] };
  if (/^(?:an? )?index scan,? (?:not|no|instead of|rather than|ao inv[ée]s de|em vez de|en lugar de|en vez de|au lieu d[e']|an?statt|而非|而不是|不是)(?: a)? seq(?:uential)?(?: |_)?scan$/i.test(plain)) return { assertions: [{ ...EMPTY, contains: 'Index Scan', excludes: 'Seq Scan' }] };
  // The name alone, where it can be no other thing's.
  if (/^\w*(?:idx|index)\w*$/i.test(plain) && /_/.test(plain)) return { assertions: [{ ...EMPTY, index: plain }] };
  // Of whatever kind its scan is.
  if (/^(?:an?|the|any)(?: \w+)? index$|^(?:the )?(?:query )?plan (?:shows?|uses?|has|with) (?:an? )?index(?: usage| use)?$/i.test(plain)) return { assertions: [{ ...EMPTY, contains: 'Index' }] };
  const node = /^(?:an? )?(bitmap index|bitmap heap|index only|index|seq(?:uential)?) scans?$/i.exec(plain)?.[1]?.toLowerCase();
  if (node === undefined) return null;
  const title = node.replace(/^sequential$/, 'seq').replace(/\b\w/g, (letter) => letter.toUpperCase());
  return { assertions: [{ ...EMPTY, contains: `${title} Scan` }] };
}

/** "Should NOT show "Seq Scan on boats" (it reads all of them)": what the plan must be without. */
export function readAvoided(text: string, shape: StatementShape | null): Found | null {
  const [, node = '', table] = /^(?:an? )?["'`]?((?:bitmap |index |index only |seq(?:uential)? )?scan)(?: on [`"']?([\w.]+)[`"']?)?["'`]?(?: \((?![^()]*\b(?:or|if|unless)\b)[^()]*\))?$/i.exec(text) ?? [];
  if (node === '' || shape === null || !isExplain(shape)) return null;
  const kind = node.replace(/^sequential/i, 'Seq').replace(/\b\w/g, (letter) => letter.toUpperCase());
  return { assertions: [{ ...EMPTY, excludes: table === undefined ? kind : `${kind} on ${table}` }] };
}

/** `All tests PASS`, `All 11 tests PASS`, `11/11 tests passed`. */
export function readTests(text: string): Found | null {
  const match = /^(?:all )?(?:(\d+)(?:\s*\/\s*(\d+))?\s+)?(?:sql |unit |pgtap |rls )?(?:tests?|assertions?)(?: cases?)?(?: should| must)? (?:pass(?:ed|es)?|succeed(?:ed)?|ok)$/i.exec(text);
  if (!match || !(/^all\b/i.test(text) || match[1] !== undefined)) return null;
  if (match[2] !== undefined && match[1] !== match[2]) return null;
  return { assertions: [{ type: 'tests', op: '=', value: match[1] === undefined ? null : Number(match[1]) }] };
}

/** Lines of a plan, without the figures that are never the same twice; null where none tells of a scan. */
export function planLines(lines: readonly string[], shape: StatementShape): Assertion[] | null {
  const read = lines.map((line) => readPlan(line.replace(/^(?:->\s*)/, '').replace(/\s+on \w+(?: \w+)?(?=\s*(?:\(|$))/, '').replace(/\s*\(cost=.*$/, ''), shape) ?? readTime(line));
  const rest = lines.filter((_, index) => read[index] === null && !/^(?:->\s*)?(?:planning time|execution time:? ?[\d.]+ ?ms$|buffers)|cost=/i.test(lines[index] ?? ''));
  const typed = read.flatMap((one) => one?.assertions ?? []);
  return typed.length === 0 ? null : [...typed, ...(rest.length === 0 ? [] : [{ type: 'operator' as const, text: rest.join('\n') }])];
}
