import { gzipSync } from 'node:zlib';
import { type Account, webhookBodyLimit } from '@gatewright/payment-core';
import { describe, expect, test } from 'vitest';
import { cryptoPaySignature, openAccount, paidUpdate } from './support/accounts.ts';
import { everything } from './support/ledger-file.ts';
import { type HeaderLine, rawPost, sendRaw } from './support/raw-http.ts';
import { openShop, startWorld, type World } from './support/world.ts';

interface Scene extends World {
  readonly account: Account;
  readonly orderId: number;
  readonly status: () => string | undefined;
  readonly path: string;
  /** A genuine "paid" of the open invoice that nobody has sent yet. */
  readonly update: string;
}

const SIGNATURE = 'crypto-pay-api-signature';

const openInvoice = async (): Promise<Scene> => {
  const world = await startWorld();
  const { woo, store } = await openShop(world);
  const account = await openAccount(world, store, 'crypto-pay');
  const { id: orderId } = await woo.shopper.placeOrder({ total: '49.90' });
  await woo.shopper.pay(orderId);
  const [payment] = world.simulators.gateways['crypto-pay'].payments();
  return {
    ...world,
    account,
    orderId,
    status: () => woo.orders(orderId)?.status,
    path: `/webhooks/crypto-pay/${account.id}`,
    update: paidUpdate(payment?.id ?? '', payment?.reference ?? ''),
  };
};

const signed = (scene: Scene, body: string | Uint8Array): HeaderLine => [
  SIGNATURE,
  cryptoPaySignature(scene.account, body),
];

const post = async (
  scene: Scene,
  headers: readonly HeaderLine[],
  body: string | Uint8Array,
  path = scene.path,
) => {
  const { status, body: text } = await sendRaw(scene.bridge.publicUrl, rawPost(path, headers, body));
  const answer: unknown = JSON.parse(text);
  return { status, answer };
};

const refusal = (status: number, reason: string) => ({ status, answer: { ok: false, reason } });

/** Sends something and proves that nothing of it is left behind. */
const expectRefused = async (
  scene: Scene,
  expected: ReturnType<typeof refusal>,
  ...request: [headers: readonly HeaderLine[], body: string | Uint8Array, path?: string]
): Promise<void> => {
  const before = everything(scene);
  expect(await post(scene, ...request)).toEqual(expected);
  await scene.bridge.work();
  expect(everything(scene)).toEqual(before);
  expect(scene.status()).toBe('pending');
};

describe('a webhook that is not genuine', () => {
  test('is refused by the shape and number of its signature, and changes nothing', async () => {
    const scene = await openInvoice();
    const { update } = scene;
    const value = cryptoPaySignature(scene.account, update);
    const line = (text: string): HeaderLine[] => [[SIGNATURE, text]];
    const malformed = refusal(401, 'signature-malformed');
    await expectRefused(scene, refusal(401, 'signature-missing'), [], update);
    await expectRefused(scene, refusal(401, 'signature-repeated'), [...line(value), ...line(value)], update);
    await expectRefused(scene, refusal(401, 'signature-repeated'), [...line('0'), ...line(value)], update);
    await expectRefused(scene, malformed, line(`${value}, ${value}`), update);
    await expectRefused(scene, malformed, line(`${value},`), update);
    await expectRefused(scene, malformed, line(''), update);
    await expectRefused(scene, malformed, line(value.slice(0, 62)), update);
    await expectRefused(scene, malformed, line(`${value}00`), update);
    await expectRefused(scene, malformed, line('z'.repeat(64)), update);
    await expectRefused(scene, malformed, line(`0x${value.slice(2)}`), update);
    await expectRefused(scene, malformed, line('é'.repeat(64)), update);
    await expectRefused(scene, refusal(401, 'signature-mismatch'), line('0'.repeat(64)), update);
  });

  test('is refused when its bytes are others than those that were signed', async () => {
    const scene = await openInvoice();
    const { update } = scene;
    const mismatch = refusal(401, 'signature-mismatch');
    await expectRefused(scene, mismatch, [signed(scene, update)], update.replace('49.90', '4990'));
    await expectRefused(scene, mismatch, [signed(scene, update)], `${update} `);
    await expectRefused(scene, mismatch, [signed(scene, update)], '');
    await expectRefused(
      scene,
      mismatch,
      [signed(scene, update), ['content-encoding', 'gzip']],
      gzipSync(update),
    );
  });

  test('is refused for an account, gateway or address that is not there', async () => {
    const scene = await openInvoice();
    const { update, account } = scene;
    const headers = [signed(scene, update)];
    const unknown = refusal(404, 'account-unknown');
    await expectRefused(scene, unknown, headers, update, `/webhooks/crypto-pay/${account.id}x`);
    await expectRefused(scene, unknown, headers, update, `/webhooks/teleport-pay/${account.id}`);
    await expectRefused(scene, unknown, headers, update, `/webhooks/constructor/${account.id}`);
    await expectRefused(scene, unknown, headers, update, `/webhooks/crypto-pay/${'a'.repeat(200)}`);
    await expectRefused(scene, unknown, headers, update, '/webhooks/crypto-pay/%00%0a');
    const before = everything(scene);
    for (const path of [`/webhooks/crypto-pay/${'a'.repeat(5_000)}`, '/webhooks/%zz/x', '/webhooks', '//']) {
      const { status } = await post(scene, headers, update, path);
      expect(status).toBeGreaterThanOrEqual(400);
      expect(status).toBeLessThan(500);
    }
    expect(everything(scene)).toEqual(before);
  });
});

describe('a genuine webhook that is not well-formed', () => {
  test('is refused with 400 and a reason, and changes nothing', async () => {
    const scene = await openInvoice();
    const cases: [string | Uint8Array, string][] = [
      ['', 'not-json'],
      ['{', 'not-json'],
      ['"text"', 'not-an-update'],
      ['null', 'not-an-update'],
      ['[]', 'not-an-update'],
      ['{"update_type":1}', 'not-an-update'],
      ['{"update_type":"invoice_paid"}', 'not-an-invoice'],
      ['{"update_type":"invoice_paid","payload":{"invoice_id":"1e3"}}', 'not-an-invoice'],
      ['{"update_type":"invoice_paid","update_type":"x"}', 'duplicate-key'],
      [`\ufeff${scene.update}`, 'bom'],
      [Buffer.from([0x7b, 0xff, 0x7d]), 'not-utf8'],
      [`${'['.repeat(100_000)}${']'.repeat(100_000)}`, 'too-deep'],
    ];
    for (const [body, reason] of cases) {
      await expectRefused(scene, refusal(400, reason), [signed(scene, body)], body);
    }
  });

  test('is refused with 413 at one byte above 1 MiB, told or not told in advance', async () => {
    const scene = await openInvoice();
    const atLimit = scene.update.padEnd(webhookBodyLimit, ' ');
    const above = `${atLimit} `;
    const tooLarge = refusal(413, 'body-too-large');
    await expectRefused(scene, tooLarge, [signed(scene, above)], above);
    await expectRefused(scene, tooLarge, [], above.padEnd(3 * webhookBodyLimit, ' '));
    const declared: HeaderLine[] = [['content-length', String(2 ** 40)]];
    await expectRefused(scene, tooLarge, declared, '{}');
    const size = above.length.toString(16);
    const chunked: HeaderLine[] = [signed(scene, above), ['transfer-encoding', 'chunked']];
    await expectRefused(scene, tooLarge, chunked, `${size}\r\n${above}\r\n0\r\n\r\n`);
    expect(await post(scene, [signed(scene, atLimit)], atLimit)).toMatchObject({ status: 200 });
  });

  test('HTTP that is none is answered 4xx, or its connection is closed', async () => {
    const scene = await openInvoice();
    const before = everything(scene);
    const { publicUrl } = scene.bridge;
    for (const bytes of [
      'nonsense\r\n\r\n',
      `POST ${scene.path} HTTP/1.1\r\nHost: a\r\nContent-Length: x\r\n\r\n`,
      `POST ${scene.path} HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`,
      `POST ${scene.path} HTTP/1.1\r\nHost: a\r\n${SIGNATURE}: a\u0000b\r\n\r\n`,
      `POST ${scene.path} HTTP/1.1\r\nHost: a\r\nX: ${'y'.repeat(100_000)}\r\n\r\n`,
    ]) {
      const { status } = await sendRaw(publicUrl, bytes);
      expect(status).toBeGreaterThanOrEqual(400);
      expect(status).toBeLessThan(500);
    }
    expect(everything(scene)).toEqual(before);
  });
});

describe('a genuine webhook', () => {
  test.each<[string, HeaderLine[]]>([
    ['no content type', []],
    ['another content type', [['content-type', 'text/plain']]],
    ['a content type that is none', [['content-type', ';;;=']]],
    [
      'two content types',
      [
        ['content-type', 'application/json'],
        ['content-type', 'text/html'],
      ],
    ],
    ['a form', [['content-type', 'application/x-www-form-urlencoded']]],
  ])('is taken with %s, because the signature covers the bytes', async (_name, headers) => {
    const scene = await openInvoice();
    const answer = await post(scene, [signed(scene, scene.update), ...headers], scene.update);
    expect(answer).toEqual({ status: 200, answer: { ok: true, reason: 'accepted' } });
  });

  test('is taken in chunks, and in upper-case hexadecimal', async () => {
    const scene = await openInvoice();
    const { update } = scene;
    const [half, rest] = [update.slice(0, 10), update.slice(10)];
    const chunks = `a\r\n${half}\r\n${rest.length.toString(16)}\r\n${rest}\r\n0\r\n\r\n`;
    const upper: HeaderLine = [SIGNATURE, cryptoPaySignature(scene.account, update).toUpperCase()];
    const answer = await post(scene, [upper, ['transfer-encoding', 'chunked']], chunks);
    expect(answer).toMatchObject({ status: 200 });
  });

  test('that is not ours is acknowledged and reviewed, and touches no order', async () => {
    const scene = await openInvoice();
    const foreign = paidUpdate('987654321', 'another-systems-payload');
    expect(await post(scene, [signed(scene, foreign)], foreign)).toMatchObject({ status: 200 });
    await scene.bridge.work();
    expect(scene.status()).toBe('pending');
    const reviews = await scene.bridge.ports.ledger.transact((tx) =>
      tx.reviews.page(scene.account.store, { state: 'open', limit: 100 }),
    );
    expect(reviews.map(({ kind }) => kind)).toEqual(['unmatched']);
  });

  test('of a kind that says nothing about a payment is acknowledged', async () => {
    const scene = await openInvoice();
    const body = '{"update_type":"check_activated","payload":{}}';
    const answer = await post(scene, [signed(scene, body)], body);
    expect(answer).toEqual({ status: 200, answer: { ok: true, reason: 'ignored' } });
  });
});
