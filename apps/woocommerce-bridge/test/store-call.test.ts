import type { RequestListener } from 'node:http';
import { createHttpClient, createNodeEgress } from '@gatewright/outbound-http';
import type { HttpRequest } from '@gatewright/payment-core';
import { wireSignature } from '@gatewright/storefront-simulator';
import { describe, expect, test } from 'vitest';
import { readShopAnswer, type ShopAnswer } from '../src/storefront/shop-answer.ts';
import { callStore, type ShopConnection, type StoreCaller } from '../src/storefront/store-call.ts';
import { serve } from './support/raw-server.ts';
import { countedBytes } from './support/world.ts';

const clock = { now: () => 1_795_248_830_000 };
const credentials = { consumerKey: `ck_${'a'.repeat(40)}`, consumerSecret: `cs_${'b'.repeat(40)}` };
const signing = { keyId: 'gwk_1', secret: 'the-shared-secret' };

const settle = {
  version: 'wc-gatewright/v1',
  method: 'post',
  endpoint: 'orders/14/settle',
  body: { claim: 'c', note: 'Grüße' },
} as const;

const caller = (sandbox = true): StoreCaller => ({
  clock,
  random: countedBytes('store-call'),
  http: createHttpClient({
    egress: createNodeEgress({ sandbox, timeoutMs: 300, maxBytes: 10_000 }),
    clock,
    random: () => 0.5,
    sleep: async () => undefined,
  }),
});

const answerOf = async (listener: RequestListener): Promise<ShopAnswer> => {
  const url = await serve(listener);
  return readShopAnswer(await callStore(caller(), { url, credentials, signing }, settle));
};

/** The request as it would leave, without sending it. */
const leaving = async (connection: ShopConnection): Promise<HttpRequest> => {
  const sent: HttpRequest[] = [];
  const http: StoreCaller['http'] = async (request) => {
    sent.push(request);
    return { outcome: 'unavailable', reason: 'not-sent' };
  };
  await callStore({ ...caller(), http }, connection, settle);
  const [request] = sent;
  if (!request) throw new Error('nothing was sent');
  return request;
};

const nonceOf = ({ headers: { 'gatewright-nonce': nonce = '' } }: HttpRequest): string => nonce;

describe('a call to a shop', () => {
  test('over https carries Basic authentication and the signature of exactly what is sent', async () => {
    const request = await leaving({ url: 'https://shop.example/blog', credentials, signing });
    expect(request.url).toBe('https://shop.example/blog/wp-json/wc-gatewright/v1/orders/14/settle');
    const basic = Buffer.from(`${credentials.consumerKey}:${credentials.consumerSecret}`).toString('base64');
    expect(request.headers.authorization).toBe(`Basic ${basic}`);
    const signature = wireSignature(signing.secret, {
      timestamp: '1795248830',
      nonce: nonceOf(request),
      method: 'POST',
      target: '/blog/wp-json/wc-gatewright/v1/orders/14/settle',
      body: Buffer.from(request.body ?? ''),
    });
    expect(request.headers).toMatchObject({
      'gatewright-key': signing.keyId,
      'gatewright-timestamp': '1795248830',
      'gatewright-nonce': expect.stringMatching(/^[\w-]{22}$/),
      'gatewright-signature': signature,
      'content-type': 'application/json; charset=utf-8',
    });
    expect(JSON.parse(request.body ?? '')).toEqual(settle.body);
    expect(request.retry).toBe('never');
  });

  test("to WooCommerce's own API is not signed as the bridge", async () => {
    const { headers } = await leaving({ url: 'https://shop.example', credentials });
    expect(Object.keys(headers).filter((name) => name.startsWith('gatewright-'))).toEqual([]);
  });

  test('over http signs with OAuth, and the bridge signature covers that query too', async () => {
    const request = await leaving({ url: 'http://127.0.0.1:8089', credentials, signing });
    const url = new URL(request.url);
    expect(url.searchParams.get('oauth_signature_method')).toBe('HMAC-SHA256');
    expect(request.headers.authorization).toBeUndefined();
    expect(request.url).not.toContain(credentials.consumerSecret);
    const signature = wireSignature(signing.secret, {
      timestamp: '1795248830',
      nonce: nonceOf(request),
      method: 'POST',
      target: `${url.pathname}${url.search}`,
      body: Buffer.from(request.body ?? ''),
    });
    expect(request.headers['gatewright-signature']).toBe(signature);
  });

  test('to a private address, or over http without the switch of a sandbox, does not leave', async () => {
    const blocked = { kind: 'fault', fault: 'shop-address-blocked' };
    for (const [url, sandbox] of [
      ['http://127.0.0.1:9', false],
      ['https://10.0.0.1', true],
      ['http://192.168.1.1', true],
      ['https://169.254.169.254', true],
    ] as const) {
      const outcome = await callStore(caller(sandbox), { url, credentials, signing }, settle);
      expect([url, readShopAnswer(outcome)]).toEqual([url, blocked]);
    }
  });
});

describe("a shop's answer (woocommerce.md 7)", () => {
  test('JSON of any status is an answer', async () => {
    expect(
      await answerOf((_request, response) => {
        response
          .writeHead(409, {
            date: 'Sat, 21 Nov 2026 08:13:46 GMT',
            'content-type': 'application/problem+json',
          })
          .end('{"code":"refunded"}');
      }),
    ).toEqual({
      kind: 'answered',
      status: 409,
      body: { code: 'refunded' },
      clock: Date.UTC(2026, 10, 21, 8, 13, 46),
    });
  });

  test.each<[string, RequestListener, string]>([
    ['a maintenance page with 200', (_, response) => response.end('<html>Back soon</html>'), 'not-json'],
    ['an empty 200', (_, response) => response.end(), 'not-json'],
    ['a firewall page with 403', (_, response) => response.writeHead(403).end('<html>'), 'not-json'],
    ['a password of the web server', (_, response) => response.writeHead(401).end('<html>'), 'not-json'],
    [
      'an order that is being written',
      (_, response) => response.writeHead(503).end('{"code":"busy"}'),
      'order-busy',
    ],
    [
      'a shop that cannot store',
      (_, response) => response.writeHead(503).end('{"code":"not_stored"}'),
      'shop-error',
    ],
    ['a refused key', (_, response) => response.writeHead(401).end('{"code":"x"}'), 'unauthorized'],
    ['no plugin', (_, response) => response.writeHead(404).end('{"code":"rest_no_route"}'), 'route-missing'],
    ['a PHP error', (_, response) => response.writeHead(500).end('Fatal error'), 'shop-error'],
    ['too many requests', (_, response) => response.writeHead(429).end('{}'), 'shop-busy'],
    ['silence', () => undefined, 'shop-timeout'],
    ['a broken connection', (request) => request.socket.destroy(), 'shop-timeout'],
    ['an endless page', (_, response) => response.end('x'.repeat(20_000)), 'shop-timeout'],
  ])('%s is no answer: %s', async (_name, listener, fault) => {
    expect(await answerOf(listener)).toMatchObject({ kind: 'fault', fault });
  });

  test('a redirect is not followed, so a POST never becomes a GET that succeeds', async () => {
    const seen: (string | undefined)[] = [];
    const answer = await answerOf((request, response) => {
      seen.push(request.method);
      response.writeHead(301, { location: `http://${request.headers.host}/elsewhere` }).end();
    });
    expect(answer).toEqual({ kind: 'fault', fault: 'redirected' });
    expect(seen).toEqual(['POST']);
  });

  test('nobody listening is unreachable', async () => {
    const url = await serve(() => undefined);
    const port = Number(new URL(url).port);
    const outcome = await callStore(
      caller(),
      { url: `http://127.0.0.2:${port}`, credentials, signing },
      settle,
    );
    expect(readShopAnswer(outcome)).toEqual({ kind: 'fault', fault: 'shop-unreachable' });
  });
});
