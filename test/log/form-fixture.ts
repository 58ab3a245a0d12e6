import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { LogDocument } from '../../src/log/schema.js';
import { formatDuration } from '../../src/text/duration.js';
import { parse } from '../../src/text/yaml.js';

/** A field of a form: its line in the guide, its label, what stands in it or why it is blank. */
export type Field = [line: number, label: string, value: string];
/** What people answer in the run, and every blank of the guide's forms, written by hand. */
export interface FormFixture { answers: object; form: Field[]; blank: Field[] }

/** The fixture of a guide, and its answers as a file for `--answers`. */
export function readFixture(name: string, folder: string): FormFixture & { answersPath: string } {
  const fixture = parse(readFileSync(join(import.meta.dirname, 'fixtures', `${name}.yaml`), 'utf8')) as FormFixture;
  const answersPath = join(folder, 'answers.yaml'); // JSON is YAML too
  writeFileSync(answersPath, JSON.stringify(fixture.answers));
  return { ...fixture, answersPath };
}

/** Every blank of the template and the other forms, as the log tells them, in the order of the guide. */
export function formOf(log: LogDocument): Pick<FormFixture, 'form' | 'blank'> {
  const all = [log.template, ...log.forms];
  const byLine = (a: Field, b: Field): number => a[0] - b[0];
  return {
    form: all.flatMap((one) => one.filled.map(({ line, label, value }): Field => [line, label, value])).sort(byLine),
    blank: all.flatMap((one) => one.left.map(({ line, label, why }): Field => [line, label, why])).sort(byLine),
  };
}

/** The hand-written values with `{…}` worked out from the log's own times and measurements, by other means than the form was filled. */
export function worked(fields: readonly Field[], log: LogDocument): Field[] {
  return fields.map(([line, label, value]) => [line, label, value.replace(/^\{(.*)\}$/, (_, words: string) => work(words, log))]);
}

/** One word of a fixture, worked out. A step is named by its id or by its line. */
export function work(words: string, log: LogDocument): string {
  const [what = '', which = ''] = words.split(' ');
  const both = (iso: string): string => `${iso.slice(0, 10)} ${iso.slice(11, 19)} UTC`;
  switch (what) {
    case 'day': return log.startedAt.slice(0, 10);
    case 'minute': return `${log.startedAt.slice(0, 10)} ${log.startedAt.slice(11, 16)} UTC`;
    case 'start': return both(log.startedAt);
    case 'end': return both(log.finishedAt ?? '');
    case 'took': return formatDuration(Date.parse(log.finishedAt ?? '') - Date.parse(log.startedAt));
    case 'seconds': return String((log.steps.find((step) => step.id === which || String(step.line) === which)?.durationMs ?? Number.NaN) / 1000);
    case 'database': return log.database?.name ?? '';
    case 'server': return log.database?.server ?? '';
    case 'version': return log.database?.version ?? '';
    case 'title': return log.guide.title;
    case 'run': return log.run;
    case 'capture': return log.captures[which] ?? `no value ${which}`;
    default: throw new TypeError(`{${words}} is no word of a form's fixture`);
  }
}
