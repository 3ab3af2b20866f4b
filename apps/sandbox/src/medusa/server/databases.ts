import pg from 'pg';

/** A connection past the code under test; the caller ends it. */
export const connectTo = async (url: string): Promise<pg.Client> => {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  return client;
};

/**
 * @param server postgres://… of the maintenance database
 * @param template a database to copy; nobody may be connected to it
 * @returns postgres://… of the new one
 */
export const createDatabase = async (server: string, name: string, template?: string): Promise<string> => {
  const client = await connectTo(server);
  try {
    await client.query(`create database ${name}${template === undefined ? '' : ` template ${template}`}`);
  } finally {
    await client.end();
  }
  return new URL(`/${name}`, server).href;
};
