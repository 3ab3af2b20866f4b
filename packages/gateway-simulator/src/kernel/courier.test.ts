import { afterEach, beforeEach, expect, it } from 'vitest';
import { openReceiver, type Receiver } from '../test-support/receiver.ts';
import { createClock, type KernelClock } from './clock.ts';
import { type Courier, createCourier, type Webhook } from './courier.ts';
import { createFaultBoard, type FaultBoard } from './faults.ts';

let clock: KernelClock;
let faults: FaultBoard;
let courier: Courier;
let receiver: Receiver;

beforeEach(async () => {
  clock = createClock(0);
  faults = createFaultBoard({ impossible: [], routes: () => ['pay'] });
  courier = createCourier({ clock, faults, fetch, timeoutMs: 300 });
  receiver = await openReceiver(200);
});
afterEach(() => receiver[Symbol.asyncDispose]());

const webhook = (body: string, more: Partial<Webhook> = {}): Webhook => ({
  accountId: 'shop',
  paymentId: body,
  event: 'paid',
  target: () => receiver.url,
  seal: () => ({ headers: { 'content-type': 'text/plain' }, body }),
  retryDelaysMs: [1000, 5000],
  acknowledges: (status) => status === 200,
  ...more,
});

const bodies = (): string[] => receiver.received.map(({ body }) => body);
const results = () =>
  courier.deliveries().map(({ at, attempt, status, error }) => [at, attempt, status ?? error]);

it('retries on schedule until it is acknowledged', async () => {
  receiver.answers = [503, 201, 200];
  const outcomes: string[] = [];
  await courier.send(webhook('a', { ended: (outcome) => outcomes.push(outcome) }));
  expect(outcomes).toEqual([]);
  await clock.advance(60_000);
  expect(results()).toEqual([
    [0, 1, 503],
    [1000, 2, 201],
    [6000, 3, 200],
  ]);
  expect(outcomes).toEqual(['delivered']);
});

it('ends exhausted after the last attempt, lost when dropped for good, switched off without a target', async () => {
  const outcomes: string[] = [];
  const ended = (outcome: string): number => outcomes.push(outcome);
  receiver.answers = [500];
  await courier.send(webhook('a', { ended }));
  await clock.advance(60_000);
  faults.add({ kind: 'drop', lost: true });
  await courier.send(webhook('b', { ended }));
  await courier.send(webhook('c', { ended, target: () => null }));
  await clock.advance(60_000);
  expect(outcomes).toEqual(['exhausted', 'lost', 'switched-off']);
  expect(bodies()).toEqual(['a', 'a', 'a']);
});

it('drop loses one attempt, and the retry comes', async () => {
  faults.add({ kind: 'drop' });
  await courier.send(webhook('a'));
  expect(bodies()).toEqual([]);
  await clock.advance(1000);
  expect(results()).toEqual([
    [0, 1, 'dropped'],
    [1000, 2, 200],
  ]);
});

it.each([false, true])('duplicate sends the same bytes again (concurrent: %s)', async (concurrent) => {
  faults.add({ kind: 'duplicate', copies: 2, concurrent });
  await courier.send(webhook('a'));
  expect(bodies()).toEqual(['a', 'a', 'a']);
  expect(results().map(([, attempt]) => attempt)).toEqual([1, 1, 1]);
  await clock.advance(60_000);
  expect(bodies()).toHaveLength(3);
});

it('reorder holds one back until the next was sent', async () => {
  faults.add({ kind: 'reorder' });
  await courier.send(webhook('first'));
  expect(bodies()).toEqual([]);
  await courier.send(webhook('second'));
  expect(bodies()).toEqual(['second', 'first']);
  await clock.advance(120_000);
  expect(bodies()).toHaveLength(2);
});

it('reorder lets it go after a minute when no other comes', async () => {
  faults.add({ kind: 'reorder' });
  await courier.send(webhook('alone'));
  await clock.advance(59_999);
  expect(bodies()).toEqual([]);
  await clock.advance(1);
  expect(bodies()).toEqual(['alone']);
});

it('delay sends later, expiry-race a second after the expiry', async () => {
  faults.add({ kind: 'delay', ms: 2000 });
  await courier.send(webhook('delayed'));
  faults.add({ kind: 'expiry-race' });
  await courier.send(webhook('raced', { expiresAt: 10_000 }));
  await clock.advance(20_000);
  expect(courier.deliveries().map(({ at, paymentId }) => [at, paymentId])).toEqual([
    [2000, 'delayed'],
    [11_000, 'raced'],
  ]);
});

it('hands the spoiling of an attempt to the gateway, once', async () => {
  const seen: unknown[] = [];
  const seal: Webhook['seal'] = (tampering) => {
    seen.push(tampering);
    return { headers: {}, body: '' };
  };
  faults.add({ kind: 'forged-body', fields: { amount: '1' } });
  await courier.send(webhook('a', { seal }));
  await courier.send(webhook('b', { seal }));
  expect(seen).toEqual([{ kind: 'forged-body', fields: { amount: '1' } }, undefined]);
});

it('takes no answer, a refused connection and a foreign address for failures, and sends nothing off the machine', async () => {
  const silent = await import('node:net').then(({ createServer }) => createServer().listen(0, '127.0.0.1'));
  await new Promise((resolve) => silent.once('listening', resolve));
  const address = silent.address();
  const port = typeof address === 'object' ? address?.port : 0;
  for (const url of [`http://127.0.0.1:${port}/`, 'http://127.0.0.1:1/', 'https://shop.example/hook']) {
    await courier.send(webhook('a', { target: () => url, retryDelaysMs: [] }));
  }
  expect(courier.deliveries().map(({ error }) => error)).toEqual([
    'timeout',
    'connection-failed',
    'not-loopback',
  ]);
  silent.close();
});
