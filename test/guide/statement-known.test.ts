import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { readStatements } from '../../src/guide/statement.js';
import { loadGrammar } from '../../src/guide/sql-parse.js';
import { ofAnyNumber } from '../../src/guide/statement-known.js';

beforeAll(loadGrammar);

/** SQL in which `#` is the number of its step. */
const FORMS = [
  'CREATE TABLE boats_# (id uuid PRIMARY KEY, name text DEFAULT \'none\');\nSELECT count(*) FROM boats_# WHERE name = \'x#\';\n-- Expected: 0 boats of #\n',
  'SELECT name FROM boats WHERE id = # LIMIT #;',
  'SELECT share * # FROM boats;', 'SELECT name, # AS step FROM boats ORDER BY 2 DESC LIMIT #;',
  'INSERT INTO log VALUES (#, \'step #\');\nUPDATE log SET at = now() WHERE step = #;',
  'ALTER TABLE boats_# ADD COLUMN mast_# int, DROP CONSTRAINT boats_#_check;\nDROP INDEX CONCURRENTLY idx_#;',
  'BEGIN;\nSET LOCAL lock_timeout = \'#s\';\nDELETE FROM boats_#;\nROLLBACK;\nSELECT # AS left;',
  'SELECT relname FROM pg_class WHERE relname IN (\'boats_#\', \'berths_#\') AND relname LIKE \'%b_#%\';',
  'CREATE FUNCTION f_#() RETURNS int LANGUAGE sql AS $a#$ SELECT # $a#$;', 'ALTER TABLE boats ALTER COLUMN width TYPE float(#);',
  'SELECT E\'\\#\', 0x#, b\'#\', x\'#\', U&\'\\00#\';', 'SELECT $#, 1.#, #e5, #.#;', 'SELECT 0#, #0 FROM boats_0#;',
  '\\i step_#.sql\nSELECT #;', 'COPY boats_# FROM stdin;\n#\tone\n\\.\n', 'SELEC # FROM boats_#;', 'SELECT # FROM;', 'SELECT #\nSELECT #', '...\nSELECT #;',
  'CREATE TABLE\nINSERT 0 #', '\n\n\n\n\n\n\n\n\n\n\n\nSELECT 1;\nCREATE VIEW v_# AS SELECT 1;', 'SELECT 12 FROM boats_#;', 'SELECT 1 AS a# -- #\nFROM boats_# WHERE note = \'-- x#\' ORDER BY a#;', 'SELECT \'ä\', \u0001# FROM boats_#;', '-- step #', '',
];

describe('SQL that is known but for a number', () => {
  it('is read as if it were not', () => {
    const known = ofAnyNumber(readStatements);
    const number = fc.oneof(fc.integer({ min: 0, max: 130 }), fc.integer({ min: 0, max: 120_000 }), fc.constantFrom(76, 768, 7684, 100, 1000, '007'));
    fc.assert(fc.property(fc.constantFrom(...FORMS), number, fc.integer({ min: 1, max: 40 }), (form, figure, line) => {
      const text = form.replaceAll('#', String(figure));
      expect(known(text, line)).toStrictEqual(readStatements(text, line));
    }), { numRuns: 4000 });
  });

  it('is parsed no more once two were alike', () => {
    let reads = 0;
    const known = ofAnyNumber((text, line) => {
      reads += 1;
      return readStatements(text, line);
    });
    for (let step = 20; step < 100; step += 1) expect(known(`CREATE TABLE boats_${step} ();`, step).statements).toMatchObject([{ creates: [`table boats_${step}`], line: step }]);
    expect(reads).toBeLessThan(8);
  });
});
