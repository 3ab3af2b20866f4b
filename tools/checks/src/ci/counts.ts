import * as z from 'zod';

export type Counts = { readonly passed: number; readonly failed: number };

const count = z.number().int().nonnegative();

const vitestReport = z.object({ numPassedTests: count, numFailedTests: count });

const demoReport = z
  .object({ cells: z.array(z.unknown()).min(1), passed: count, failed: count })
  .refine(({ cells, passed, failed }) => cells.length === passed + failed);

const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

/** The counts of a `vitest --reporter=json` file; undefined when it is none. */
export const vitestCounts = (text: string): Counts | undefined => {
  const report = vitestReport.safeParse(parseJson(text));
  if (!report.success) return undefined;
  return { passed: report.data.numPassedTests, failed: report.data.numFailedTests };
};

/** The counts in the last line that `demo --once --json` prints; undefined when that line is no report. */
export const demoCounts = (output: string): Counts | undefined => {
  const report = demoReport.safeParse(parseJson(output.trimEnd().split('\n').at(-1) ?? ''));
  if (!report.success) return undefined;
  return { passed: report.data.passed, failed: report.data.failed };
};

const suiteStart = /<testsuite\s([^>]*)>/;
const attribute = (tag: string, name: string): unknown =>
  new RegExp(`\\b${name}="(\\d{1,9})"`).exec(tag)?.[1];

const junitSuite = z.object({
  tests: z.coerce.number().int().positive(),
  errors: z.coerce.number().int(),
  failures: z.coerce.number().int(),
  skipped: z.coerce.number().int(),
});

/** The counts of a JUnit file, as `phpunit --log-junit` writes it: its first suite sums up all others. */
export const junitCounts = (text: string): Counts | undefined => {
  const tag = suiteStart.exec(text)?.[1] ?? '';
  const names = ['tests', 'errors', 'failures', 'skipped'] as const;
  const suite = junitSuite.safeParse(Object.fromEntries(names.map((name) => [name, attribute(tag, name)])));
  if (!suite.success) return undefined;
  const { tests, errors, failures, skipped } = suite.data;
  const failed = errors + failures;
  return tests >= failed + skipped ? { passed: tests - failed - skipped, failed } : undefined;
};

/** A stage that failed counts at least one failure, and so does one whose report cannot be read. */
export const stageCounts = (counts: Counts | undefined, exitCode: number): Counts => {
  const { passed, failed } = counts ?? { passed: 0, failed: 1 };
  return { passed, failed: exitCode === 0 ? failed : Math.max(failed, 1) };
};
