import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';

/** A server in a process of its own: no event loop is shared with whoever measures it. */
export interface ServerProcess {
  readonly pid: number;
  /** Where it listens. */
  readonly url: string;
  /** Resident memory in MB, now. */
  residentMb(): number;
  /** CPU time of all its threads so far, in ms. */
  cpuMs(): number;
  /** Ends it without a warning. */
  kill(): Promise<void>;
  /** Ends it in order. */
  stop(): Promise<void>;
}

export interface ServerOptions {
  /** Below src, such as "burst/bare-server.ts". It says `{url}` when it listens and ends when it is told "stop". */
  readonly module: string;
  readonly env: Readonly<Record<string, string>>;
  /** Its standard output goes into a file here, as an operator's does. */
  readonly folder: string;
  /** What it is started by, such as strace and its options. */
  readonly under?: readonly string[];
}

const ready = z.object({ url: z.string() });

/** `VmRSS` of /proc, which counts in kB. */
export const residentMb = (pid: number): number => {
  const [, kilobytes = '0'] = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  return Number(kilobytes) / 1024;
};

/** `utime` and `stime` of /proc, which counts in hundredths of a second. */
const cpuMs = (pid: number): number => {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  return (Number(fields[11]) + Number(fields[12])) * 10;
};

const untilEnded = async (child: ChildProcess): Promise<void> => {
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
};

const saidByChild = async (child: ChildProcess, module: string): Promise<unknown> => {
  const ended = once(child, 'exit').then(() => {
    throw new Error(`${module} ended before it was ready`);
  });
  const [message] = await Promise.race([once(child, 'message'), ended]);
  return message;
};

export const startServer = async (options: ServerOptions): Promise<ServerProcess> => {
  const { module, env, folder, under = [] } = options;
  const [execPath = process.execPath, ...execArgv] = [...under, process.execPath];
  const log = openSync(join(folder, 'server.log'), 'a');
  const child = fork(join(import.meta.dirname, '..', module), {
    execPath,
    execArgv,
    env: { ...env, PATH: process.env.PATH },
    stdio: ['ignore', log, 'inherit', 'ipc'],
  });
  closeSync(log);
  const { url } = ready.parse(await saidByChild(child, module));
  const pid = child.pid ?? 0;
  return {
    pid,
    url,
    residentMb: () => residentMb(pid),
    cpuMs: () => cpuMs(pid),
    kill: async () => {
      child.kill('SIGKILL');
      await untilEnded(child);
    },
    stop: async () => {
      child.send('stop');
      await untilEnded(child);
    },
  };
};

/** The child's side: says where it listens, and ends in order when it is told to. */
export const serveParent = (url: string, stop: () => Promise<void>): void => {
  process.send?.({ url });
  process.once('message', () => {
    stop().then(
      () => process.exit(0),
      () => process.exit(1),
    );
  });
};
