import type { TestProject } from 'vitest/node';
import { startCluster } from './cluster.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Of the maintenance database of this run's own PostgreSQL. */
    readonly postgresUrl: string;
    /** Its data directory, with the write-ahead log. */
    readonly postgresFolder: string;
  }
}

/** One PostgreSQL for all test files of a run; each file makes databases of its own. */
export const setup = async (project: TestProject): Promise<() => Promise<void>> => {
  const cluster = await startCluster();
  project.provide('postgresUrl', cluster.url);
  project.provide('postgresFolder', cluster.folder);
  return () => cluster.stop();
};
