import { namingColumn } from './row-of.js';
import type { StatementShape } from './shape.js';
import { normal, NUMBER_WORD, numberOf } from './normal.js';

/** The same sentence in the words and signs that most readers know: nothing is left out, and nothing is said otherwise. */

const LABEL = /^(?:expect(?:s|ed|ation)?|expected (?:results?|outputs?|outcomes?|values?))\s*(?::|=(?!=)|-(?=\s)|—|–)\s*(?=\S)/i;
/** "Expect 3 rows", "expect all values to be 0". */
const VERB = /^expects? (?=\S)(?!to\b)/i;
/** Numbers from two on; "one" may be a word for anything. */
const NUMBER = new RegExp(`\\b(${NUMBER_WORD.replace(/^one\|/, '')})(?= [\\p{L}\`']| ?$|[,.;)]| or )`, 'giu');

const FORMS: [RegExp, string][] = [
  [/\bmust\b/gi, 'should'],
  [/\b(no|zero|any|all|each|every|\d+\+?|one|single|these|those|more|fewer) records?\b(?! of\b)/gi, '$1 rows'],
  [/`(-?\d{1,3}(?:,\d{3})+|-?\d+)(\+?)`/g, '$1$2'],
];

/** Names with an underscore that stand bare, outside of quotes and calls. */
const BARE = /(`[^`]*`|"[^"]*"|'[^']*')|(?<![\w.=/%*-])([a-z]+(?:_[a-z\d]+)+)(?![\w(.=/%*-]| ?(?:=|!=|<|>|:))/g;

/** The forms of a sentence, each once; nothing for one that is in them already. */
export function canonical(text: string, shape: StatementShape | null): string[] {
  const plain = normal(text);
  const labelled = plain.replace(LABEL, 'Expected: ').replace(VERB, 'Expected: ');
  const words = FORMS.reduce((line, [form, same]) => line.replace(form, same), labelled);
  const counted = words.replace(NUMBER, (word) => String(numberOf(word)));
  // Where rows have names, what looks like one is one.
  const ticked = shape === null || namingColumn(shape) === null ? counted : counted.replace(BARE, (whole, quoted: string | undefined, name = '') => (quoted === undefined ? `\`${name}\`` : whole));
  const forms = [labelled, words, counted, ticked];
  return [...new Set(forms)].filter((form) => form !== plain);
}
