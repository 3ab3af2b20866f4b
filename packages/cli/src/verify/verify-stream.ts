import type { Readable, Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { gatewayById, type RegisteredGateway } from '@gatewright/payment-core';
import { type InputLine, splitLines } from '../lines.ts';
import { type Answer, printAnswer } from './answer.ts';
import { answerLine } from './verify-line.ts';
import { type LineReading, readWebhookLine, tooLongLine } from './webhook-line.ts';

/** Far above the largest webhook a gateway may send (1 MiB, which base64 makes 1.4 MiB). */
const longestLine = 64 * 1_048_576;

const BOM = [0xef, 0xbb, 0xbf];

/** Some editors put a byte order mark in front of a file; inside a webhook's body it is refused. */
const withoutBom = (line: Uint8Array): Uint8Array =>
  BOM.every((byte, at) => line[at] === byte) ? line.subarray(BOM.length) : line;

const internalError = (reading: LineReading): Answer => ({
  id: reading.ok ? reading.line.id : reading.id,
  verdict: 'reject',
  reason: 'internal-error',
  layer: 'config',
  redactedHeaders: {},
});

const isBlank = (line: Uint8Array): boolean => line.every((byte) => byte === 0x20 || byte === 0x09);

/**
 * Answers every line of `input` with one line on `output`, in order; blank lines are passed over. One line is in
 * memory at a time, and reading waits for the writer.
 * @returns how many lines met a bug of ours: they are answered with `internal-error`, and the next ones as usual
 * @throws what the streams throw, such as EPIPE when nobody reads the answers any more
 */
export const verifyStream = async (
  input: Readable,
  output: Writable,
  gatewayOf: (id: string) => RegisteredGateway | undefined = gatewayById,
): Promise<number> => {
  let bugs = 0;
  const answered = (line: InputLine): string => {
    const reading = line === undefined ? tooLongLine : readWebhookLine(line);
    try {
      return printAnswer(answerLine(reading, gatewayOf));
    } catch {
      bugs += 1;
      return printAnswer(internalError(reading));
    }
  };
  await pipeline(
    input,
    async function* (chunks: AsyncIterable<Uint8Array>) {
      let first = true;
      for await (const raw of splitLines(chunks, longestLine)) {
        const line = first && raw !== undefined ? withoutBom(raw) : raw;
        first = false;
        if (line !== undefined && isBlank(line)) continue;
        yield `${answered(line)}\n`;
      }
    },
    output,
    { end: false },
  );
  return bugs;
};
