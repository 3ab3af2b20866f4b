import type { HeaderLines } from '../../../src/signature/headers.ts';

/** One request of the fuzzer: which account of which gateway it is sent to, and what stands in it. */
export interface Input {
  readonly gateway: string;
  /** Index into the accounts of the gateway's subject. */
  readonly account: number;
  readonly headers: HeaderLines;
  readonly body: Uint8Array;
  /** Our clock when it arrives, ms. */
  readonly receivedAt: number;
}

const encoder = new TextEncoder();
const decoder = new TextDecoder();

export const bytesOf = (text: string): Uint8Array => encoder.encode(text);
/** For looking and for editing; what is no UTF-8 becomes U+FFFD. */
export const textIn = (bytes: Uint8Array): string => decoder.decode(bytes);

export const linesOf = ({ headers }: Input, name: string): readonly string[] =>
  headers.flatMap(([line, value]) => (line.toLowerCase() === name.toLowerCase() ? [value] : []));

/** The value of a header that stands there once. */
export const onlyLine = (input: Input, name: string): string | undefined => {
  const lines = linesOf(input, name);
  return lines.length === 1 ? lines[0] : undefined;
};

export const mapHeader = (input: Input, name: string, change: (value: string) => string): Input => ({
  ...input,
  headers: input.headers.map(([line, value]): readonly [string, string] =>
    line.toLowerCase() === name.toLowerCase() ? [line, change(value)] : [line, value],
  ),
});
