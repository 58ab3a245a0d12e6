import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fillTemplate, fillText } from '../../src/log/template.js';
import { graph, result, Script, statement, step } from './support.js';

const addRole = step('role', { title: 'Migration 001: add the role', path: ['Guide', 'Migration 001: add the role'], statements: [statement('UPDATE users SET role = 1', 'UPDATE')] });
const policy = step('policy', { title: 'Migration 003: policy', path: ['Guide', 'Migration 003: policy'] });
const check = step('check', { role: 'verify', phase: 'verify', title: 'Verify' });

const perMigration = [
  'Migration Date: [YYYY-MM-DD HH:MM UTC]',
  'Migration Run By: [Your Name/Email]',
  'Environment: Production (hosted)',
  'Project: Ledger',
  '',
  'Migration 001 - Add Role:',
  '- Status: [ ] Success  [ ] Failed',
  '- Duration: _____ seconds',
  '- Rows Affected: _____ users',
  '- Notes: ___________',
  '',
  'Migration 003 - Policy:',
  '- Status: [ ] Success  [ ] Failed',
  '- Duration: _____ ms',
  '- Notes: ___________',
  '',
  'After the migration:',
  '- Every policy correct: [ ] Yes  [ ] No',
  '',
  'Issues Encountered:',
  '______________',
  '______________',
].join('\n');

function perMigrationRun(): Script {
  return new Script().target()
    .ran('role', { durationMs: 2345, results: [result({ command: 'ALTER TABLE' }), result({ index: 1, command: 'UPDATE', sql: 'UPDATE users SET role = 1', affected: 14 })] })
    .add({ type: 'note.added', step: 'role', text: 'ran twice | see ticket', by: 'dana' })
    .ran('policy', { durationMs: 87 });
}

describe('a timeline and a description in brackets', () => {
  const asked = ['## Deployment Timeline', '- Migrations start: ________ end: ________', '- Code start: ________ end: ________', '- Watched: ________ to ________', '', '## Issues Encountered', '[Describe any issues, or that there were none]'].join('\n');

  it('take each end as the end of what its line began with, and the issues from the run', () => {
    const { text, left } = fillTemplate(perMigrationRun().finished().state(), graph([addRole, policy], { line: 40, template: asked }));
    expect(text.split('\n')).toEqual([
      '## Deployment Timeline', expect.stringMatching(/^- Migrations start: 2026-03-01 \d\d:\d\d:\d\d UTC end: 2026-03-01 \d\d:\d\d:\d\d UTC$/), '- Code start: ________ end: ________', '- Watched: ________ to ________', '',
      '## Issues Encountered', 'None',
    ]);
    expect(left.map((one) => one.label)).toEqual(['Deployment Timeline: Code start', 'Deployment Timeline: Code end', 'Deployment Timeline: Watched', 'Deployment Timeline: to']);
  });
});

describe('a template with one section per migration', () => {
  const guide = graph([addRole, policy, check], { line: 40, template: perMigration });

  it('is filled in each label\'s own unit, wording kept', () => {
    const { text, left, contradictions } = fillTemplate(perMigrationRun().ran('check').add({ type: 'log.filled', label: 'Every policy correct', line: 57, value: 'yes', by: 'dana' }).finished().state(), guide);
    expect(text.split('\n')).toEqual([
      'Migration Date: 2026-03-01 14:05 UTC',
      'Migration Run By: dana',
      'Environment: Production (hosted)',
      'Project: Ledger',
      '',
      'Migration 001 - Add Role:',
      '- Status: [x] Success  [ ] Failed',
      '- Duration: 2.345 seconds',
      '- Rows Affected: 14 users',
      '- Notes: ran twice | see ticket',
      '',
      'Migration 003 - Policy:',
      '- Status: [x] Success  [ ] Failed',
      '- Duration: 87 ms',
      '- Notes: None',
      '',
      'After the migration:',
      '- Every policy correct: [x] Yes  [ ] No',
      '',
      'Issues Encountered:',
      'None',
    ]);
    expect(left).toEqual([]);
    expect(contradictions).toEqual([{ line: 42, label: 'Environment', written: 'Production (hosted)', fact: 'staging' }]);
  });

  it('ticks neither box for a migration that never ran, and says so', () => {
    const { text, left } = fillTemplate(new Script().target().ran('role', { verdict: 'failed', applied: false, reason: 'lock timeout' }).finished('failed', 1).state(), guide);
    expect(text).toContain('- Status: [ ] Success  [x] Failed\n- Duration: 1.5 seconds\n- Rows Affected: _____ users');
    expect(text).toContain('Migration 003 - Policy:\n- Status: [ ] Success  [ ] Failed\n- Duration: _____ ms');
    expect(text).toContain('Issues Encountered:\nMigration 001: add the role: failed: lock timeout');
    expect(left.map((one) => one.label)).toContain('Migration 003 - Policy: Status');
    expect(left.every((one) => one.why !== '')).toBe(true);
  });
});

describe('a plain form', () => {
  const form = ['Date: ________', 'Start Time: ________', 'End Time: ________', 'Executed By: ________', 'Verification Status: [ ] PASS [ ] FAIL', 'Issues Encountered: ________', 'Rollback Required: [ ] YES [ ] NO', 'Notes: ________'].join('\n');

  it('is filled whole after a passed run', () => {
    const { text, left } = fillTemplate(new Script().ran('a').ran('check').add({ type: 'note.added', step: null, text: 'quiet hour', by: 'dana' }).finished().state(), graph([step('a'), check], { line: 9, template: form }));
    expect(text.split('\n')).toEqual([
      'Date: 2026-03-01', 'Start Time: 2026-03-01 14:05:00 UTC', 'End Time: 2026-03-01 14:05:06 UTC', 'Executed By: dana',
      'Verification Status: [x] PASS [ ] FAIL', 'Issues Encountered: None', 'Rollback Required: [ ] YES [x] NO', 'Notes: quiet hour',
    ]);
    expect(left).toEqual([]);
  });

  it('answers nothing about the end while the run goes on', () => {
    const { text } = fillTemplate(new Script().ran('a').state(), graph([step('a'), check], { line: 9, template: form }));
    expect(text).toContain('End Time: ________\n');
    expect(text).toContain('Verification Status: [ ] PASS [ ] FAIL\nIssues Encountered: ________\nRollback Required: [ ] YES [ ] NO\nNotes: ________');
  });

  it('says that a rollback was required, names who handed over, and fails the verification', () => {
    const script = new Script().ran('a').add({ type: 'run.resumed', operator: 'lee', host: 'b', from: 'dana', fromHost: 'a' }).ran('check', { verdict: 'failed', reason: 'rows = 2' })
      .add({ type: 'rollback.started', reason: 'check failed', by: 'lee', plan: [], uncovered: [] }).add({ type: 'rollback.finished', complete: true, undone: ['a'], notUndone: [] }).finished('rolled back', 5);
    const { text } = fillTemplate(script.state(), graph([step('a'), check], { line: 9, template: form }));
    // The run was last heard of when its step ended, at 14:05:02, and not when it was gone on with.
    expect(text).toContain('Executed By: dana, lee\nVerification Status: [ ] PASS [x] FAIL\nIssues Encountered: Verify: failed: rows = 2; the run had ended without a word (its process on bastion was killed, or that machine went down); last heard of at 2026-03-01 14:05:02 UTC, between two steps\nRollback Required: [x] YES [ ] NO');
  });
});

it('ticks both boxes of a rehearsal that failed and ended with its rollback, and Failed alone where it went forward again', () => {
  const form = 'Status: [ ] Success  [ ] Failed  [ ] Rolled back';
  const script = (): Script => new Script({ mode: 'rehearsal' }).ran('a', { verdict: 'failed', reason: 'no' })
    .add({ type: 'rollback.started', reason: 'the operator asked for the rollback', by: 'dana', plan: [], uncovered: [] }).add({ type: 'rollback.finished', complete: true, undone: ['a'], notUndone: [] });
  const filled = (given: Script): string => fillTemplate(given.finished('failed', 1).state(), graph([step('a')], { line: 9, template: form })).text;
  expect(filled(script())).toBe('Status: [ ] Success  [x] Failed  [x] Rolled back');
  expect(filled(script().ran('a', { pass: 'again' }))).toBe('Status: [ ] Success  [x] Failed  [ ] Rolled back');
});

describe('a form of things that this run did not do', () => {
  const filled = (template: string): string => fillTemplate(perMigrationRun().finished().state(), graph([addRole, step('second', { title: 'Phase 2: data' })], { line: 9, template })).text;

  it.each([
    ['[ ] 7.2 Rollback the last one\n    Duration: _____ seconds\n\n[ ] 7.3 Verify the rollback\n    Status: [ ] OK [ ] BROKEN', 'blanks below a step of the rollback'],
    ['SIGN OFF:\nName: ______\nDate: ______\nTime: ______', 'the time of a signature'],
    ['### Phase 3 Sign-Off\n\nExecuted by: ______\nDate: ______', 'a phase that the guide does not have'],
  ])('is left blank: %#', (template) => {
    expect(filled(template)).toBe(template);
  });

  it('is filled where the guide has that phase', () => {
    expect(filled('### Phase 2 Sign-Off\n\nExecuted by: ______')).toContain('Executed by: dana');
  });
});

describe('metrics, sign-off and notes', () => {
  const template = [
    '### Figures', '', '**Before Deployment**:', '```', 'Users with a device: ______', 'Average Query Time: ______ ms', '```', '', '**After Deployment**:', '```', 'Users with a device: ______', 'Average Query Time: ______ ms', '```',
    '', '| Figure | Before | After |', '|---|---|---|', '| Users with a device | | ____ |', '', '## Sign-off', '- [ ] Backup verified', '- [ ] Somebody told', '',
    '**Deployment Date**: ********\\_\\_********', '**Deployed By**: ********\\_\\_********', '**Sign-off**: ********\\_\\_********', '', '## Notes', '', '```', '', '```',
  ].join('\n');
  const before = step('before', { kind: 'input', title: 'Before Deployment', fields: [{ line: 3, label: 'Users with a device', unit: null }, { line: 4, label: 'Average Query Time', unit: 'ms' }] });
  const items = step('items', { kind: 'checklist', role: 'signoff', items: [{ line: 1, text: 'Backup verified', depth: 0, waitsFor: [] }, { line: 2, text: 'Somebody told', depth: 0, waitsFor: [] }] });
  const envelope = { pass: 'forward', attempt: 1 };

  it('are filled from fields, captures, ticks and approvals', () => {
    const script = new Script()
      .add({ type: 'field.filled', ...envelope, step: 'before', field: 0, label: 'Users with a device', value: '120', unit: null, by: 'dana' })
      .add({ type: 'field.filled', ...envelope, step: 'before', field: 1, label: 'Average Query Time', value: '12', unit: 'ms', by: 'dana' })
      .add({ type: 'capture.set', ...envelope, step: 'x', name: 'users_with_a_device_after', value: '121' })
      .add({ type: 'item.ticked', ...envelope, step: 'items', item: 0, ticked: true, note: null, by: 'dana' })
      .add({ type: 'approval.given', ...envelope, step: 'items', name: 'R. Vale', by: 'dana' })
      .add({ type: 'note.added', step: null, text: 'first\nsecond', by: 'dana' }).finished();
    const { text, left } = fillTemplate(script.state(), graph([before, items], { line: 1, template }));
    expect(text).toBe([
      '### Figures', '', '**Before Deployment**:', '```', 'Users with a device: 120', 'Average Query Time: 12 ms', '```', '', '**After Deployment**:', '```', 'Users with a device: 121', 'Average Query Time: ______ ms', '```',
      '', '| Figure | Before | After |', '|---|---|---|', '| Users with a device | 120 | 121 |', '', '## Sign-off', '- [x] Backup verified', '- [ ] Somebody told', '',
      '**Deployment Date**: 2026-03-01', '**Deployed By**: dana', '**Sign-off**: R. Vale', '', '## Notes', '', '```', 'first; second', '```',
    ].join('\n'));
    expect(left.map((one) => one.label)).toEqual(['After Deployment: Average Query Time', 'Sign-off: Somebody told']);
  });
});

describe('forms as people write them', () => {
  const run = () => new Script().target().ran('a').finished().state();
  const fill = (template: string, state = run()): string => fillText(template, 1, [], state, graph([step('a')])).text;

  it.each([
    ['Date: ______\nTime: ______', 'Date: 2026-03-01\nTime: 14:05:00 UTC'],
    ['Environment: [ ] Production [ ] Staging [ ] Development', 'Environment: [ ] Production [x] Staging [ ] Development'],
    ['Environment:\n- [ ] Production\n- [ ] Staging', 'Environment:\n- [ ] Production\n- [x] Staging'],
    ['**Migration performed by:** ____\n**Date and time:** ____', '**Migration performed by:** dana\n**Date and time:** 2026-03-01 14:05:00 UTC'],
    ['**Migration successful:** ☐ Yes ☐ No\n**Rollback required:** ☐ Yes ☐ No', '**Migration successful:** ☑ Yes ☐ No\n**Rollback required:** ☐ Yes ☑ No'],
    ['Rollback Required: [ ] Yes [ ] No\nIf Yes, Reason: ______', 'Rollback Required: [ ] Yes [x] No\nIf Yes, Reason: Not applicable'],
    ['**Deployed By**: ____  \n**Status**: ____', '**Deployed By**: dana  \n**Status**: Success'],
    ['Status: [Pass/Fail]', 'Status: Pass'],
    ['Duration: [minutes] | Start: ____  End: ____', 'Duration: 0.067 minutes | Start: 2026-03-01 14:05:00 UTC  End: 2026-03-01 14:05:04 UTC'],
    ['Notes:\n_____\n_____\n_____', 'Notes:\nNone'],
    ['Executed by:', 'Executed by: dana'],
    ['> Run by: ....................', '> Run by: dana'],
    ['| Migration | Status | Duration |\n|---|---|---|\n| a | [ ] OK [ ] Failed | |', '| Migration | Status | Duration |\n|---|---|---|\n| a | [x] OK [ ] Failed | 1.5 s |'],
    ['Date: __/__/____', 'Date: 2026-03-01'],
    ['## Sign-off\n\nMigration completed by: ____\nDate: ____\nChecked by: ____\nDate: ____', '## Sign-off\n\nMigration completed by: dana\nDate: 2026-03-01\nChecked by: ____\nDate: ____'],
    ['**Signatures:**\n- Deployed By: ____ Date: ____', '**Signatures:**\n- Deployed By: dana Date: ____'],
    ['Executed by: ____\n\nReviewer: ____\nDate: ____', 'Executed by: dana\n\nReviewer: ____\nDate: ____'],
    ['Result: ⬜ Success  ⬜ Failed  ⬜ Rolled Back', 'Result: ☑ Success  ⬜ Failed  ⬜ Rolled Back'],
    ['**Final Status:**\n\n- [ ] ✅ **SUCCESS** - all went well\n\n- [ ] ⚠️ **PARTIAL** - some did\n\n- [ ] ❌ **FAILED** - none did', '**Final Status:**\n\n- [x] ✅ **SUCCESS** - all went well\n\n- [ ] ⚠️ **PARTIAL** - some did\n\n- [ ] ❌ **FAILED** - none did'],
    ['## Errors\n\n- Errors encountered: [ ] None [ ] Yes', '## Errors\n\n- Errors encountered: [x] None [ ] Yes'],
    ['Additional notes or observations:\n____', 'Additional notes or observations:\nNone'],
    ['### Staging Environment\n- Deployed by: ____\n\n### Production Environment\n- Deployed by: ____\n- Date: ____', '### Staging Environment\n- Deployed by: dana\n\n### Production Environment\n- Deployed by: ____\n- Date: ____'],
    ['ROLLBACK EXECUTION LOG\n====\nDate: ____\nStatus: [ ] SUCCESS [ ] FAILED', 'ROLLBACK EXECUTION LOG\n====\nDate: ____\nStatus: [ ] SUCCESS [ ] FAILED'],
    ['Date:\t____\r\nEnvironment:\t____\r\n', 'Date:\t2026-03-01\r\nEnvironment:\tstaging\r\n'],
  ])('%j', (template, filled) => { expect(fill(template)).toBe(filled); });

  it('are left blank where a person signs', () => {
    const template = 'Verification:\nApplication: ____\n\nSign-off:\nTester: ____\n\n- [ ] Schema in place at ____:____\n\n## Sign-Off\nDeveloper: ______\nLead: ______ Date: ______\nName: ____\nDate: ____\n\n- Average response time: ______ ms';
    expect(fill(template)).toBe(template);
  });

  it('say no to success after a failure', () => {
    const failed = new Script().ran('a', { verdict: 'failed', applied: false }).finished('failed', 1).state();
    expect(fill('Migration successful: [ ] Yes [ ] No\nStatus: [ ] Success [ ] Failed\nRollback required: [ ] Yes [ ] No', failed)).toBe('Migration successful: [ ] Yes [x] No\nStatus: [ ] Success [x] Failed\nRollback required: [ ] Yes [ ] No');
  });
});

describe('what is not plain', () => {
  const cases = ['Reviewed by: ______', 'Backup completed at: [timestamp]', 'Ticket: ______', 'Migration 777:\n- Duration: ____ seconds', 'Migration 777:\nCoverage: fine\n\nDuration: ____ seconds', 'Migration 777:\n- Notes:\n  _____', 'Downtime: ____ minutes', 'Environment: [ ] Blue [ ] Green', 'Coverage: _____%', 'Date of backup: ____'];
  it.each(cases)('is left as it was: %s', (template) => {
    const { text, filled, left } = fillText(template, 1, [], new Script().target().ran('a').finished().state(), graph([step('a')]));
    expect(text).toBe(template);
    expect(filled).toEqual([]);
    expect(left).toHaveLength(1);
  });

  it('changes nothing outside the blanks, whatever the template', () => {
    const word = fc.constantFrom('Date', 'Duration', 'Executed By', 'Status', '**Notes**', 'Issues Encountered', 'Migration 001', 'x|y', '`code`', 'é', '# Head', '- ', '> ', '```', '|', ':', '\r', '  ');
    const blank = fc.constantFrom('____', '_____ seconds', '[YYYY-MM-DD]', '[Your Name]', '[ ] Success [ ] Failed', '[ ] Yes  [ ] No', '');
    const line = fc.tuple(fc.array(word, { maxLength: 4 }), fc.constantFrom(':', ': ', ' '), blank).map(([words, colon, end]) => words.join('') + colon + end);
    const finished = perMigrationRun().finished().state();
    fc.assert(fc.property(fc.array(line, { maxLength: 8 }), (lines) => {
      const template = `${lines.join('\n')}\n.`;
      const { text } = fillText(template, 1, [], finished, graph([addRole, policy]));
      // Blanks match anything in the filled text; all else must be there, in order.
      const pattern = template.split(/_{4,}|\[YYYY-MM-DD\]|\[Your Name\]|\[ \]|(?<=[:*]) *(?=\r?\n|\r?$)|(?<=```\n)[ \r\n]*(?=\n```)|(?<=\|)\s*(?=\|)/).map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('[^]*');
      expect(text).toMatch(new RegExp(`^${pattern}$`));
    }));
  });
});
