import { Bench } from 'tinybench';

/** Long enough for thousands of calls, short enough that many rounds fit in. */
const ms = 120;

/** Calls per second at the median latency: a pause of the machine moves it less than a mean. */
export const perSecond = (name: string, work: () => unknown): number => {
  const bench = new Bench({ name, time: ms, warmupTime: ms / 4, retainSamples: true });
  bench.add(name, work);
  const [task] = bench.runSync();
  if (task?.result.state !== 'completed') throw new Error(`${name}: ${task?.result.state}`);
  return 1_000 / task.result.latency.p50;
};
