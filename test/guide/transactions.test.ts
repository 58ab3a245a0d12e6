import { describe, expect, it } from 'vitest';
import { compile, forward } from './compile.js';

const fence = (sql: string, attributes = ''): string => `---\nguide: sample\n---\n# G\n\n## Deployment\n\n\`\`\`sql ${attributes}\n${sql}\n\`\`\`\n`;
const codes = async (text: string): Promise<string[]> => (await compile(text)).diagnostics.filter((one) => one.severity === 'error').map((one) => `${one.code} ${one.line}`);
const sent = async (text: string): Promise<string[]> => forward(await compile(text)).flatMap((step) => step.statements.map((one) => one.sql));

describe('transactions that a guide writes itself', () => {
  it.each(['BEGIN', 'begin work', 'BEGIN TRANSACTION', 'START TRANSACTION'])('%s is the engine\'s: what follows is sent without it', async (begin) => {
    expect(await sent(fence(`${begin};\nCREATE TABLE a ();\nCOMMIT;`))).toEqual(['CREATE TABLE a ()']);
  });

  it('BEGIN and COMMIT are the engine\'s: the statements between them are sent', async () => {
    expect(await sent(fence('BEGIN;\nCREATE TABLE a ();\nCOMMIT;\nSTART TRANSACTION;\nCREATE TABLE b ();\nEND;'))).toEqual(['CREATE TABLE a ()', 'CREATE TABLE b ()']);
  });

  it.each([
    ['BEGIN ISOLATION LEVEL SERIALIZABLE', 'SET TRANSACTION ISOLATION LEVEL SERIALIZABLE'],
    ['START TRANSACTION ISOLATION LEVEL REPEATABLE READ', 'SET TRANSACTION ISOLATION LEVEL REPEATABLE READ'],
    ['BEGIN WORK ISOLATION LEVEL SERIALIZABLE, DEFERRABLE', 'SET TRANSACTION ISOLATION LEVEL SERIALIZABLE, DEFERRABLE'],
  ])('the mode of %s is kept', async (begin, mode) => {
    expect(await sent(fence(`${begin};\nUPDATE t SET a = 1;\nCOMMIT;`))).toEqual([mode, 'UPDATE t SET a = 1']);
  });

  it.each([
    ['a statement among them that refuses a transaction', 'BEGIN;\nCREATE TABLE a (id int);\nCOMMIT;\nCREATE INDEX CONCURRENTLY i ON a (id);', '', 'transaction-mixed 12'],
    ['a transaction that is taken back before one that stays', 'BEGIN;\nDELETE FROM a;\nROLLBACK;\nBEGIN;\nDELETE FROM b;\nCOMMIT;', '', 'transaction-mixed 11'],
    ['a transaction that is taken back after one that stays', 'BEGIN;\nDELETE FROM a;\nCOMMIT;\nBEGIN;\nDELETE FROM b;\nROLLBACK;', '', 'transaction-mixed 14'],
    ['an encoding that the text is not sent in', "SET client_encoding = 'UTF8';\nSET NAMES utf8;\nSET client_encoding TO latin1;\nINSERT INTO a VALUES ('ü');", '', 'encoding-other 11'],
    ['a statement behind a transaction that is taken back', 'BEGIN;\nDELETE FROM a;\nROLLBACK;\nDELETE FROM b;', '', 'transaction-mixed 11'],
    ['a transaction that COMMIT AND CHAIN began, taken back', 'BEGIN;\nDELETE FROM a;\nCOMMIT AND CHAIN;\nDELETE FROM b;\nROLLBACK;', '', 'transaction-mixed 13'],
    ['a transaction without one', 'BEGIN;\nDELETE FROM a;\nDELETE FROM b;\nCOMMIT;', 'transaction=off', 'transaction-mixed 9'],
    ['a ROLLBACK of what another fence began', 'BEGIN;\nDELETE FROM a;\n```\n\nLook at it.\n\n```sql\nROLLBACK;', '', 'transaction-mixed 16'],
    ['a ROLLBACK of what another fence began, and a third one wrote', 'BEGIN;\n```\n\n```sql\nDELETE FROM a;\n```\n\n```sql\nROLLBACK;', '', 'transaction-mixed 17'],
    ['PREPARE TRANSACTION', "BEGIN;\nCREATE TABLE a ();\nPREPARE TRANSACTION 'x';", '', 'transaction-control 11'],
    ['a role without a transaction', 'CREATE TABLE a ();', 'as=anon transaction=off', 'not-transactional 9'],
    ['claims without a transaction', 'VACUUM a;', 'claims="{}"', 'not-transactional 9'],
  ])('%s is an error', async (_, sql, attributes, expected) => {
    expect(await codes(fence(sql, attributes))).toContain(expected);
  });

  it.each(['BEGIN;\nDELETE FROM a;\n```\n\n```sql\nCOMMIT;', 'BEGIN;\nSELECT 1;\n```\n\n```sql\nROLLBACK;', 'BEGIN;\nDELETE FROM a;\nROLLBACK;', 'BEGIN;\nDELETE FROM a;\nROLLBACK;\nSELECT 1;', 'BEGIN;\nDELETE FROM a;\nCOMMIT;\nROLLBACK;'])('a ROLLBACK of all of it, or of nothing, is none: %s', async (sql) => {
    expect(await codes(fence(sql))).toEqual([]);
  });

  it('a statement that refuses a transaction may stand alone between BEGIN and COMMIT of others', async () => {
    expect(await codes(fence('CREATE INDEX CONCURRENTLY i ON a (id);'))).toEqual([]);
  });
});
