/**
 * What a person reads in the guides of this folder, written by hand before they
 * were compiled. Places are named by a piece of the line (`piece ## 2` is its second
 * occurrence); a statement of null is none, `*` any.
 */
export interface Reading {
  /** Statements on the way forward, all of them, in the order of the document. */
  forward: string[];
  /** Statements of rollback steps. */
  rollback: string[];
  items: string[];
  /** Wording, its statement, its reading as an `expect` line; `?` for the operator. */
  expectations: [string, string | null, string][];
  /** Steps a person does because their fence is no SQL. */
  asked?: string[];
  tolerate?: string[];
  triggers?: string[];
  log?: string[];
}

const table = (...rows: string[][]): string => `result is\n| ${rows[0]?.map(() => '').join(' | ') ?? ''} |\n| ${rows[0]?.map(() => '---').join(' | ') ?? ''} |${rows.map((row) => `\n| ${row.join(' | ')} |`).join('')}`;

export const READINGS: Record<string, Reading> = {
  'harbour.md': {
    forward: [
      'SELECT count(*) AS double_moorings', 'SELECT count(*) AS old_rows', 'CREATE TABLE berths (id int PRIMARY', 'INSERT INTO berths VALUES (1, 1)', 'INSERT INTO boats',
      'SELECT column_name', 'SELECT harbour_id, count', 'SELECT count(*) AS lost', 'INSERT INTO berths VALUES (1, 2)', 'DO $$',
    ],
    rollback: ['DROP TABLE IF EXISTS berths'],
    items: ['Harbour master told (by phone)', 'Crew list printed', 'Second copy in the office', 'Berths can be seen', 'Rollback plan archived'],
    expectations: [
      ['-- Expected: 0 rows', 'SELECT count(*) AS double_moorings', 'no rows'],
      ['ONLY PROCEED', 'SELECT count(*) AS old_rows', 'value = 0'],
      ['Expected: 1 migration', null, '?'],
      ['Should show: INSERT 0 3', 'INSERT INTO berths VALUES (1, 1)', 'affected = 3'],
      ['Expected: INSERT 0 1', 'INSERT INTO boats', 'affected = 1'],
      ['-- Expected results:', 'SELECT column_name', table(['id', 'integer'], ['harbour_id', 'integer'])],
      ['Both should show', 'SELECT harbour_id, count', 'column berth_count >= 1'],
      ['Expected: 0 rows (all moored)', 'SELECT count(*) AS lost', 'value = 0'],
      ['Expected: ERROR', 'INSERT INTO berths VALUES (1, 2)', 'error "duplicate key value violates unique constraint \\"berths_pkey\\""'],
      ['**Expected output:**', 'DO $$', 'notice "guard held"'],
    ],
    log: ['Date', 'Executed By', 'Status'],
  },
  'library.md': {
    forward: ['ALTER TABLE libros ADD', 'CREATE INDEX idx_libros_estante', 'SELECT column_name', 'SELECT count(*) FROM libros WHERE', 'SELECT id FROM prestamos', 'SELECT id FROM libros;'],
    rollback: ['DROP INDEX', 'ALTER TABLE libros DROP'],
    items: ['Copia de seguridad hecha', 'Lectores avisados'],
    expectations: [
      ['sin errores', 'CREATE INDEX idx_libros_estante', 'success'],
      ['ver:**', 'SELECT column_name', 'rows contain "estante", "titulo"'],
      ['esperado :** 0', 'SELECT count(*) FROM libros WHERE', 'value = 0'],
      ['Deben devolver', 'SELECT id FROM prestamos', 'no rows'],
      ['alrededor', 'SELECT id FROM libros;', '?'],
    ],
  },
  'bakery.md': {
    forward: [
      'CREATE TABLE recipes_v2', 'CREATE INDEX idx_recipes_v2_flour', 'INSERT INTO recipes_v2', 'SELECT count(*) AS total', 'SELECT flour, count', 'EXPLAIN ANALYZE',
      'SET ROLE apprentice', 'SELECT id FROM recipes_v2',
    ],
    rollback: ['TRUNCATE recipes_v2', 'DROP TABLE recipes_v2'],
    items: [],
    expectations: [
      ['Expected result: INSERT 0 12', 'INSERT INTO recipes_v2', 'affected = 12'],
      ['`with_flour` should', 'SELECT count(*) AS total', 'column with_flour = column total'],
      ['`nameless` should', 'SELECT count(*) AS total', 'column nameless = 0'],
      ['about the same', 'SELECT count(*) AS total', '?'],
      ['Expected:\n- wheat', 'SELECT flour, count', table(['wheat', '7'], ['rye', '5'])],
      ['Look for', 'EXPLAIN ANALYZE', 'plan uses index idx_recipes_v2_flour'],
      ['**Expected Result:** 0', 'SELECT id FROM recipes_v2', 'no rows'],
    ],
    asked: ['```sql\n   CREATE TABLE\n', '```sql\n   -- Copy the contents', '```sql\n   CREATE TABLE recipe_steps'],
    tolerate: ['42P07'],
    triggers: ['The bread burns'],
  },
  'orchestra.md': {
    forward: [
      'SELECT seat_id', 'SELECT chair_id', 'SELECT s.section', 'SELECT player FROM seats', 'SELECT count(*) FROM moves', 'SELECT player FROM players',
      'UPDATE seats SET stage_row = 3', 'SELECT section, stage_row', 'SELECT policyname', 'SELECT state',
    ],
    rollback: ['UPDATE seats SET stage_row = 1', 'SELECT count(*) FROM seats WHERE'],
    items: ['Conductor agrees (< 5 minutes late)', 'No player without a chair'],
    expectations: [
      ['# Expected output:', null, '?'],
      ['All should return 42', 'SELECT seat_id', 'rows = 42'],
      ['All should return 42', 'SELECT chair_id', 'rows = 42'],
      ['Expected: 4 rows', 'SELECT s.section', 'rows = 4'],
      ['Expected: 4 rows', 'SELECT s.section', 'rows contain "strings", "winds", "brass", "drums"'],
      ['only the leader', 'SELECT player FROM seats', '?'],
      ['Expected Performance', '*', '?'],
      ['the plan loads', null, '?'],
      ['Should increase', 'SELECT count(*) FROM moves', '?'],
      ['Expected: no rows', 'SELECT player FROM players', 'no rows'],
      ['Expected result: UPDATE 9', 'UPDATE seats SET stage_row = 3', 'affected = 9'],
      ['**Expected Result** (2 rows)', 'SELECT section, stage_row', 'result is\n| section | stage_row |\n| --- | --- |\n| winds | 3 |\n| winds | ... |'],
      ['You should see **3', 'SELECT policyname', 'rows = 3'],
      ['You should see **3', 'SELECT policyname', 'rows contain "seats_read", "seats_write", "seats_move"'],
      ['- State is', 'SELECT state', 'column state in "ready", "playing"'],
      ['- Status code', 'SELECT state', '?'],
      ['- Late players', null, '?'],
      ['- No empty chairs', null, '?'],
      ['-- Expected: 0', 'SELECT count(*) FROM seats WHERE', 'value = 0'],
    ],
    asked: [],
  },
  'observatory.md': {
    forward: ['CREATE TABLE stars', 'INSERT INTO stars VALUES (1', 'SELECT count(*) FROM stars', 'SELECT kind, count', 'SELECT id FROM stars WHERE', 'SELECT column_name', 'SELECT indexname'],
    rollback: ['DELETE FROM stars'],
    items: ['望遠鏡已關閉', '星星都在'],
    expectations: [
      ['預期: 2', 'SELECT count(*) FROM stars', 'value = 2'],
      ['預期:\n--   yellow', 'SELECT kind, count', table(['yellow', '1'], ['blue', '1'])],
      ['應返回 0 行', 'SELECT id FROM stars WHERE', 'no rows'],
      ['欄位檢查', 'SELECT column_name', 'rows = 3'],
      ['索引檢查', 'SELECT indexname', '?'],
    ],
  },
};
