import { expect, it } from 'vitest';
import { formatAttributes } from '../../src/guide/attribute-text.js';
import { readAttributes } from '../../src/guide/attributes.js';
import { Remarks } from '../../src/guide/guide.js';

it('attributes read back as they were written', () => {
  const text = 'id=a/1 file="my file.sql" needs="b c" when="b failed" on-fail=continue reverts=a transaction=off as=anon claims="{\\"sub\\": :\'u\'}" discard=false timeout=1m30s lock-timeout=500ms retries=2 tolerate="42710 42P07" capture=a repeat="30s for 30m" optional run-once no-return no-skip approve role=rollback rehearse=skip';
  const remarks = new Remarks();
  const read = readAttributes(text, { line: 1 }, remarks);
  expect(Object.keys(read)).toHaveLength(23);
  expect(readAttributes(formatAttributes(read).join(' '), { line: 1 }, remarks)).toEqual(read);
  expect(remarks.list).toEqual([]);
});
