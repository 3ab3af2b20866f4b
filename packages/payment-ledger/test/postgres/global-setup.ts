import pg from 'pg';
import type { TestProject } from 'vitest/node';
import { startCluster } from './cluster.ts';

/** Of workspaces that have no driver of their own, one each. */
const databases = ['bridge', 'shops', 'cli', 'cli_target', 'shopify'] as const;

declare module 'vitest' {
  interface ProvidedContext {
    /** Of the maintenance database of this run's own PostgreSQL. */
    readonly postgresUrl: string;
    /** Its data directory, with the write-ahead log. */
    readonly postgresFolder: string;
    /** Of databases that are empty when the run begins. */
    readonly postgresDatabases: Readonly<Record<(typeof databases)[number], string>>;
  }
}

const makeDatabases = async (server: string): Promise<Record<string, string>> => {
  const client = new pg.Client({ connectionString: server });
  await client.connect();
  try {
    for (const name of databases) await client.query(`create database ${name}`);
  } finally {
    await client.end();
  }
  return Object.fromEntries(databases.map((name) => [name, new URL(`/${name}`, server).href]));
};

/** One PostgreSQL for all test files of a run; each file has databases of its own. */
export const setup = async (project: TestProject): Promise<() => Promise<void>> => {
  const cluster = await startCluster();
  const {
    bridge = '',
    shops = '',
    cli = '',
    cli_target = '',
    shopify = '',
  } = await makeDatabases(cluster.url);
  project.provide('postgresUrl', cluster.url);
  project.provide('postgresFolder', cluster.folder);
  project.provide('postgresDatabases', { bridge, shops, cli, cli_target, shopify });
  return () => cluster.stop();
};
