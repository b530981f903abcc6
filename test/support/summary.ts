import { appendFileSync } from 'node:fs';
import type { SerializedError } from 'vitest';
import type { Reporter, TestModule, TestRunEndReason } from 'vitest/node';

/**
 * Ends the run with what was skipped, by name, and one line of totals.
 *
 * A hook or a file that fails outside any test counts as one failure: its tests are reported as skipped, and
 * a total that said "0 failed" would be a lie. TEST_SUMMARY_FILE receives "passed failed skipped" for whoever
 * adds several runs together.
 */
export class Summary implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandled: readonly SerializedError[], reason: TestRunEndReason): void {
    let passed = 0;
    let failed = unhandled.length;
    const skipped: string[] = [];
    for (const module of modules) {
      failed += module.errors().length;
      for (const suite of module.children.allSuites()) failed += suite.errors().length;
      for (const test of module.children.allTests()) {
        const { state } = test.result();
        if (state === 'passed') passed += 1;
        else if (state === 'failed') failed += 1;
        else skipped.push(`${module.relativeModuleId} > ${test.fullName}`);
      }
    }
    // A setup that fails leaves no test to count. (An error of its own is printed, and sets the exit status.)
    if (failed === 0 && (reason === 'failed' || modules.length === 0)) failed = 1;
    if (skipped.length > 0) console.log(`\nSkipped:\n${skipped.map((name) => `  ${name}`).join('\n')}`);
    console.log(`\n${totals(passed, failed, skipped.length)}`);
    const file = process.env['TEST_SUMMARY_FILE'];
    if (file !== undefined) appendFileSync(file, `${passed} ${failed} ${skipped.length}\n`);
  }
}

function totals(passed: number, failed: number, skipped: number): string {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}
