import { once } from 'node:events';
import { get, type IncomingMessage } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { orderKeySchema } from '@gatewright/payment-core';
import { describe, expect, onTestFinished, test } from 'vitest';
import { openAccount } from './support/accounts.ts';
import { cryptoPayOf } from './support/crypto-pay.ts';
import { sendRaw } from './support/raw-http.ts';
import { openShop, type Shop, startWorld, type World } from './support/world.ts';

interface Scene extends World, Shop {
  readonly orderId: number;
  readonly address: string;
}

const waiting = async (): Promise<Scene> => {
  const world = await startWorld();
  const shop = await openShop(world, { name: 'Tea & <b>Co</b>' });
  await openAccount(world, shop.store, 'crypto-pay');
  const { id: orderId } = await shop.woo.shopper.placeOrder({ total: '49.90' });
  const { redirectUrl: address } = await shop.woo.shopper.pay(orderId);
  return { ...world, ...shop, orderId, address };
};

interface Stream {
  readonly response: IncomingMessage;
  /** Everything so far. */
  readonly said: () => string;
  until(text: string): Promise<void>;
}

const listen = async (address: string, from = '203.0.113.7'): Promise<Stream> => {
  const request = get(`${address}/events?lang=en`, { agent: false, headers: { 'x-forwarded-for': from } });
  request.on('error', () => undefined);
  onTestFinished(() => void request.destroy());
  const [response] = (await once(request, 'response')) as [IncomingMessage]; // what node:http documents for it
  let text = '';
  response.setEncoding('utf8').on('data', (part: string) => {
    text += part;
  });
  response.on('error', () => undefined);
  const until = async (wanted: string): Promise<void> => {
    while (!text.includes(wanted)) await wait(20);
  };
  return { response, said: () => text, until };
};

describe('the stream of a page', () => {
  test('tells what the webhook changed, and ends with what is final', async () => {
    const scene = await waiting();
    const stream = await listen(scene.address);
    await stream.until('event: status');
    expect(stream.said()).toContain('Pay with Crypto Pay');
    const ended = once(stream.response, 'end');
    const cryptoPay = cryptoPayOf(scene);
    await cryptoPay.shopper.pay(cryptoPay.payments()[0]?.id ?? '');
    await scene.bridge.work();
    await stream.until('Paid. Thank you!');
    await ended;
  });

  test('is given back by whoever leaves, and only so many are open for one address', async () => {
    const scene = await waiting();
    const all = await Promise.all(Array.from({ length: 100 }, () => listen(scene.address)));
    expect((await listen(scene.address)).response.statusCode).toBe(503);
    expect((await listen(scene.address, '198.51.100.1')).response.statusCode).toBe(200);
    all[0]?.response.destroy();
    let again = await listen(scene.address);
    while (again.response.statusCode === 503) {
      await wait(20);
      again = await listen(scene.address);
    }
    expect(again.response.statusCode).toBe(200);
  });

  test('does not hold the bridge up when it stops', async () => {
    const scene = await waiting();
    const stream = await listen(scene.address);
    await stream.until('event: status');
    const ended = once(stream.response, 'end');
    await scene.bridge.stop();
    await ended;
  });
});

describe('the address of a page', () => {
  test('shows what a shop wrote as text, in the language of the order', async () => {
    const scene = await waiting();
    const html = await (await fetch(scene.address, { headers: { 'accept-language': 'de' } })).text();
    expect(html).toContain('Tea &amp; &lt;b&gt;Co&lt;/b&gt;');
    expect(html).not.toContain('<b>Co</b>');
    expect(html).toContain('<html lang="en"');
    const german = await (await fetch(`${scene.address}?lang=de`)).text();
    expect(german).toContain('<html lang="de"');
  });

  test("has the look of the store's settings; one that cannot be read is left out", async () => {
    const scene = await waiting();
    const theme = async (): Promise<string> => {
      const html = await (await fetch(scene.address)).text();
      const sheets = [...html.matchAll(/href="(\/pay\/assets\/[^"]+\.css)"/g)].map(([, path = '']) => path);
      const files = sheets.map(async (path) => (await fetch(`${scene.bridge.publicUrl}${path}`)).text());
      return (await Promise.all(files)).join('\n');
    };
    expect(await theme()).not.toContain('#aa0055');
    await scene.bridge.vault.setSettings(scene.store, { look: { accent: '#aa0055' } });
    expect(await theme()).toContain('#aa0055');
    await scene.bridge.vault.setSettings(scene.store, { look: { accent: 'red; background: url(//evil)' } });
    expect(await theme()).not.toContain('evil');
    expect((await fetch(scene.address)).status).toBe(200);
  });

  test('of a store of another platform is not shown here', async () => {
    const scene = await waiting();
    const added = await scene.bridge.vault.addStore({
      name: 'Other',
      mode: 'test',
      platform: 'shopify',
      url: 'https://other.example',
    });
    if (!added.ok) throw new Error(added.reason);
    const id = new URL(scene.address).pathname.split('/').at(-1) ?? '';
    await scene.bridge.ports.ledger.transact(async (tx) => {
      const [page] = await tx.pages.ofOrder(scene.store, orderKeySchema.parse(String(scene.orderId)));
      if (page?.id === id) await tx.pages.update({ ...page, store: added.store.id });
    });
    const foreign = await fetch(scene.address);
    const unknown = await fetch(`${scene.bridge.publicUrl}/pay/${'x'.repeat(22)}`);
    expect([foreign.status, await foreign.text()]).toEqual([404, await unknown.text()]);
  });

  test.each([
    ['named in TRUSTED_PROXIES', { TRUSTED_PROXIES: '203.0.113.0/24' }, 404],
    ['that nobody named', {}, 429],
  ])('behind a CDN %s: another shopper than the one who asks too much', async (_which, env, answer) => {
    const { bridge } = await startWorld({ env });
    const ask = async (shopper: string): Promise<number> => {
      const headers = { 'x-forwarded-for': `${shopper}, 203.0.113.7` };
      return (await fetch(`${bridge.publicUrl}/pay/${'x'.repeat(22)}`, { headers })).status;
    };
    let last = 404;
    for (let asked = 0; asked < 100 && last === 404; asked += 1) last = await ask('198.51.100.1');
    expect(last).toBe(429);
    expect(await ask('198.51.100.2')).toBe(answer);
  });

  test('that is malformed is the page of an unknown one, byte for byte', async () => {
    const world = await startWorld();
    const ask = (target: string) =>
      sendRaw(world.bridge.publicUrl, `GET ${target} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`);
    const unknown = await ask(`/pay/${'x'.repeat(22)}`);
    expect([unknown.status, unknown.body.includes('This page does not exist')]).toEqual([404, true]);
    for (const target of [
      '/pay/',
      '/pay/%zz',
      '/pay/%ff%fe',
      '/pay/%00',
      '/pay/a%2fb',
      `/pay/${'a'.repeat(4_000)}`,
      '/pay/a/b/c/d',
      '/pay/assets/..%2f..%2fpackage.json',
      '/pay/a?lang=javascript:alert(1)',
      `/pay/a?${'lang=xx&'.repeat(500)}`,
      'http://evil.example/pay/a',
    ])
      expect([target, await ask(target)]).toEqual([target, unknown]);
    expect(world.log()).not.toContain('pay page failed');
  });

  test.each<[string, string]>([
    ['a way out', 'GET /pay/../../etc/passwd HTTP/1.1'],
    ['a way out, escaped', 'GET /pay/%2e%2e%2f%2e%2e%2fetc HTTP/1.1'],
    ['a method nobody knows', 'PROPFIND /pay/a HTTP/1.1'],
    ['a method that is not taken', 'DELETE /pay/a HTTP/1.1'],
    ['no method', 'pay /pay/a HTTP/1.1'],
  ])('with %s is refused', async (_, line) => {
    const world = await startWorld();
    const answer = await sendRaw(world.bridge.publicUrl, `${line}\r\nHost: x\r\nConnection: close\r\n\r\n`);
    expect([400, 404, 405]).toContain(answer.status);
    expect(world.log()).not.toContain('pay page failed');
  });
});
