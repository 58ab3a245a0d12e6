import type { Assertion } from '../../assertions/assertion.js';
import { columnCalled } from './called.js';
import { TELLS } from './called.js';
import { readSentence } from './clause.js';
import { readColumn, readColumns, readOneOf } from './columns.js';
import { bodyOf } from './cue.js';
import { readField } from './fields.js';
import { isHedgedAside } from './hedge.js';
import { literalOf } from './literal.js';
import { FOR_WHAT, nameOf, readNames } from './names.js';
import { numberOf } from './normal.js';
import type { Found } from './reading.js';
import { deniesItsName, nameIn } from './remarks.js';
import { tellsCommands } from './sought.js';
import { FLAG, readHeld } from './states.js';
import { hasColumn, isExplain, type StatementShape } from './shape.js';

/** Said of a result that is another one than the sentence before it names: what it means, and what is to be done. */
const OTHERWISE = /^(?:(?:zero|no|two|more|\d+) rows? (?:=|means?\b|indicates?\b)|(?:any(?:thing)?|more|fewer|less|others?|otherwise|else|drift|a (?:row|result|non-?zero)|non-?zero|rows? here|this (?:means|is|tells)|means|if)\b)/i;
/** What takes a figure back that stands before it. */
const TAKES_BACK = /\b(?:(?:may|might|could|can) (?:also |still |even )?(?:be|differ|vary|have|show|return|contain|appear)|unless|depend(?!enc)\w*|acceptable|fine|ok(?:ay)?|or more|fewer|staging)\b/i;
/** Of a whole sentence, what leaves it open, too; beside a figure it is said of something else. */
export const LOOSENS = new RegExp(String.raw`${TAKES_BACK.source}|\b(?:except\w*|var(?:y|ies)|differs?|tolerat\w*|normal|harmless|approximately|roughly|typically|usually|higher)\b|~|≈`, 'i');
/** "All 10 tables show …": how many there are, before what each of them holds. */
const ALL_OF = /^(all|both) (?:(\d+|two|three|four|five|six|seven|eight|nine|ten) )?((?:[\p{L}-]+ ){1,3})(?:should |must )?(?:show|have|has|return|display|with|be|are)s? (?=`?[\p{L}_]\w*`?\s*(?:=|is\b|!=|<|>|≥|≤))/iu;
/** "One row with data_type = 'text', …": a figure, before what its rows hold. */
const COUNT_OF = /^((?:exactly )?(?!0 )(?:\d+|one|two|three|four|five|six|seven|eight|nine|ten) (?:rows?|records?|entr(?:y|ies)))(?:,|:)?(?: (?:with|where|having|showing|and))? (?=`?[\p{L}_]\w*`?\s*(?:=|!=|<|>|≥|≤|is\b|not null\b|null\b|contains?\b|(?<=\s)[`']))/iu;
const COUNT_THEN = /^((?:exactly )?(?:\d+|one|two|three|four|five|six|seven|eight|nine|ten) (?:(?:[\p{Ll}-]+ ){0,2}[\p{Ll}]+))(?:,|:) (?!(?:or|unless|if|more|but|except|depending|maybe|plus|not|when)\b)(.+)$/iu;
/** "4021, as many as before the move": one figure, and what it is the same as. */
const FIGURE_THEN = /^((?:exactly )?\d[\d,]*)(?:,| and(?= the (?:result )?columns? (?:is|are)\b)) (the (?:result )?columns? (?:is|are)\b.+|(?:(?:the )?same|equal|identical|match(?:es|ing)?|as (?:before|many|in)|which|because|since|i\.e\.|one (?:per|for))\b.+)$/iu;
/** "Each:", "every one with": of every row, before what it holds. */
const LEAD = /^(?:(?:all|both|each|every)(?: of them| one)?(?: (?:rows?|tables?|functions?|polic(?:y|ies)|columns?|entr(?:y|ies)|records?))?(?: (?:should |must )?(?:have|has|show|shows|with|be|is|are))?|with|where|having|showing)\s*:?\s+(?=`?[\p{L}_])/iu;
const NULLNESS = /^`?([\p{L}_]\w*)`? (?:is |should be |must be )?(not |non-)?null`?$/iu;
/** "`qual` references `auth.uid()`": a part of what a column holds. */
const CONTAINS = /^(?:the )?`?([\p{L}_]\w*)`? (?:should |must )?(?:contain(?:s|ing)?|includes?|references?|mentions?|uses?|matching|matches) (?:(["'`])(.+)\2|([a-z]+(?:_[a-z]+)+(?:=[\w$".-]+)?))$/iu;
/** An array just as the server writes it, in back-ticks with its column: a setting in single quotes it would write otherwise. */
const ARRAY = /^`?([\p{L}_]\w*) ?= ?(\{(?:"[^"\\`]*"|[\w.=:/-]+)(?:,(?:"[^"\\`]*"|[\w.=:/-]+))*\})`?$/u;
/** "Two rows per table, … (8 rows total)". */
const TOTAL = /^.*(?:\((?:total(?: of)?:? )?(\d+) (?:rows?(?: in)?(?: total| altogether| all| expected)?|total)\)| = (\d+) (?:rows|records|entries|results)(?: (?:in )?(?:total|all)| altogether)?)$/i;

/** Splits where a pattern holds outside of quotes, back-ticks and parentheses. */
function splitOutside(text: string, at: RegExp): string[] {
  const parts: string[] = [];
  let quote = '';
  let depth = 0;
  let from = 0;
  for (let index = 0; index < text.length; index += 1) {
    const sign = text[index] ?? '';
    if (quote !== '') {
      if (sign === quote) quote = '';
      continue;
    }
    // An apostrophe within a word opens nothing.
    if (sign === '`' || sign === '"' || (sign === "'" && !/[\p{L}\d]/u.test(text[index - 1] ?? ''))) quote = sign;
    else if (sign === '(') depth += 1;
    else if (sign === ')') depth = Math.max(0, depth - 1);
    else if (depth === 0) {
      at.lastIndex = index;
      const [found] = at.exec(text) ?? [];
      if (found === undefined) continue;
      parts.push(text.slice(from, index));
      from = index + found.length;
      index = from - 1;
    }
  }
  return [...parts, text.slice(from)].map((part) => part.trim()).filter((part) => part !== '');
}

/** Sentences: a full stop before a capital, a name or a bracket; a closed bracket with one in it; a semicolon. */
const SENTENCES = /(?<![.])[.!]\s+(?=[\p{Lu}("'`]|[a-z]\w+ (?:MUST|SHOULD|must|should) )|(?<=[.!]\))\s+(?=[\p{Lu}"'`])|;\s+/uy;
/** What stands behind a dash explains. */
const DASHES = /\s+(?:--|—|–)\s+/uy;
const CONDITIONS = /\s*,\s+(?:and\s+)?|\s+and\s+|\s+[+&]\s+/iy;

/**
 * Reads the sentences of an expectation one by one: "1 row. `kind = 'x'`, `done_at IS NOT NULL`. Then look at …".
 * The first has to be understood; what is not understood of the others is asked, and what takes the first one back
 * ("may be more") leaves all of it to the operator.
 */
export function readParts(text: string, shape: StatementShape | null): Found | null {
  if (shape !== null && isExplain(shape)) return null;
  const [[first = '', ...behind] = [], ...others] = splitOutside(text, SENTENCES).map((sentence) => splitOutside(sentence.replace(/[.;,:]+$/, ''), DASHES));
  const begun = readOne(first, shape, true);
  const total = begun === null ? TOTAL.exec(text)?.slice(1).find((one) => one !== undefined) : undefined;
  if (total !== undefined && shape?.returnsRows === true && !shape.oneRow && !LOOSENS.test(text)) return { assertions: [{ type: 'rows', op: '=', value: Number(total) }, { type: 'operator', text }] };
  if (begun === null || begun.alternative || !begun.assertions.some(isTyped)) return null;
  const assertions = [...begun.assertions];
  const asked: string[] = [];
  for (const sentence of [...behind, ...others.map((parts) => parts.join(' – '))]) {
    const aside = /^\(([^()]*(?:\([^()]*\)[^()]*)*)\)$/.exec(sentence)?.[1];
    const explains = aside ?? (behind.includes(sentence) && !/["'`=<>≤≥]/.test(sentence) ? sentence : undefined);
    // "- product_list", "- (1, 'x')": a name or a row is more than an explanation.
    const named = explains === undefined || nameOf(explains) === null ? null : readNames(explains, shape, false);
    if (named !== null) {
      assertions.push(...named.assertions);
      continue;
    }
    if (aside !== undefined && /["'`\d]/.test(aside) && /,/.test(aside)) {
      asked.push(sentence);
      continue;
    }
    const found = explains === undefined ? fits(assertions, readOne(sentence, shape, false)) : [];
    if (found !== null) assertions.push(...found);
    if (found === null || explains !== undefined) {
      if (LOOSENS.test(sentence) || isHedgedAside(explains ?? '')) return null;
      // What follows it tells of that other result, too.
      if (explains === undefined && OTHERWISE.test(sentence)) break;
      const names = shape?.singleColumn === true && !shape.oneRow && /^(?:and )?(?:nothing else|no (?:others?|more|other \w+))$/i.test(sentence) && assertions.every((one) => one.type === 'contains') ? assertions.flatMap((one) => (one.type === 'contains' ? one.values : [])) : [];
      if (names.length > 0) assertions.unshift({ type: 'rows', op: '=', value: names.length });
      else if (explains === undefined) asked.push(sentence);
    }
  }
  return { assertions: [...assertions, ...(asked.length === 0 ? [] : [{ type: 'operator' as const, text: asked.join('. ') }])] };
}

/** "own_boats, ALL", "keep_out, BEFORE INSERT", "boats_a, boats_b, etc.": names, and behind them what else there is. */
export function nameFirst(text: string, shape: StatementShape | null): Found | null {
  const all = splitOutside(text, /,\s+(?:and\s+)?/y);
  // Each with a remark: "`boat.made` (ok), `boat.sunk` (ok)".
  if (all.length > 1 && all.every((one) => /^`[^`]+`(?: \([^()]*\))?$/.test(one)) && !all.some(deniesItsName) && !LOOSENS.test(text)) return readNames(all.map(nameIn).join(', '), shape, false);
  const end = all.findIndex((one) => !/^`?[a-z]+(?:_[a-z0-9]+)+`?$/.test(one));
  const names = end === -1 ? all : all.slice(0, end);
  const rest = all.slice(names.length).filter((one) => !/^(?:etc\.?|\.{3}|…)$/.test(one));
  if (names.length === 0 || LOOSENS.test(text) || rest.some((one) => /[=<>]/.test(one))) return null;
  const found = readNames(names.join(', '), shape, false);
  if (found === null || rest.length === 0) return found;
  const commands = rest.every((one) => /^(?:SELECT|INSERT|UPDATE|DELETE|ALL)$/.test(one)) && shape !== null && tellsCommands(shape);
  return { assertions: [...found.assertions, commands ? { type: 'contains', values: rest } : { type: 'operator', text: rest.join(', ') }] };
}

const isTyped = (one: Assertion): boolean => one.type !== 'operator';
const COUNTS = new Set<Assertion['type']>(['rows', 'value', 'affected', 'error', 'table', 'success']);

/** What a further sentence adds: null where it counts a second time, or tells of the columns of no rows. */
function fits(known: readonly Assertion[], found: Found | null): Assertion[] | null {
  if (found === null || found.alternative) return null;
  const counted = known.find((one) => COUNTS.has(one.type));
  if (counted !== undefined && found.assertions.some((one) => COUNTS.has(one.type))) return null;
  if (counted?.type === 'error' || (counted !== undefined && 'value' in counted && counted.value === 0)) return null;
  return found.assertions;
}

/** One sentence: as a whole, or the conditions that it lists. */
function readOne(sentence: string, shape: StatementShape | null, first: boolean): Found | null {
  const [lead = '', , said, things = ''] = ALL_OF.exec(sentence) ?? [];
  if (lead !== '') {
    const held = conditions(sentence.slice(lead.length), shape);
    const count = said === undefined ? null : numberOf(said);
    if (held === null || /\b(?:other|remaining|new|but|not)\b/i.test(things)) return null;
    return { assertions: [...(count !== null && shape?.returnsRows === true && !shape.oneRow ? [{ type: 'rows' as const, op: '=' as const, value: count }] : []), ...held] };
  }
  const [counted = '', rows = ''] = COUNT_OF.exec(sentence) ?? [];
  const each = rows === '' ? null : conditions(sentence.slice(counted.length), shape);
  const count = each && readSentence(rows, shape, false);
  if (each !== null && count !== null && !count.alternative) return { assertions: [...count.assertions, ...each] };
  const body = first ? { text: sentence, negated: false } : bodyOf(sentence);
  const held = first || body.negated ? null : conditions(body.text.replace(LEAD, ''), shape);
  if (held !== null) return { assertions: held };
  const whole = readSentence(body.text, shape, body.negated);
  if (body.negated || whole?.assertions.some((one) => one.type === 'operator') === false) return whole;
  // What the sentence leaves to a person may be conditions, one by one.
  const counting = first ? readFigureThen(sentence, shape) : null;
  const typed = (found: Found | null): number => found?.assertions.filter(isTyped).length ?? 0;
  if (whole !== null) return typed(counting) > typed(whole) ? counting : whole;
  const listed = conditions(body.text.replace(LEAD, ''), shape);
  return listed === null ? counting : { assertions: listed };
}

/** "One row, version 0.5.0 or later": the figure is judged, and what is read of the rest; what is not is asked. */
function readFigureThen(sentence: string, shape: StatementShape | null): Found | null {
  const [, figure = '', rest = ''] = COUNT_THEN.exec(sentence) ?? [];
  const [, lone = '', why = ''] = FIGURE_THEN.exec(sentence) ?? [];
  const value = lone === '' || shape?.oneRow !== true || !shape.singleColumn || TAKES_BACK.test(why) ? null : readSentence(lone, shape, false);
  if (value !== null && !value.alternative) return { assertions: [...value.assertions, { type: 'operator', text: why }] };
  // "One Harbour: 7 boats": a name that begins with a figure.
  const rowsOf = figure === '' || /\b(?:showing|listing|named|called|containing|including)\b/i.test(figure) || /^\p{L}+ \p{Lu}/u.test(figure) || shape?.returnsRows !== true || TAKES_BACK.test(rest) ? null : readSentence(figure, shape, false);
  if (rowsOf === null || rowsOf.alternative) return null;
  const bare = rest.replace(/^(?:(?:all|each|both|every one) )?(?:with|have|has|having|where|showing|con|com|mit|met|avec) /i, '');
  const told = FOR_WHAT.test(rest) ? [] : (readSentence(rest, shape, false)?.assertions ?? []);
  const more = conditions(bare, shape) ?? conditions(rest, shape) ?? (told.every((one) => one.type === 'column') ? told : told.filter((one) => one.type === 'contains'));
  return { assertions: [...rowsOf.assertions, ...(more.length > 0 ? more : [{ type: 'operator' as const, text: rest }])] };
}

/** Conditions on columns, one behind the other; null unless the first of them is one. What is none of them is asked. */
function conditions(text: string, shape: StatementShape | null): Assertion[] | null {
  // "total = 5 (boats) + 3 (crews)": a sum, whose first part alone is no value.
  if (/[=:].*\s[+&]\s+\d/.test(text)) return null;
  const found: Assertion[] = [];
  const asked: string[] = [];
  const pieces = splitOutside(text, CONDITIONS);
  // "`state` is 'open', or 'shut'": not what stands first alone.
  if (pieces.some((piece) => /^(?:or|nor|but not)\b/i.test(piece))) return null;
  for (const [index, said] of pieces.entries()) {
    // "`kind` IN ('a', 'b')": the list is no aside.
    const [, piece = said, aside = ''] = /\bin \([^()]*\)`?$/i.test(said) ? [] : (/^(.*\S)\s*\(([^()]*)\)$/.exec(said) ?? /^([^()]*\S)\s+\((.*\(.*\).*)\)$/.exec(said) ?? []);
    // "total = with_code = with_name": more than one condition.
    const chain = / = .* = /.test(said) ? readSentence(said, shape, false)?.assertions : undefined;
    if (chain?.every(isTyped) === true) {
      found.push(...chain);
      continue;
    }
    const one = isHedgedAside(aside) ? null : condition(piece, shape);
    // Of pairs, each in back-ticks, the first may be the one that is asked.
    if (one === null && index === 0 && !(pieces.length > 1 && pieces.every((each) => /^(?:`[a-z]\w* ?= ?[^`]+`|[a-z]+_\w+ ?= ?[^\s=]+)$/i.test(each)))) return null;
    if (one === null) asked.push(said);
    else found.push(one);
  }
  return asked.length === 0 ? found : [...found, { type: 'operator', text: asked.join(', ') }];
}

function condition(piece: string, shape: StatementShape | null): Assertion | null {
  if (shape !== null && !shape.returnsRows) return null;
  const [, filled, not] = NULLNESS.exec(piece) ?? [];
  if (filled !== undefined) return mayHave(shape, filled, piece) ? { type: 'column', column: filled, quantifier: 'every', op: not === undefined ? '=' : '!=', value: null } : null;
  const [, column, array] = ARRAY.exec(piece) ?? [];
  if (column !== undefined && array !== undefined) return hasColumn(shape, column) === true ? { type: 'column', column, quantifier: 'every', op: '=', value: array } : null;
  // "Schedule `0 3 * * *`": a column that there is, beside its value.
  const [, beside = '', ticked, value = ticked ?? ''] = /^(?:the )?`?([\p{L}_]\w*)`? (?=[`'])(?:`([^`=<>]+)`|'([^'=<>]+)')$/u.exec(piece) ?? [];
  if (beside !== '' && (hasColumn(shape, beside) ?? /^`'.*'`$/.test(piece.slice(piece.indexOf('`')))) === true) return { type: 'column', column: beside, quantifier: 'every', op: '=', value: value.replace(/^'(.*)'$/, '$1') };
  const coded = codedPair(piece, shape);
  if (coded !== null) return coded;
  const pair = readColumns(piece, shape) ?? (/\bin \(/i.test(piece) ? readOneOf(piece, shape) : null);
  if (pair !== null) return pair;
  // "Both active": a column that is called so.
  const flag = /^(?:both|all|each)(?: (?:are|is))? (\w+)$/i.exec(piece)?.[1];
  const own = flag === undefined ? undefined : shape?.columns.find((column) => column?.toLowerCase() === flag.toLowerCase());
  // "Both PERMISSIVE": such a word in capitals is what the column holds.
  if (own != null && flag !== undefined) return /^[A-Z]+$/.test(flag) ? { type: 'column', column: own, quantifier: 'every', op: '=', value: flag } : FLAG.test(flag) || /^(?:active|valid)$/.test(flag) ? { type: 'column', column: own, quantifier: 'every', op: '=', value: true } : null;
  const [, within = '', , quoted, plain] = CONTAINS.exec(piece) ?? [];
  if (within !== '' && hasColumn(shape, within) === true) return { type: 'column', column: within, quantifier: 'every', op: 'contains', value: quoted ?? plain ?? '' };
  const [only, ...more] = readColumn(piece, shape)?.assertions ?? [];
  if (only?.type === 'column' && more.length === 0) return mayHave(shape, only.column, piece) ? only : null;
  // "All with "true"", of the one column that holds truths.
  const truth = /^(?:all|each|both) (?:with|showing|as|=) ["'`]?(true|false)["'`]?$/i.exec(piece)?.[1];
  const truths = truth === undefined ? [] : (shape?.columns.filter((column): column is string => column !== null && (FLAG.test(column) || shape.truths?.includes(column) === true)) ?? []);
  if (truths[0] !== undefined && truths.length === 1) return { type: 'column', column: truths[0], quantifier: 'every', op: '=', value: /^t/i.test(truth ?? '') };
  // "new=7" of `new_boats`.
  const [, short = '', figure] = /^([a-z]{3,}) ?[=:] ?(\d+)$/i.exec(piece) ?? [];
  const called = figure === undefined || shape === null ? null : columnCalled(short, shape, true);
  if (called !== null) return { type: 'column', column: called, quantifier: 'every', op: '=', value: Number(figure) };
  const kind = kindOf(piece, shape);
  if (kind !== null) return kind;
  const [held, ...further] = readHeld(piece, shape)?.assertions ?? [];
  return held?.type === 'column' && further.length === 0 ? held : readField(piece, shape);
}

/** "`returns = bigint[]`", "`done = NULL` or `FALSE`": a word as it stands in the cell, and one value of two. */
function codedPair(piece: string, shape: StatementShape | null): Assertion | null {
  const [, column = '', word = ''] = /^`([a-z_]\w*) ?= ?([A-Za-z][\w.]*(?:\[\])?)`$/.exec(piece) ?? [];
  if (column !== '' && hasColumn(shape, column) === true && literalOf(word) === undefined && !TELLS.test(word)) return { type: 'column', column, quantifier: 'every', op: '=', value: word };
  const [, either = '', one = '', other = ''] = /^`?([a-z_]\w*) ?= ?([^`\s]+)`? or `?([^`\s=]+)`?$/.exec(piece) ?? [];
  const values = [literalOf(one), literalOf(other)].filter((value) => value !== undefined);
  return either !== '' && values.length === 2 && hasColumn(shape, either) !== false ? { type: 'column', column: either, quantifier: 'every', op: 'in', value: values } : null;
}

/** "Admin role", "role admin": a word, and the column of the result that tells of what kind a row is. */
function kindOf(piece: string, shape: StatementShape | null): Assertion | null {
  const [, before, column = '', behind = ''] = /^(?:(?:the |an? )?([a-z][a-z_-]*) )?(role|status|state|tier|plan|kind|type)(?: ([a-z][a-z_-]*))?$/.exec(piece) ?? [];
  const value = before ?? behind;
  if (value === '' || (before !== undefined && behind !== '') || hasColumn(shape, column) !== true || /^(?:the|an?|no|not|its|their|your|own|same|new|old|correct|right|wrong|proper|given|default|assigned|appropriate|expected|valid|invalid|current|different|any|some|each|every|set|shown|user|data|column|updated|changed|unchanged|matches|exists?|should|must|is|was|has)$/.test(value)) return null;
  return { type: 'column', column, quantifier: 'every', op: '=', value };
}

/** A column that there is, or where only the server knows, one that is written as a name. */
const mayHave = (shape: StatementShape | null, column: string, piece: string): boolean => hasColumn(shape, column) ?? (piece.startsWith('`') || column.includes('_') || /^[a-z]\w* ?(?:=|!=|<>|<=|>=|<|>)/.test(piece));
