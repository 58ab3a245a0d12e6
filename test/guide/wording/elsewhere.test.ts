import { describe, expect, it } from 'vitest';
import { formatExpect } from '../../../src/assertions/format.js';
import { isExpectation } from '../../../src/guide/reading.js';
import { readWording } from '../../../src/guide/wording/read.js';
import { SHAPES } from './shapes.js';

function reading(shape: keyof typeof SHAPES, phrase: string): string {
  const read = readWording(phrase, { shape: SHAPES[shape], extra: null });
  return read.source === 'operator' ? '?' : read.assertions.map(formatExpect).join(' & ');
}

describe('expectations in other languages', () => {
  it.each([
    'Sollte 3 Zeilen ergeben', 'Du solltest 3 Zeilen sehen', 'Erwartet werden 3 Zeilen', 'Debe devolver 3 filas', 'La consulta debe devolver 3 filas', 'Deberías ver 3 filas', 'Se esperan 3 filas', 'Deve retornar 3 linhas', 'Você deve ver 3 linhas',
    'Doit retourner 3 lignes', 'Vous devriez voir 3 lignes', 'Dovrebbe restituire 3 righe', 'Dovresti vedere 3 righe', 'Должно вернуть 3 строки', 'Вы должны увидеть 3 строки', '应返回3行', '你应该看到 3 行', '期待: 3行', '3行返ること', '3行が表示されるはずです',
    '예상 결과: 3개 행', '3개 행이 반환되어야 합니다', 'Harus mengembalikan 3 baris', 'Hasil yang diharapkan: 3 baris', 'Anda harus melihat 3 baris', 'Phải trả về 3 dòng', 'Kết quả mong đợi: 3 dòng', '3 satır dönmeli', 'Beklenen: 3 satır', 'Moet 3 rijen teruggeven', 'Oczekiwane: 3 wiersze',
  ])('"%s" counts rows', (phrase) => {
    expect([isExpectation(phrase), reading('policies', phrase)]).toEqual(['backward', 'rows = 3']);
  });

  it.each([
    'Verwacht: geen rijen', 'verwacht: leeg', 'Atteso: nessuna riga', 'Esperado: nenhum registro', 'Debe estar vacío', 'Deve estar vazio', 'Doit être vide', 'Muss leer sein', '应返回空结果集', '期待値: 0件', '0行であること', '예상 결과: 0건', 'Harusnya kosong', 'Kỳ vọng: 0 dòng', 'Erwartet: keine Zeilen',
  ])('"%s" is nothing', (phrase) => {
    expect([isExpectation(phrase), reading('policies', phrase)]).toEqual(['backward', 'no rows']);
  });

  it.each(['예상: 8', 'Kết quả mong đợi: 8', 'Harus 8', '应为 8', 'Ожидается 8', 'Sonuç 8 olmalı', 'Deve ser 8'])('"%s" is the value of a count', (phrase) => {
    expect([isExpectation(phrase), reading('count', phrase)]).toEqual(['backward', 'value = 8']);
  });

  it.each([
    'Résultat attendu : Toutes les tables doivent avoir `rowsecurity = true`', 'Todas las tablas deben tener `rowsecurity = true`', 'Todas as tabelas devem ter rowsecurity = true', 'Tutte le tabelle devono avere `rowsecurity = true`', 'Alle Tabellen müssen `rowsecurity = true` haben',
    'Все таблицы должны иметь rowsecurity = true', 'Alle tabellen moeten rowsecurity = true hebben', '所有表的 rowsecurity 应为 true', 'すべてのテーブルで rowsecurity = true であること', 'Semua tabel harus memiliki rowsecurity = true',
  ])('"%s" is said of each row', (phrase) => {
    expect([isExpectation(phrase), reading('flags', phrase)]).toEqual(['backward', 'column rowsecurity = true']);
  });

  it.each(['Debe fallar', 'Sollte fehlschlagen', 'Doit échouer', 'Deve falhar', '应失败', 'エラーになること', 'Harus gagal'])('"%s" wants an error', (phrase) => {
    expect([isExpectation(phrase), reading('remove', phrase)]).toEqual(['backward', 'error']);
  });

  it.each(['3行以上返ること', '期待: 3行以上', '예상: 3개 이상', '최소 3개 행이 반환되어야 합니다', 'Harus mengembalikan minimal 3 baris', 'Moet minstens 3 rijen teruggeven', 'En az 3 satır dönmeli', 'Должно вернуть не менее 3 строк', 'Dovrebbe restituire almeno 3 righe'])('"%s" is a bound', (phrase) => {
    expect(reading('policies', phrase)).toBe('rows >= 3');
  });

  it.each(['No debe devolver 3 filas', 'Sollte nicht leer sein', '不应为空', 'Todas las tablas deben tener 3 filas', 'должно вернуть строки', 'Debe ser igual al conteo anterior', '期待: 3行程度', '예상: 3개 정도'])('"%s" is left to a person', (phrase) => {
    expect(reading('policies', phrase)).toBe('?');
  });

  it.each(['Vous devez avoir une sauvegarde', 'Du solltest ein Backup haben', 'Debes tener permisos de admin', 'Вы должны иметь резервную копию', 'Anda harus memiliki backup', 'Harus dijalankan sebelum migrasi lain', 'Deve essere eseguito prima'])('"%s" tells what is needed and expects nothing', (phrase) => {
    expect(isExpectation(phrase)).toBeNull();
  });
});

it.each<[keyof typeof SHAPES, string, string]>([
  ['users', "Expected: Should return your user with `role = 'admin'`", 'any column role = "admin"'],
  ['all', 'Expected: One row with name "North - Pier 2"', 'rows = 1 & column name = "North - Pier 2"'],
  ['count', 'Must return 0 before removing the column.', 'value = 0'],
  ['columns', '`berths` should have: notes, moored_at', 'rows contain "notes", "moored_at"'],
  ['columns', '`berths` deve ter agora: notes, moored_at', 'rows contain "notes", "moored_at"'],
  ['users', 'Expected: your user with a role', '?'],
  ['star', '应该返回一行统计数据（初始都是 0）', 'rows = 1'],
  ['policies', '应返回两行', 'rows = 2'],
  ['insert', 'muss klappen', 'success'],
  ['insert', 'Debe funcionar', 'success'],
  ['users', 'All rows show "editor" role', 'column role = "editor"'],
  ['missing', 'Should return `missing_total = 6` (or more)', 'column missing_total >= 6'],
  ['missing', 'missing_total phải = 0', 'column missing_total = 0'],
  ['flags', 'rowsecurity phải là TRUE (nếu false thì sai)', 'column rowsecurity = true'],
  ['flags', 'rowsecurity должна быть true', 'column rowsecurity = true'],
  ['count', 'Doit retourner : 15', 'value = 15'],
  ['perTable', 'Each table should have 1-4 policies', 'column policy_count between 1 and 4'],
  ['perTable', 'Every table has at least 2 policies', 'column policy_count >= 2'],
  ['policies', 'Each table should have 1-4 policies', '?'],
  ['users', 'expect: role = editor, email = unchanged', 'column role = "editor" & operator "email = unchanged"'],
  ['users', 'expect: role = editor', 'column role = "editor"'],
  ['columns', 'expect one row: notes | text | NULL | YES', 'result is\n|  |  |  |  |\n| --- | --- | --- | --- |\n| notes | text | NULL | YES |'],
  ['names', 'Esperado: `BOAT-00XXX`', '?'],
  ['count', 'Ergebnis sollte sein: **50**', 'value = 50'],
  ['policies', 'Tablas sin dueño (esperado: 0 filas)', 'no rows'],
  ['policies', 'Boote ohne Platz (erwartet: keine Zeilen)', 'no rows'],
  ['count', 'Résultat attendu (exemple) : 5', '?'],
])('reads of %s "%s"', (shape, phrase, want) => {
  expect(reading(shape, phrase)).toBe(want);
});
