import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import { openLedger, parseKeyRing } from '@gatewright/payment-ledger';
import { afterEach, beforeEach, expect } from 'vitest';
import { readEnvironment } from '../env.ts';
import { runCli } from '../run-cli.ts';

export const now = Date.UTC(2026, 5, 1, 12);
export const keys = `k1:${Buffer.alloc(32, 7).toString('base64')}`;
export const cryptoPayConfig = { token: '12345:AAbbCCddEEffGGhhIIjjKKllMMnnOOppQQr', testnet: true };

const collected = () => {
  const stream = new PassThrough();
  const chunks: Buffer[] = [];
  stream.on('data', (chunk: Buffer) => chunks.push(chunk));
  return { stream, text: () => Buffer.concat(chunks).toString() };
};

/** A command line with a ledger of its own for every test, in a folder that goes away again. */
export const commandLine = () => {
  const place = { folder: '', drawn: 0, now };
  beforeEach(async () => {
    place.folder = await mkdtemp(join(tmpdir(), 'gatewright-cli-'));
    place.drawn = 0;
    place.now = now;
  });
  afterEach(async () => {
    await rm(place.folder, { recursive: true });
  });

  const random = (count: number): Uint8Array => {
    place.drawn += 1;
    return Buffer.alloc(count, place.drawn);
  };
  const file = (name: string): string => join(place.folder, name);
  const url = (): string => `sqlite:${file('ledger.db')}`;

  /** `input` is standard input; the others are environment variables. */
  const gatewright = async (
    args: readonly string[],
    { input = '', ...variables }: Readonly<Record<string, string>> = {},
  ) => {
    const [output, errors] = [collected(), collected()];
    const code = await runCli(args, {
      input: Readable.from([Buffer.from(input)]),
      output: output.stream,
      errors: errors.stream,
      environment: readEnvironment({ DATABASE_URL: url(), GATEWRIGHT_KEYS: keys, ...variables }),
      clock: { now: () => place.now },
      random,
    });
    return { code, out: output.text(), err: errors.text(), lines: output.text().split('\n').slice(0, -1) };
  };

  const addStore = async (mode = 'test', address = 'https://shop.example/'): Promise<string> => {
    const added = await gatewright(['store', 'add', '--name', 'Shop', '--url', address, '--mode', mode]);
    expect(added).toMatchObject({ code: 0 });
    return added.out.trim();
  };

  const addAccount = (store: string, config: unknown = cryptoPayConfig) =>
    gatewright(['account', 'add', '--store', store, '--gateway', 'crypto-pay'], {
      input: JSON.stringify(config),
    });

  /** The same ledger without the command line. */
  const openVault = async (at = now, db = url()) => {
    const ring = parseKeyRing(keys);
    if (!ring.ok) throw new Error(ring.message);
    const opened = await openLedger(db, { clock: { now: () => at }, random, keys: ring.ring });
    if (!opened.ok) throw new Error(opened.message);
    return opened;
  };

  /** What time it is for the commands from now on, in this test. */
  const setTime = (ms: number): void => {
    place.now = ms;
  };

  return { gatewright, addStore, addAccount, openVault, setTime, file, random };
};
