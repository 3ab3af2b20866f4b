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

/** A stage that failed counts at least one failure, and so does one whose report cannot be read. */
export const stageCounts = (counts: Counts | undefined, exitCode: number): Counts => {
  const { passed, failed } = counts ?? { passed: 0, failed: 1 };
  return { passed, failed: exitCode === 0 ? failed : Math.max(failed, 1) };
};
