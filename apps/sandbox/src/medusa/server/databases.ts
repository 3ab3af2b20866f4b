import pg from 'pg';

/**
 * @param server postgres://… of the maintenance database
 * @param template a database to copy; nobody may be connected to it
 * @returns postgres://… of the new one
 */
export const createDatabase = async (server: string, name: string, template?: string): Promise<string> => {
  const client = new pg.Client({ connectionString: server });
  await client.connect();
  try {
    await client.query(`create database ${name}${template === undefined ? '' : ` template ${template}`}`);
  } finally {
    await client.end();
  }
  return new URL(`/${name}`, server).href;
};
