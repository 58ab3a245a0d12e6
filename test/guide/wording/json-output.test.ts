import { describe, expect, test } from 'vitest';
import { formatExpect } from '../../../src/assertions/format.js';
import { readWording } from '../../../src/guide/wording/read.js';
import { SHAPES } from './shapes.js';

const reading = (text: string, shape: keyof typeof SHAPES): string[] => readWording('Expected output:', { shape: SHAPES[shape], extra: { kind: 'output', text } }).assertions.map(formatExpect);

describe('rows shown as JSON', () => {
  test('tell of the columns of one row', () => {
    expect(reading('{ "total_users": 3, "users_with_role": 2 }', 'totals')).toEqual(['column total_users = 3', 'column users_with_role = 2']);
    expect(reading('[{ "id": "boats", "public": false, "file_size_limit": null }]', 'buckets')).toEqual(['rows = 1', 'column id = "boats"', 'column public = false', 'column file_size_limit = null']);
  });

  test('are a table where there are several', () => {
    expect(reading('[{ "id": 1, "name": "Ada" }, { "id": 2, "name": null }]', 'all')).toEqual(['result is\n| id | name |\n| --- | --- |\n| 1 | Ada |\n| 2 | NULL |']);
  });

  test('ask what only shows what it may look like', () => {
    expect(reading('[{ "id": 1, "name": "2031-01-01T..." }]', 'all')).toEqual(['rows = 1', 'column id = 1', 'operator "{\\"name\\":\\"2031-01-01T...\\"}"']);
    for (const text of ['{ "id": 1, "mast": 2 }', '{ "id": 1, // first\n "name": "Ada" }', '[]', '{}', '"Ada"']) expect(reading(text, 'all').every((one) => one.startsWith('operator') || one === 'no rows')).toBe(true);
  });
});
