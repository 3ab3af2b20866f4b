import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { constants } from 'node:os';
import { startCluster } from './cluster.ts';

/**
 * Runs a command beside a PostgreSQL of its own: `node with-postgres.ts [--fsync] command …`. In the command's words
 * `{postgres}` stands for the URL of its maintenance database. Ends with the command's exit code.
 */
const main = async (words: readonly string[]): Promise<number> => {
  const fsync = words[0] === '--fsync';
  const [command, ...args] = fsync ? words.slice(1) : words;
  if (command === undefined) throw new Error('no command is given');
  const cluster = await startCluster({ fsync });
  try {
    const child = spawn(
      command === 'node' ? process.execPath : command,
      args.map((arg) => arg.replaceAll('{postgres}', cluster.url)),
      { stdio: 'inherit' },
    );
    // The terminal and CI signal the whole group; the child decides when it has ended, and only then is its database taken away.
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => child.kill(signal));
    const [code, signal]: unknown[] = await once(child, 'exit');
    if (typeof code === 'number') return code;
    return 128 + (constants.signals[String(signal) as NodeJS.Signals] ?? 0);
  } finally {
    await cluster.stop();
  }
};

process.exitCode = await main(process.argv.slice(2));
