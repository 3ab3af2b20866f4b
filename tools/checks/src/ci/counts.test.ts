import { expect, test } from 'vitest';
import { demoCounts, stageCounts, vitestCounts } from './counts.ts';

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

test('a stage that failed or left no report counts a failure', () => {
  expect(stageCounts({ passed: 5, failed: 0 }, 0)).toEqual({ passed: 5, failed: 0 });
  expect(stageCounts({ passed: 5, failed: 0 }, 1)).toEqual({ passed: 5, failed: 1 });
  expect(stageCounts({ passed: 5, failed: 3 }, 1)).toEqual({ passed: 5, failed: 3 });
  expect(stageCounts(undefined, 0)).toEqual({ passed: 0, failed: 1 });
});
