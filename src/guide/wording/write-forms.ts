import { figureOf, readerOf } from './forms.js';

const STATES: Readonly<Record<string, string>> = { check: '23514', unique: '23505', 'foreign key': '23503', 'not null': '23502', exclusion: '23P01' };

/** What is said of a statement that changes rows and returns none. */
export const readWriteForms = readerOf([
  // "Should fail (0 rows updated)": row security hides the rows, and nothing is changed.
  [/^(?:should |must )?(?:silently )?(?:fail|be (?:blocked|denied|rejected|ignored)) \((?:0|no|zero) rows?(?: (?:updated|deleted|affected|changed|modified))?(?:[,;:–-]+ ?[^()\d]*)?\)$/i, (_, { command }) => (/^(?:UPDATE|DELETE)$/.test(command) ? [{ type: 'affected', op: '=', value: 0 }] : null)],
  // "check violation (quantity > 0)": which rule, and in brackets what it says.
  [/^(?:error: |an? )?(check|unique|foreign key|not[- ]null|exclusion)(?: constraint)? violation(?: error)? \((?![^()]*\b(?:or|if)\b)[^()]*\)$/i, ([, kind = '']) => [{ type: 'error', sqlstate: STATES[kind.toLowerCase().replace('-', ' ')] ?? null, message: null }]],
  [/^(?:error: |an? )?(check|unique|foreign key|not[- ]null|exclusion) violation$/i, ([, kind = '']) => [{ type: 'error', sqlstate: STATES[kind.toLowerCase().replace('-', ' ')] ?? null, message: null }]],
  // "UPDATE 1 (if it is there)".
  [/^(UPDATE|DELETE|INSERT 0) (\d+) \((?:if|when|once) (?:successful|it (?:worked|works|ran)|all (?:is )?well)\)$/i, ([, verb = '', many = ''], { command }) => (verb.toUpperCase().startsWith(command) ? [{ type: 'affected', op: '=', value: Number(many) }] : null)],
  // "UPDATE 5-10", and "Update 12 boats", of a statement that does so to them.
  [/^(UPDATE|DELETE) (\d+) ?[-–] ?(\d+)$/i, ([, verb = '', low = '', high = ''], { command }) => (verb.toUpperCase() === command ? [{ type: 'affected', op: 'between', value: [Number(low), Number(high)] }] : null)],
  [/^(update|delete|insert)s? (?:exactly )?(\d[\d,]*) [\p{L}_]+(?: [\p{L}_]+)?$/iu, ([, verb = '', many = ''], { command }) => (verb.toUpperCase() === command ? [{ type: 'affected', op: '=', value: figureOf(many) }] : null)],
  // "1 row affected (is_mate() = true lets it)".
  [/^(\d+|no|zero) rows? (?:affected|updated|deleted|inserted|changed) \((?!.*\b(?:or|if|unless|may|more|about)\b).*\)$/i, ([, many = '']) => [{ type: 'affected', op: '=', value: Number(many) || 0 }]],
  // "UPDATE 0 or access denied": row security hides the row, or the role has no grant.
  [/^(UPDATE|DELETE) 0,? or (?:an? )?(?:(?:access|permission) denied|error)(?:,? for [\w -]+)?$/i, ([, verb = ''], { command }) => (verb.toUpperCase() === command ? { assertions: [{ type: 'affected', op: '=', value: 0 }], alternative: { type: 'error', sqlstate: null, message: null } } : null)],
  // "Invalid status should fail": what is tried here.
  [/^(?:an? |the )?(?:invalid|bad|wrong|duplicated?|negative|missing|empty|unknown|self-\w+)(?: [\w-]+){0,3} (?:should|must) (?:fail|error|be (?:rejected|refused|denied|blocked))$/i, (_, { command }) => (command === 'INSERT' || command === 'UPDATE' ? [{ type: 'error', sqlstate: null, message: null }] : null)],
  // "should fail for INSERT/UPDATE/DELETE", of one of them.
  [/^(?:should |must )?fails? (?:for|on) (?:(?:any|all|every) )?((?:INSERT|UPDATE|DELETE)(?:(?:, ?|\/| and | or |, and |, or )(?:INSERT|UPDATE|DELETE))*)$/i, ([, commands = ''], { command }) => (commands.toUpperCase().includes(command) ? [{ type: 'error', sqlstate: null, message: null }] : null)],
  // "should fail the CHECK constraint".
  [/^(?:should |must )?fails? (?:the |a )?(check|unique|foreign key|not[- ]null|exclusion)(?: constraint| check)?$/i, ([, kind = '']) => [{ type: 'error', sqlstate: STATES[kind.toLowerCase().replace('-', ' ')] ?? null, message: null }]],
  // "INSERT 1", of as many rows.
  [/^INSERT (\d+)$/, ([, many = ''], { command }) => (command === 'INSERT' && many !== '0' ? [{ type: 'affected', op: '=', value: Number(many) }] : null)],
  // "error message mentions boats_name_key".
  [/^(?:the )?error(?: message)? (?:should |must )?(?:mentions?|names?|contains?|includes?) [`"']?([a-z]\w*_\w+)[`"']?$/i, ([, name = '']) => [{ type: 'error', sqlstate: null, message: name }]],
  // "trigger exception".
  [/^(?:an? )?(?:trigger|guard|function) (?:exception|error)(?: raised)?$/i, () => [{ type: 'error', sqlstate: null, message: null }]],
], { of: (shape) => !shape.returnsRows && /^(?:INSERT|UPDATE|DELETE|MERGE)$/.test(shape.command) });
