import { startCluster } from './cluster.ts';

/**
 * A PostgreSQL for a program of another workspace, which cannot import this one's tests: prints one line
 * `{"url","folder"}` and ends when its input does, so it never outlives who started it.
 */
const cluster = await startCluster();
const stop = (): void => {
  cluster.stop().then(
    () => process.exit(0),
    () => process.exit(1),
  );
};
process.stdin.once('end', stop).resume();
process.stdout.write(`${JSON.stringify({ url: cluster.url, folder: cluster.folder })}\n`);
