import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
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
});
