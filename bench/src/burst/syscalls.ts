import { execFile } from 'node:child_process';
import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';

/** Everything that shows the order of request, disk and answer. */
const traced = 'trace=fsync,fdatasync,read,write,writev';

/** The command that a process is started by to have its calls written to `path`. */
export const straceTo = (path: string): readonly string[] => [
  'strace',
  '-f',
  '-y',
  '-s',
  '32',
  '-e',
  traced,
  '-e',
  'signal=none',
  '-o',
  path,
];

export const hasStrace = (): Promise<boolean> =>
  promisify(execFile)('strace', ['-V']).then(
    () => true,
    () => false,
  );

export interface Order {
  /** fsync and fdatasync of the ledger's files. */
  readonly syncs: number;
  readonly acknowledged: number;
  /** Answers 200 without an fsync since their request was read. */
  readonly early: number;
}

const call = /^\d+ +(fsync|fdatasync|read|writev?)\((\d+)<([^>]*)>/;

/** Reads a trace in its order: one thread stores and answers, so a call is over before the next line of that thread. */
export const orderIn = async (path: string): Promise<Order> => {
  const readAt = new Map<string, number>();
  let [syncs, acknowledged, early] = [0, 0, 0];
  for await (const line of createInterface({ input: createReadStream(path) })) {
    const [, name, fd = '', file = ''] = call.exec(line) ?? [];
    if (name === undefined) continue;
    if (name.startsWith('f')) {
      if (/\.db(-wal)?$/.test(file)) syncs += 1;
    } else if (name === 'read' && line.includes('"POST /webhooks/')) readAt.set(fd, syncs);
    else if (line.includes('"HTTP/1.1 200')) {
      acknowledged += 1;
      if (syncs === readAt.get(fd)) early += 1;
    }
  }
  return { syncs, acknowledged, early };
};
