import { expect, test } from 'vitest';
import { demoCounts, junitCounts, stageCounts, vitestCounts } from './counts.ts';

test('a vitest report is counted, anything else is none', () => {
  expect(vitestCounts('{"numPassedTests":7,"numFailedTests":2,"success":false}')).toEqual({
    passed: 7,
    failed: 2,
  });
  for (const text of ['', 'RUN v5', '{}', '{"numPassedTests":"7","numFailedTests":0}'])
    expect(vitestCounts(text)).toBeUndefined();
});

test('only the last line of a demo counts, and only when its numbers add up', () => {
  const last = '{"cells":[{"id":"a"},{"id":"b"}],"passed":1,"failed":1}';
  expect(demoCounts(`> demo\n\nstarting\n${last}\n`)).toEqual({ passed: 1, failed: 1 });
  for (const output of [
    '',
    `${last}\nbye\n`,
    '{"cells":[],"passed":0,"failed":0}',
    '{"cells":[{"id":"a"}],"passed":9,"failed":0}',
    '{"cells":[{"id":"a"}],"passed":2,"failed":-1}',
    '{"passed":1,"failed":0}',
  ])
    expect(demoCounts(output)).toBeUndefined();
});

test('a JUnit report is counted by its first suite, and skipped tests are not passed ones', () => {
  const suite = (attributes: string) =>
    `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites>\n  <testsuite name="all" ${attributes} time="0.1">\n    <testsuite name="one" tests="1" errors="0" failures="0" skipped="0"/>`;
  expect(
    junitCounts(suite('tests="9" assertions="30" errors="1" warnings="0" failures="2" skipped="1"')),
  ).toEqual({
    passed: 5,
    failed: 3,
  });
  for (const text of [
    '',
    '<testsuites/>',
    suite('tests="9" errors="1"'),
    suite('tests="0" errors="0" failures="0" skipped="0"'),
    suite('tests="2" errors="2" failures="2" skipped="0"'),
  ])
    expect(junitCounts(text)).toBeUndefined();
});

test('a stage that failed or left no report counts a failure', () => {
  expect(stageCounts({ passed: 5, failed: 0 }, 0)).toEqual({ passed: 5, failed: 0 });
  expect(stageCounts({ passed: 5, failed: 0 }, 1)).toEqual({ passed: 5, failed: 1 });
  expect(stageCounts({ passed: 5, failed: 3 }, 1)).toEqual({ passed: 5, failed: 3 });
  expect(stageCounts(undefined, 0)).toEqual({ passed: 0, failed: 1 });
});
