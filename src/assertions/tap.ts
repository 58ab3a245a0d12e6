import type { Measured } from './assertion.js';

/** What a test suite printed. */
export interface TestCount {
  passed: number;
  failed: number;
  /** The number a TAP plan announced, or null. */
  planned: number | null;
}

/** Counts TAP lines in rows, notices and output; without any, lines that say PASS or FAIL; without those, a summary line. */
export function countTests(measured: Measured): TestCount {
  const lines = [
    ...measured.rows.map((row) => row.filter((cell) => cell !== null).join(' | ')),
    ...measured.notices.map((notice) => notice.message),
    ...(measured.output ?? '').split('\n'),
  ].flatMap((text) => text.split(/\r?\n/));
  return countTap(lines) ?? countWords(lines);
}

function countTap(lines: readonly string[]): TestCount | null {
  const count: TestCount = { passed: 0, failed: 0, planned: null };
  for (const line of lines) {
    const planned = /^1\.\.(\d+)\s*(?:#.*)?$/.exec(line);
    if (planned) count.planned = Number(planned[1]);
    const test = /^(not )?ok\b(?!\w)(.*)$/.exec(line);
    if (!test) continue;
    // A failing TODO test is expected to fail (TAP specification).
    if (test[1] === undefined || /#\s*todo\b/i.test(test[2] ?? '')) count.passed += 1;
    else count.failed += 1;
  }
  return count.passed + count.failed > 0 || count.planned !== null ? count : null;
}

const SUMMARY = /(?:(\d+)\s+(?:tests?\s+)?(pass|fail)(?:ed|ures?|ing)?\b)|(?:\b(pass|fail)(?:ed|ures?)?\s*[:=]\s*(\d+))/gi;

function countWords(lines: readonly string[]): TestCount {
  const count: TestCount = { passed: 0, failed: 0, planned: null };
  const summary: TestCount = { passed: 0, failed: 0, planned: null };
  for (const line of lines) {
    const totals = [...line.matchAll(SUMMARY)];
    if (totals.length > 0) {
      for (const total of totals) {
        const number = Number(total[1] ?? total[4]);
        if ((total[2] ?? total[3] ?? '').toLowerCase() === 'pass') summary.passed += number;
        else summary.failed += number;
      }
      continue;
    }
    if (/\bFAIL(?:ED|URE)?\b|\bFailed\b/.test(line)) count.failed += 1;
    else if (/\bPASS(?:ED)?\b|\bPassed\b/.test(line)) count.passed += 1;
  }
  return count.passed + count.failed > 0 ? { ...count, failed: Math.max(count.failed, summary.failed) } : summary;
}
