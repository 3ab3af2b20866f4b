import type { Figure } from '../report/row.ts';
import { streamFigures } from './stream-figures.ts';

/** (g): shoppers who keep their page open. */
export const streamRows = async (): Promise<readonly Figure[]> => {
  const figures = await streamFigures();
  const { streams, rssBeforeMb, rssAfterMb, cpuSecondsPerMinuteIdle, secondsUntilAllHeard } = figures;
  const name = `${streams.toLocaleString('en')} open status streams`;
  return [
    {
      name: `${name}, resident memory: beside none open`,
      unit: 'MB',
      target: null,
      ours: rssAfterMb,
      other: rssBeforeMb,
    },
    {
      name: `${name}, processor time in a minute without news: beside the minute`,
      unit: 's',
      target: null,
      ours: cpuSecondsPerMinuteIdle,
      other: 60,
    },
    {
      name: `${name}, until all have heard of a change: beside the second between two questions`,
      unit: 's',
      target: null,
      ours: secondsUntilAllHeard,
      other: 1,
    },
  ];
};
