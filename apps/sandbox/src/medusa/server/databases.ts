import pg from 'pg';
import { startPostgres } from '../../chaos/processes/postgres-process.ts';

/** Databases of one PostgreSQL that lives as long as the run. */
export interface Databases {
  /** @param template a database to copy; nobody may be connected to it. @returns postgres://… */
  create(name: string, template?: string): Promise<string>;
  stop(): Promise<void>;
}

const run = async (url: string, text: string): Promise<void> => {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(text);
  } finally {
    await client.end();
  }
};

/** A real PostgreSQL from npm, on a port of its own and without durability: a run loses nothing but itself. */
export const startDatabases = async (): Promise<Databases> => {
  const server = await startPostgres();
  return {
    create: async (name, template) => {
      await run(
        server.url,
        `create database ${name}${template === undefined ? '' : ` template ${template}`}`,
      );
      return new URL(`/${name}`, server.url).href;
    },
    stop: server.stop,
  };
};
