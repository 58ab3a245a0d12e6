import { describe, expect, it } from 'vitest';
import { environmentSchema } from '../../src/project/config-schema.js';
import { passwordHider, withoutPasswords } from '../../src/text/hide-password.js';

describe('a password is hidden whole, however it is written', () => {
  it.each([
    ['host=x password=Pw&mpTail user=y', 'host=x password=*** user=y'],
    ["host=x password=Pw'posTail", 'host=x password=***'],
    ["host=x password = 'two Tail' user=y", 'host=x password = *** user=y'],
    ["user='ada'password=PwTail", "user='ada'password=***"],
    ['host=x sslpassword=Key&Tail', 'host=x sslpassword=***'],
    ["host=x password=Pw\\'quo\\ Tail", 'host=x password=***'],
    ["postgresql://h/d?password=Pw'posTail&user=y", 'postgresql://h/d?password=***&user=y'],
    ['postgresql://h/d?pass%77ord=PwTail', 'postgresql://h/d?pass%77ord=***'],
    ["postgresql://ada:Pw'pos@Tail@h/d", 'postgresql://ada:***@h/d'],
    // What cannot be read, or has a word that may be the rest of a password.
    ['host=x password=two Tail=x', 'host=x password=***'],
    ['postgresql://ada@h/d?password=ab&Tail=x', 'postgresql://ada@h/d?***'],
    ['postgresql://ada:Pw/Tail@h/d', 'postgresql://ada:***'],
    ["host=x password='Tail", 'host=x password=***'],
    ['postgres:/ada:Tail@h/d', 'postgres:/ada:***'],
    ['--databse=postgresql://ada:Tail@h/d', '--databse=postgresql://ada:***@h/d'],
  ])('%s', (text, shown) => {
    expect(withoutPasswords([text])).toEqual([shown]);
  });

  it.each(['guide.md', 'https://example.com:8080/x', 'host=x user=ada', 'postgresql://ada@h:5432/d?sslmode=require', '2026-01-01 10:00', '--param', 'limit=12'])('%s has none', (text) => {
    expect(withoutPasswords([text])).toBeNull();
  });

  it('passwords are taken out of the arguments', () => {
    expect(withoutPasswords(['run', 'guide.md', '--yes'])).toBeNull();
    expect(withoutPasswords(['--database', 'postgresql://ada:pl@nted@db/app', '--database=postgres://b:planted@x', "host=x password='two planted' user=y", 'postgresql://x?user=a&password=planted&sslmode=require'])?.join(' ')).toBe(
      "--database postgresql://ada:***@db/app --database=postgres://b:***@x host=x password=*** user=y postgresql://x?user=a&password=***&sslmode=require",
    );
  });

  it('a message that repeats an argument, or a part of it, is without it', () => {
    const hidden = passwordHider(['--databse=postgresql://ada:pl%40nted@h/d', 'postgresql://u:ab@h']);
    expect(hidden("unknown option '--databse=postgresql://ada:pl%40nted@h/d'")).toBe("unknown option '--databse=postgresql://ada:***@h/d'");
    expect(hidden('no file /home/postgresql:/ada:pl%40nted@h/d, pl@nted, about')).toBe('no file /home/postgresql:/ada:***@h/d, ***, about');
    expect(hidden('postgresql://u:ab@h is no guide')).toBe('postgresql://u:***@h is no guide');
  });
});

describe('the configuration takes a database without a password', () => {
  it.each(['host=h user=ada password=PW', 'postgresql://ada@h/db?password=PW', 'postgresql://ada:PW@h/db'])('not %s', (database) => {
    expect(environmentSchema.safeParse({ database }).success).toBe(false);
  });

  it.each(['env:DATABASE_URL', 'app', 'postgresql://ada@h/db', 'service=staging'])('%s', (database) => {
    expect(environmentSchema.safeParse({ database }).success).toBe(true);
  });
});
