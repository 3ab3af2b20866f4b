import { type DestinationStream, pino } from 'pino';

/** More than a turn of the event loop usually says; what is longer is written at once. */
const room = 16_000;

let shared: (DestinationStream & { flushSync(): void }) | undefined;

const open = (): NonNullable<typeof shared> => {
  const output = pino.destination({ dest: 1, sync: true, minLength: room });
  let due = false;
  const flush = (): void => {
    due = false;
    output.flush();
  };
  process.once('exit', flush);
  return {
    write(line) {
      output.write(line);
      if (due) return;
      due = true;
      setImmediate(flush);
    },
    flushSync: () => output.flushSync(),
  };
};

/**
 * Standard output, written to once in a turn of the event loop: in a burst, a write for each line takes longer than the
 * line. What is said last is written before the process ends, also by an exception; SIGKILL may take that turn's lines.
 */
export const standardOutput = (): DestinationStream => {
  shared ??= open();
  return shared;
};
