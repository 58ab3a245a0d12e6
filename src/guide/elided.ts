import { sqlTokens } from './sql-tokens.js';

const ELISION = /(?:^|\s|\()(?:\.{3}|…)(?:\s|$|;|\)|,)/;

/** A word in brackets where a name stands: `DROP POLICY p ON [table]`. An array's brackets stand behind its name or `ARRAY`. */
const SKETCH = /(?<=\b(?:on|from|into|table|index|policy|function|trigger|column|view|type|schema|role|to|update|join|exists|by)\s+(?:[a-z_]\w*\.)?)(?:\[[a-z][a-z _-]{1,40}\]|\{[a-z][a-z _-]{1,40}\})(?![\w(])|(?<=\b[a-z]\w*_)\[[a-z][a-z _-]{1,40}\](?![\w(])/i;

/** Whether text that PostgreSQL's grammar refuses leaves something out: `SELECT ... FROM t`, `DROP TABLE [name]`. */
/** A list that only a remark stands in: `IN (-- all of them)`. */
const UNLISTED = /\bin\s*\(\s*(?:\/\*[^*]*\*\/\s*|--[^\n]*\n\s*)+\)/i;

export function isElided(piece: string): boolean {
  return ELISION.test(piece) || SKETCH.test(piece) || UNLISTED.test(piece);
}

/** A list of numbers of which only the first are written: `'[0.1, 0.2, ...]'`. */
const NUMBERS = /^'[[{]\s*-?[\d.][^'\]}]*,\s*(?:\.{3}|…)[^'\]}]*[\]}]'$/;
/** A line that is nothing but dots. */
const DOTS = /^[ \t]*(?:\.{3}|…)[ \t]*;?[ \t]*$/m;
const DOTS_TOLD = /^[ \t]*(?:--[ \t]*(?:\.{3}|…)|\/\*[ \t]*(?:\.{3}|…)[^\n]*\*\/)/m;
/** What a body holds that does nothing yet. */
const EMPTY = /^(?:declare|begin|end(?:\s+\w+)?|null|return(?:\s+(?:new|old|null|true|false))?|[\s;])*$/i;

/**
 * Whether a statement that PostgreSQL's grammar takes leaves something out where the
 * grammar does not look: in the body of a function or of `DO`, or in a literal.
 */
export function elidesWithin(statement: string): boolean {
  if (!/\.{3}|…/.test(statement)) return false;
  const bodied = /^(?:do|create\s+(?:or\s+replace\s+)?(?:function|procedure))\b/i.test(statement);
  return [...sqlTokens(statement)].some(({ kind, start, end }) => {
    const text = statement.slice(start, end);
    return (kind === 'string' && NUMBERS.test(text)) || (kind === 'dollar' && bodied && elidesBody(text.replace(/^\$\w*\$|\$\w*\$$/g, '')));
  });
}

function elidesBody(body: string): boolean {
  const tokens = [...sqlTokens(body)];
  const kept = (drop: readonly string[]) => tokens.filter(({ kind }) => !drop.includes(kind)).map(({ start, end }) => body.slice(start, end)).join('');
  // Dots in a text that the body writes are its own.
  return DOTS.test(kept(['string', 'dollar', 'block-comment'])) || (DOTS_TOLD.test(body) && EMPTY.test(kept(['comment', 'block-comment'])));
}
