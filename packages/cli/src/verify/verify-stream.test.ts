import { Readable, Writable } from 'node:stream';
import { gatewayById, type RegisteredGateway } from '@gatewright/payment-core';
import { describe, expect, it } from 'vitest';
import { lineOf } from './signed-line.fixture.ts';
import { verifyStream } from './verify-stream.ts';

const collect = () => {
  const chunks: Buffer[] = [];
  const output = new Writable({
    highWaterMark: 16,
    write(chunk: Buffer, _encoding, next) {
      chunks.push(chunk);
      setImmediate(next);
    },
  });
  const answers = () =>
    Buffer.concat(chunks)
      .toString()
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line));
  return { output, answers, text: () => Buffer.concat(chunks).toString() };
};

const verify = async (input: string, gatewayOf?: (id: string) => RegisteredGateway | undefined) => {
  const { output, answers, text } = collect();
  const bugs = await verifyStream(Readable.from([Buffer.from(input)]), output, gatewayOf);
  return { answers: answers(), text: text(), bugs };
};

describe('verifyStream', () => {
  it('answers every line in order, whatever stands in between', async () => {
    const lines = [
      lineOf('crypto-pay', { id: 1 }),
      'nonsense',
      '',
      ' \t',
      lineOf('gatenoc', { id: 3 }),
      '{"id":4}',
    ];
    const { answers } = await verify(lines.join('\n'));
    expect(answers.map(({ id, verdict }) => [id, verdict])).toEqual([
      [1, 'accept'],
      [null, 'reject'],
      [3, 'accept'],
      [4, 'reject'],
    ]);
  });

  it('writes exactly one line of JSON with a line feed for each', async () => {
    const { text } = await verify(`${lineOf('teleport-pay')}\r\nx`);
    expect(text.match(/\n/g)).toHaveLength(2);
    expect(text.endsWith('\n')).toBe(true);
  });

  it('gives the keys that were promised', async () => {
    const { answers } = await verify(`${lineOf('teleport-pay')}\nx\n`);
    expect(answers.map((answer) => Object.keys(answer))).toEqual([
      ['id', 'verdict', 'reason', 'layer', 'facts', 'dedupeKey', 'redactedHeaders'],
      ['id', 'verdict', 'reason', 'layer', 'redactedHeaders'],
    ]);
  });

  it.each(['12345678901234567890', '1.10', '"1"', 'null', '{"a":[1e400]}', 'true'])(
    'gives the id %s back as it was',
    async (id) => {
      const { text } = await verify(lineOf('gatenoc', { id: 0 }).replace('"id":0', `"id":${id}`));
      expect(text).toContain(`{"id":${id},"verdict":"accept"`);
    },
  );

  it('passes over a byte order mark at the beginning of the input, and only there', async () => {
    const line = lineOf('crypto-pay');
    const { answers } = await verify(`\ufeff${line}\n\ufeff${line}\n`);
    expect(answers.map(({ reason }) => reason)).toEqual(['accepted', 'line-bom']);
  });

  it('answers a line that is longer than any webhook, and the next one', async () => {
    const { output, answers } = collect();
    const piece = Buffer.alloc(1_048_576, 0x61);
    const input = Readable.from(
      (function* () {
        for (let count = 0; count < 65; count += 1) yield piece;
        yield Buffer.from(`\n${lineOf('crypto-pay')}`);
      })(),
    );
    await verifyStream(input, output);
    expect(answers().map(({ layer, reason }) => [layer, reason])).toEqual([
      ['transport', 'line-too-long'],
      [null, 'accepted'],
    ]);
  });

  it('reads on only as fast as its answers are taken', async () => {
    let given = 0;
    const input = Readable.from(
      (function* () {
        for (; given < 2_000; given += 1) yield Buffer.from(`${lineOf('crypto-pay')}\n`);
      })(),
    );
    let take: (() => void) | undefined;
    const output = new Writable({
      highWaterMark: 1,
      write(_chunk, _encoding, next) {
        take = next;
      },
    });
    const running = verifyStream(input, output);
    for (let turn = 0; turn < 200; turn += 1) await new Promise(setImmediate);
    expect(take).toBeDefined();
    expect(given).toBeLessThan(200);
    output.destroy();
    await expect(running).rejects.toThrow();
  });

  it('a mistake of ours in one line leaves the others answered, and is counted', async () => {
    const broken = (id: string): RegisteredGateway | undefined => {
      const gateway = gatewayById(id);
      return gateway && id === 'gatenoc'
        ? {
            ...gateway,
            receiveWebhook: () => {
              throw new Error('planted');
            },
          }
        : gateway;
    };
    const { answers, bugs } = await verify(`${lineOf('gatenoc')}\n${lineOf('crypto-pay')}`, broken);
    expect(answers).toMatchObject([
      { id: 'gatenoc 1', verdict: 'reject', reason: 'internal-error' },
      { verdict: 'accept' },
    ]);
    expect(bugs).toBe(1);
  });
});
