import type { Scalar } from '../../assertions/assertion.js';
import { columnCalled } from './called.js';
import { CALLED, EMPTY } from './explained-words.js';
import { isKind, isMasked } from './literal.js';
import { numberOf } from './normal.js';
import type { StatementShape } from './shape.js';

/** A piece of a sentence, as far as it is understood by itself. */
export type Token =
  | { kind: 'word'; said: string; plain: string }
  /** A text in quotes or back-ticks, a truth value, NULL, a word in capitals, a name with an underscore. */
  | { kind: 'value'; value: Scalar; name: boolean }
  | { kind: 'number'; value: number; least: boolean }
  | { kind: 'column'; column: string; plain: string }
  | { kind: 'sign'; said: string };

const PIECES = /`([^`]+)`|"([^"]*)"|'([^']*)'|((?<![\w.])-?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?(?![\w%/:])\+?)|((?:[\p{L}_]|\d+(?=[\p{L}_]))[\p{L}\p{N}_]*(?:[-'.][\p{L}\p{N}_]+)*)|(<=|>=|<>|!=|==|[=<>≤≥,:;+&]|(?<=[\p{L}`])\/(?=\s*[\p{L}`]))|(\s+)|(.)/gu;

/** A sentence in pieces; null where one of them is none that is known. */
export function tokensOf(text: string, shape: StatementShape): Token[] | null {
  const tokens: Token[] = [];
  for (const [, ticked, double, single, figure, word, sign, space] of text.replace(/[.!]\s*$/, '').matchAll(PIECES)) {
    if (space !== undefined) continue;
    if (ticked !== undefined) {
      // "`state = 'open'`", and "`state`" itself.
      const inner = /^\w[\w.]*$/.test(ticked) ? null : /^[a-z_]\w*\s*(?:=|:|!=|<>|[<>]=?)\s*\S/i.test(ticked) ? tokensOf(ticked.replace(/^(\w+): (?=\S)/, '$1 = '), shape) : null;
      if (inner !== null) tokens.push(...inner);
      else tokens.push(ofText(ticked, shape, true));
    } else if (double !== undefined || single !== undefined) {
      const said = double ?? single ?? '';
      if (isMasked(said) || /…|\.{3}/.test(said)) return null;
      tokens.push({ kind: 'value', value: said, name: false });
    } else if (figure !== undefined) {
      const value = numberOf(figure.replace(/\+$/, ''));
      if (value === null) return null;
      tokens.push({ kind: 'number', value, least: figure.endsWith('+') });
    } else if (word !== undefined) tokens.push(...ofWord(word, shape));
    else if (sign !== undefined) tokens.push({ kind: 'sign', said: sign });
    else return null;
  }
  return joined(tokens, shape);
}

/** What stands in back-ticks: a column, a figure, a truth value, or a text. */
function ofText(said: string, shape: StatementShape, ticked: boolean): Token {
  const column = ownColumn(said, shape);
  if (column !== null) return { kind: 'column', column, plain: said.toLowerCase() };
  if (/^-?\d+(?:\.\d+)?$/.test(said)) return { kind: 'number', value: Number(said), least: false };
  if (/^(?:true|false|t|f)$/i.test(said)) return { kind: 'value', value: /^t/i.test(said), name: false };
  if (/^null$/i.test(said)) return { kind: 'value', value: null, name: false };
  const quoted = /^(['"])(.*)\1$/.exec(said)?.[2];
  return { kind: 'value', value: quoted ?? said, name: ticked && quoted === undefined && /^[\p{L}\p{N}_.$-]+$/u.test(said) };
}

function ofWord(word: string, shape: StatementShape): Token[] {
  const plain = word.toLowerCase();
  if (/^(?:true|false)$/.test(plain)) return [{ kind: 'value', value: plain === 'true', name: false }];
  if (plain === 'null') return [{ kind: 'value', value: null, name: false }];
  const number = plain === 'single' ? 1 : numberOf(plain);
  if (number !== null) return [{ kind: 'number', value: number, least: false }];
  const column = ownColumn(plain, shape);
  if (column !== null && (plain.includes('_') || word === plain)) return [{ kind: 'column', column, plain }];
  if (isKind(word) && !shape.columns.some((one) => /type|udt/i.test(one ?? ''))) return [{ kind: 'word', said: word, plain: `${plain}?` }];
  if (/^[A-Z][A-Z_]+$/.test(word) || /^[a-z]\w*_\w+$/.test(word)) return [{ kind: 'value', value: word, name: true }];
  return [{ kind: 'word', said: word, plain }];
}

function ownColumn(name: string, shape: StatementShape): string | null {
  return shape.columns.find((column) => column !== null && column !== '*' && column.toLowerCase() === name.toLowerCase()) ?? null;
}

/** "Crew name" of a result that has `crew_name`: one column in several words, or in the plural. */
function joined(tokens: Token[], shape: StatementShape): Token[] {
  const found: Token[] = [];
  for (let at = 0; at < tokens.length; at += 1) {
    const width = [3, 2, 1].find((many) => {
      const words = tokens.slice(at, at + many);
      return words.length === many && words.every((one) => (one.kind === 'word' && (many === 1 || !EMPTY.has(one.plain))) || (many > 1 && one.kind === 'column')) && (many > 1 || !EMPTY.has(wordOf(words[0]))) && calledBy(words.map(wordOf).join(' '), shape) !== null;
    });
    const one = tokens[at];
    if (width !== undefined && one?.kind !== 'column') {
      const plain = tokens.slice(at, at + width).map(wordOf).join(' ');
      found.push({ kind: 'column', column: calledBy(plain, shape) ?? '', plain });
      at += width - 1;
    } else if (one !== undefined) found.push(one);
  }
  return found;
}

/** A word as it is compared; of anything else nothing. */
export const wordOf = (token: Token | undefined): string => (token?.kind === 'word' || token?.kind === 'column' ? token.plain : '');

/** `crew_name` or `roles`, by words: "crew name", "crew", "role". */
function calledBy(words: string, shape: StatementShape): string | null {
  const catalog = CALLED[words];
  return (catalog === undefined || ownColumn(words, shape) !== null ? null : ownColumn(catalog, shape)) ?? columnCalled(words, shape, false) ?? (words.includes(' ') ? null : (columnCalled(`${words}s`, shape, false) ?? columnCalled(`${words}_name`, shape, false)));
}

/** Brackets are set apart: what they say is a condition of its own, names, or explains. */
export function apart(text: string): { main: string; asides: string[] } {
  const asides: string[] = [];
  const main = text.replace(/("[^"]*"|'[^']*'|`[^`]*`)|\s*\(([^()]*)\)/g, (whole, quoted: string | undefined, inside = '') => {
    if (quoted !== undefined) return whole;
    asides.push(inside.trim());
    return ' ';
  });
  return { main: main.replace(/\s+/g, ' ').trim(), asides };
}
