import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { freshDatabase } from '../support/server.js';
import { folder, guideFile, smallGuide, wizard } from './support.js';

describe('names that no guide knows', () => {
  const guide = guideFile(smallGuide.replace('FROM public.note;', "FROM public.note WHERE text <> :'wanted';"), 'guide: sample\nparameters:\n  wanted:\n    type: text\n    ask: Which?\n');

  it('refuses a misspelt --param with the nearest name', async () => {
    const ended = await wizard(['rehearse', guide, '--headless', '--yes', '--param', 'wantet=x', '--logs', folder()]);
    expect(ended.code).toBe(2);
    expect(ended.err).toContain('Did you mean wanted?');
  });

  it('refuses an answer for a step that is not there', async () => {
    const answers = join(folder(), 'answers.yaml');
    writeFileSync(answers, 'skip: { aply: not today }\n');
    const ended = await wizard(['rehearse', guide, '--headless', '--yes', '--answers', answers, '--logs', folder()]);
    expect(ended.code).toBe(2);
    expect(ended.err).toContain('Did you mean apply?');
  });

  it('refuses it on resume too', async () => {
    const target = await freshDatabase();
    const logs = folder();
    expect((await wizard(['run', guideFile(smallGuide), '--database', target.url, '--headless', '--confirm', target.connection.database, '--logs', logs])).code).toBe(4);
    const answers = join(folder(), 'answers.yaml');
    writeFileSync(answers, 'skip: { aply: not today }\n');
    const ended = await wizard(['resume', '--database', target.url, '--headless', '--answers', answers, '--logs', logs]);
    expect(ended.code, ended.err).toBe(2);
    expect(ended.err).toContain('Did you mean apply?');
  });
});
