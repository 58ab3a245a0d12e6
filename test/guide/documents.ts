import fc from 'fast-check';
import { examples } from './examples.js';

/** LONG=1 runs ten thousand documents, SEED chooses them; the default is for every day. */
export const isLong = process.env['LONG'] === '1';
export const runs = isLong ? 10_000 : 300;
export const timeout = isLong ? 1_800_000 : 30_000;

const pieces = [
  '# A', '## Deployment', '## Rollback', '### Step 1: x', '#### Option A', '- [ ] item', '  - [x] nested', '1. number', '   text under', '```sql', '```', '~~~', '```bash', '```expect',
  'SELECT 1;', 'SELECT count(*) FROM t;', '-- Expected: 3 rows', 'CREATE TABLE t (id int);', "INSERT INTO t VALUES ('", 'DROP TABLE t', 'rows = 3', 'statement 9: rows = 1', '| a | b |', '|---|---|', '| 1 | 2 |',
  'Expected: 0 rows', '**Expected Result:**', 'If it fails: stop', 'Rollback if:', '> quote', '---', '<!-- step: id=x -->', '<!-- step: needs=x -->', '<!--', '-->', '<details>', 'Label: ______ ms', '\\i file.sql', '\\restrict x', '$$', '/*', "'", '"', '\t', '    code',
  '‚úÖ ok', 'âœ… ok', '', '', '\uFEFF', '{{x}} <a-b> :v', 'guide: g', '* * *', '[ ]', '=====', '- - - 1. > x', '-- 1250', '-- INSERT 0 3', ' a | b\n---+---\n 1 | 2\n(1 row)', 'CREATE TABLE', '| check | expected |',
];
const line = fc.oneof({ weight: 6, arbitrary: fc.constantFrom(...pieces) }, { weight: 1, arbitrary: fc.string({ maxLength: 40 }) }, { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 20 }) });
export const random = fc.array(line, { maxLength: 40 }).map((lines) => lines.join('\n'));
/** A real document with a part cut, doubled or replaced. */
export const mutated = fc.tuple(fc.constantFrom(...Object.values(examples)), fc.nat(), fc.nat(200), fc.oneof(fc.constant(''), line, random)).map(([text, at, length, put]) => {
  const from = at % text.length;
  return text.slice(0, from) + put + text.slice(from + length);
});

/** Random lines of Markdown and SQL, or a document in the usual shape that was damaged. */
export const documents = fc.oneof(random, mutated);
