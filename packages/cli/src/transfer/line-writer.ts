import type { Writable } from 'node:stream';

/** Nobody reads the lines any more, or they cannot be stored. */
export class OutputClosed extends Error {}

/**
 * Writes line by line and lets the writer wait for the reader.
 * @returns a function that rejects with OutputClosed, from the first failure on
 */
export const lineWriter = (output: Writable) => {
  // The same failure also comes as an event, which would end the process where nobody listens.
  output.on('error', () => undefined);
  return (line: string): Promise<void> =>
    new Promise((resolve, reject) => {
      output.write(`${line}\n`, (error) => {
        if (error) reject(new OutputClosed(error.message));
        else resolve();
      });
    });
};
