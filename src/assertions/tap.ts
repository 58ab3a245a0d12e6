export interface TestCount { passed: number; failed: number; planned: number | null }

/** Counts TAP lines (`ok 1 - …`, `not ok 2`, `1..11`) and lines that say PASS or FAIL. */
export function countTests(texts: readonly string[]): TestCount {
  const count: TestCount = { passed: 0, failed: 0, planned: null };
  for (const line of texts.flatMap((text) => text.split('\n'))) {
    const plan = /^\s*1\.\.(\d+)/.exec(line);
    if (plan) count.planned = Number(plan[1]);
    else if (/^\s*not ok\b/.test(line)) { if (!/#\s*(todo|skip)/i.test(line)) count.failed += 1; }
    else if (/^\s*ok\b/.test(line)) count.passed += 1;
    else if (/\bFAIL(ED)?\b/.test(line)) count.failed += 1;
    else if (/\bPASS(ED)?\b/.test(line)) count.passed += 1;
  }
  return count;
}
