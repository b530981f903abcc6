import { appendFileSync } from 'node:fs';
import type { SerializedError } from 'vitest';
import type { Reporter, TestModule, TestRunEndReason } from 'vitest/node';

/**
 * Ends the run with what was skipped and what failed, by name, and one line of totals.
 *
 * A hook or a file that fails outside any test counts as one failure: its tests are reported as skipped, and
 * a total that said "0 failed" would be a lie. TEST_SUMMARY_FILE receives "passed failed skipped" for whoever
 * adds several runs together, and below it a line "- …" for each failure: of a long log often only the end is kept.
 */
export class Summary implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandled: readonly SerializedError[], reason: TestRunEndReason): void {
    let passed = 0;
    const failed = unhandled.map((error) => failure('outside any test', error));
    const skipped: string[] = [];
    for (const module of modules) {
      failed.push(...module.errors().map((error) => failure(module.relativeModuleId, error)));
      for (const suite of module.children.allSuites()) {
        failed.push(...suite.errors().map((error) => failure(`${module.relativeModuleId} > ${suite.fullName}`, error)));
      }
      for (const test of module.children.allTests()) {
        const name = `${module.relativeModuleId} > ${test.fullName}`;
        const { state, errors } = test.result();
        if (state === 'passed') passed += 1;
        else if (state === 'failed') failed.push(failure(name, errors[0]));
        else skipped.push(name);
      }
    }
    // A setup that fails leaves no test to count. (An error of its own is printed, and sets the exit status.)
    if (failed.length === 0 && (reason === 'failed' || modules.length === 0)) failed.push('the run: no test was counted');
    if (skipped.length > 0) console.log(`\nSkipped:\n${skipped.map((name) => `  ${name}`).join('\n')}`);
    if (failed.length > 0) console.log(`\nFailed:\n${failed.map((name) => `  ${name}`).join('\n')}`);
    console.log(`\n${totals(passed, failed.length, skipped.length)}`);
    const file = process.env['TEST_SUMMARY_FILE'];
    if (file === undefined) return;
    appendFileSync(file, [`${passed} ${failed.length} ${skipped.length}`, ...failed.map((name) => `- ${name}`), ''].join('\n'));
  }
}

/** What failed, and the first line of why. */
function failure(name: string, error: SerializedError | undefined): string {
  return `${name}: ${(error?.message ?? 'no reason given').split('\n', 1)[0]}`;
}

function totals(passed: number, failed: number, skipped: number): string {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}
