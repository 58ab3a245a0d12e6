import type { Scalar } from '../../assertions/assertion.js';
import { isMasked } from './literal.js';

/** What one cell of a table says: a value, a part of one, or only that one stands there. */

export function cellOf(text: string): Scalar {
  const plain = text.trim().replace(/^\*\*([^*]+)\*\*$/, '$1').replace(/^`([^`]*)`$/, '$1');
  return /^\(?null\)?$/i.test(plain) ? null : plain;
}

/** A cell that stands for a value rather than showing it: `X`, `<uuid>`, `~5`, "(may differ)". */
export function isVague(cell: string): boolean {
  const plain = cell.trim();
  if (/\S (?:\.{3}|…) \S|←|<-{1,2}\s|^\?{2,}|[^.\s…]\s*(?:\.{2,}|…)$/.test(plain)) return true;
  if (/\((?:or|atau|ou|oder|o|или|e\.?g|approx|any|examples?|similar|about|may|varies)\b[^()]*\)/i.test(plain)) return true;
  if (isMasked(plain) || MASKED.test(plain) || UNKNOWN.test(plain) || NOBODY.test(plain)) return true;
  return /^(?:_?[XYN]{1,4}_?|x{2,}(?:-x+)*|\d+\+|\d+(?:\.\d+)?%|[<>≥≤]=? ?\d.*|\?+|[~≈].*|<[^<>]+>|\[[\p{L}_ -]+\]|(?:some|any|various|varies|current|recent)(?: [\w -]+)?)$/u.test(plain) || (/^\([^()]*\p{L}[^()]*\s[^()]*\)$/u.test(plain) && !/^\((?:[\w.]+ (?:=|<>|!=|[<>]=?|is|~) |not |select )/i.test(plain));
}

/** "X (your boats)", "X+Y": a figure that is not told. */
const UNKNOWN = /^[A-Z](?: ?\+ ?[A-Z])+(?: \([^()]*\))?$|^[A-Z] \([^()]*\)$/;
/** Nobody's name. */
const NOBODY = /^(?:john|jane) (?:doe|smith)$|^doe$/i;
/** `boat_xxx`: what a key may look like. */
const MASKED = /^`?[a-z]{2,}[_-]x{3,}`?$/i;
/** "Your Name", `your@mail.example`: the reader's own. */
const YOURS = /^`?your(?: [\w ]+|[\w.+-]*@[\w-]+(?:\.[\w-]+)+)`?$/i;
/** Whether a cell stands for what is the reader's own. */
export const isYours = (cell: string): boolean => YOURS.test(cell.trim());

/** A cell that only says that a value stands there, which is another one each time: `<uuid>`, `[timestamp]`, `boat_xxx`, "Your Name", "uuid" in a column of ids. */
export function isGap(cell: string, column: string): boolean {
  const plain = cell.trim();
  if (/^\x60?(?:<[a-z][\w .:-]*>|\[[a-z][\w .:-]*\])\x60?$/i.test(plain) || MASKED.test(plain) || isYours(plain)) return true;
  return /^`?(?:uuid|text|string|id)`?$/i.test(plain) && /(?:^|_)u?u?id$/i.test(column);
}

/** What the server writes in its own words, so that no beginning of it is known. */
const SERVERS = /(?:def|definition|default|src|source|qual|with_check|check|clause|expr\w*|plan|body)$|^pg_get_|^query/i;

/** "DELETE FROM boats WHERE …", two words at least before the dots: how a text of the guide's own begins. */
export const isCut = (cell: string, column: string): boolean => /^[^.…\s](?:[^….]|\.(?!\.))*\S\s+\S(?:[^….]|\.(?!\.))*(?:\.{3}|…)$/.test(cell.trim()) && cell.trim().length > 12 && !SERVERS.test(column.trim()) && !isMasked(cell);

/** "1,000", "**0** ✓": a figure in a column that counts, without what sets it off. */
export const bareFigure = (cell: string): string => /^\*{0,2}`?(-?(?:\d{1,3}(?:,\d{3})+|\d+))`?\*{0,2}(?:\s*[✓✔☑✅]\ufe0f?|\s+\((?![^()]*\b(?:or|atau|ou|oder|o|if|approx|about|example|your|more|less|may|var\w+|was|old|before)\b)[^()\d]*\))?$/u.exec(cell.trim())?.[1]?.replaceAll(',', '') ?? cell;

/** Columns that tell when a row was written, by their names. */
const WRITTEN_AT = /(?:^|_| )(?:at|created|updated|inserted|modified|timestamp)$|^(?:event|log|logged|change|action|audit)_(?:time|date|on)$/i;

export const isWrittenAt = (column: string): boolean => WRITTEN_AT.test(column.trim());
