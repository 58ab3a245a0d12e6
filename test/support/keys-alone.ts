import { setTimeout as pause } from 'node:timers/promises';
import { HELD_MS, type Terminal } from './terminal.js';

/** What a person presses when the screen says this; the first that matches counts. */
export interface Rule { sees: RegExp; press: readonly string[] }

/** Whoever follows the guide to the letter, ticks, runs and signs, and leaves the long watches to others. */
export function following(database: string): Rule[] {
  return [
    { sees: /^reason to skip: ▏/m, press: ['watched by another team', '\r'] },
    { sees: /Is this the right database\? Environment/, press: ['y'] },
    { sees: /^database: ▏/m, press: [database, '\r'] },
    { sees: /Tick what is done/, press: [' '] },
    { sees: /This watch would start|This command would run/, press: ['s'] },
    { sees: /This step (writes|undoes)/, press: ['x'] },
    { sees: /^value: ▏/m, press: ['12', '\r'] },
    { sees: /^value: [^▏]+▏/m, press: ['\r'] },
    { sees: /^name: [^▏]+▏/m, press: ['\r'] },
    { sees: /Leave it out|the others are left out/, press: ['\r'] },
    { sees: / h +(it holds|done)/, press: ['h'] },
  ];
}

const PATIENCE_MS = 3000;
/** A key that does nothing so many times is one that does not work. */
const TRIES = 5;

/**
 * Walks by keys alone until the screen shows `end`: reads it as a person does,
 * presses what the first rule says, and waits until the screen answered.
 * @returns the screen at the end. Throws with the screen where no rule knows what to do.
 */
export async function walkByKeys(t: Terminal, rules: readonly Rule[], end: RegExp): Promise<string> {
  for (let presses = 0; presses < 400; presses += 1) {
    const text = await t.see(new RegExp([end, ...rules.map((one) => one.sees)].map((one) => `(?:${one.source})`).join('|'), 'm'));
    if (end.test(text)) return text;
    const rule = rules.find((one) => one.sees.test(text));
    if (!rule) continue;
    // Pressed faster than a person can, a key counts as held down, and the screen says so until the next one.
    if (/press it again/.test(text)) await pause(HELD_MS);
    let before = text;
    for (const keys of rule.press) {
      // A key that came before the question was ready for it is dropped; a person presses it again.
      let after: string | null = null;
      for (let tries = 0; after === null; tries += 1) {
        if (tries === TRIES) throw new Error(`${JSON.stringify(keys)} (for ${String(rule.sees)}) changed nothing; the screen:\n${before}`);
        t.press(keys);
        after = await t.change(before, PATIENCE_MS);
      }
      before = after;
    }
  }
  throw new Error(`400 keys and no end; the screen:\n${await t.text()}`);
}
