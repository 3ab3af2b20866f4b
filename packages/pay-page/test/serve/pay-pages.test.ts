import { newInvoiceId, newPageId, storeIdSchema } from '@gatewright/payment-core';
import { expect, test } from 'vitest';
import { headingOf, openShop, type Shop } from './support/shop.ts';

const chosen = async (shop: Shop): Promise<string> => {
  const { id } = await shop.open();
  await shop.post(`/pay/${id}/choose`, { account: 'account-test' });
  return id;
};

const attempts = async ({ ledger }: Shop) => [...ledger.snapshot().invoices.values()];

const headersOf = (response: Response) => [...response.headers].filter(([name]) => name !== 'date');

test('looking at a page makes nothing, however often; a choice makes one attempt and leads back to the page', async () => {
  const shop = openShop();
  const { id } = await shop.open();
  for (let look = 0; look < 3; look += 1) {
    const page = await shop.get(`/pay/${id}`);
    expect([page.status, headingOf(await page.text())]).toEqual([200, 'How would you like to pay?']);
  }
  expect(await attempts(shop)).toEqual([]);
  for (let click = 0; click < 2; click += 1) {
    const answer = await shop.post(`/pay/${id}/choose?lang=de`, { account: 'account-test', method: '' });
    expect([answer.status, answer.headers.get('location')]).toEqual([303, `/pay/${id}?lang=de`]);
  }
  expect(await attempts(shop)).toMatchObject([{ status: 'open', gateway: 'test' }]);
  const page = await shop.get(`/pay/${id}?lang=de`);
  const html = await page.text();
  expect(html).toContain('<html lang="de"');
  expect(page.headers.get('refresh')).toBe(`15; url=/pay/${id}?lang=de`);
});

test('the whole way without money: choose, pay on the test page, paid, back to the shop', async () => {
  const shop = openShop();
  const id = await chosen(shop);
  expect(headingOf(await (await shop.get(`/pay/${id}/test`)).text())).toBe('Test payment');
  const played = await shop.post(`/pay/${id}/test`, { action: 'pay' });
  expect([played.status, played.headers.get('location')]).toEqual([303, `/pay/${id}`]);
  await shop.work();
  const page = await shop.get(`/pay/${id}`);
  expect(headingOf(await page.text())).toBe('Paid. Thank you!');
  expect(page.headers.get('refresh')).toContain('url=https://tea.example/thanks');
  // Once more changes nothing.
  expect((await shop.post(`/pay/${id}/test`, { action: 'pay' })).status).toBe(303);
  await shop.work();
  expect(shop.ledger.snapshot().inbox.size).toBe(1);
});

test.each([
  ['pay-less', 'Part of the amount is missing'],
  ['cancel', 'The payment was cancelled'],
  ['expire', 'This payment has expired'],
])('on the test page "%s" leads to "%s"', async (action, heading) => {
  const shop = openShop();
  const id = await chosen(shop);
  await shop.post(`/pay/${id}/test`, { action });
  await shop.work();
  expect(headingOf(await (await shop.get(`/pay/${id}`)).text())).toBe(heading);
});

test('an expired payment is paid again from its page, by the same form, as a new attempt', async () => {
  const shop = openShop();
  const id = await chosen(shop);
  await shop.post(`/pay/${id}/test`, { action: 'expire' });
  await shop.work();
  const html = await (await shop.get(`/pay/${id}`)).text();
  expect(html).toContain('Pay again');
  const account = /name="account" value="([^"]+)"/.exec(html)?.[1] ?? '';
  expect((await shop.post(`/pay/${id}/choose`, { account })).status).toBe(303);
  await shop.post(`/pay/${id}/test`, { action: 'pay' });
  await shop.work();
  expect(headingOf(await (await shop.get(`/pay/${id}`)).text())).toBe('Paid. Thank you!');
  expect((await attempts(shop)).map(({ n, status }) => [n, status])).toEqual([
    [1, 'expired'],
    [2, 'settled'],
  ]);
});

test('invariant 13: a live store is not offered the test gateway, and its orders have no test page', async () => {
  const shop = openShop({ mode: 'live' });
  const { id } = await shop.open();
  expect(headingOf(await (await shop.get(`/pay/${id}`)).text())).toContain('No payment method');
  const answer = await shop.post(`/pay/${id}/choose`, { account: 'account-test' });
  expect([answer.status, await attempts(shop)]).toEqual([409, []]);
  expect((await shop.get(`/pay/${id}/test`)).status).toBe(404);
  expect((await shop.post(`/pay/${id}/test`, { action: 'pay' })).status).toBe(303);
  expect(shop.ledger.snapshot().inbox.size).toBe(0);
});

test('a gateway that is down says so on the page, and nothing was lost', async () => {
  const shop = openShop({ gateways: ['crypto-pay', 'test'] });
  const { id } = await shop.open();
  const answer = await shop.post(`/pay/${id}/choose`, { account: 'account-crypto-pay' });
  const html = await answer.text();
  expect([answer.status, html.includes('does not answer right now')]).toEqual([503, true]);
  expect(html).toContain('value="account-test"');
  expect(shop.calls.length).toBeGreaterThan(0);
  expect((await shop.post(`/pay/${id}/choose`, { account: 'account-test' })).status).toBe(303);
});

test('an account of nobody, and one of another store, is no choice', async () => {
  const shop = openShop();
  const { id } = await shop.open();
  expect((await shop.post(`/pay/${id}/choose`, { account: 'account-other' })).status).toBe(409);
  expect(await attempts(shop)).toEqual([]);
});

test('an order that is over is not started again from its page', async () => {
  const shop = openShop();
  const { id } = await shop.open();
  await shop.post(`/pay/${id}/choose`, { account: 'account-test' });
  await shop.post(`/pay/${id}/test`, { action: 'cancel' });
  await shop.work();
  const { orderKey, store } = await shop.open();
  await shop.ledger.transact(async (tx) => {
    const order = await tx.orders.byKey(store, orderKey);
    if (order) await tx.orders.put({ ...order, state: 'ended' });
  });
  expect((await shop.post(`/pay/${id}/choose`, { account: 'account-test' })).status).toBe(409);
  expect(await attempts(shop)).toHaveLength(1);
});

test('unknown, foreign, malformed and past-retention ids have one answer: same bytes, same headers, same work', async () => {
  const shop = openShop();
  const page = await shop.open();
  const foreign = newPageId(shop.ports.random);
  await shop.ledger.transact((tx) =>
    tx.pages.insert({ ...page, id: foreign, store: storeIdSchema.parse('another') }),
  );
  const old = newPageId(shop.ports.random);
  await shop.ledger.transact((tx) => tx.pages.insert({ ...page, id: old, updatedAt: 0 }));
  const ids = [
    newPageId(shop.ports.random),
    foreign,
    old,
    newInvoiceId(shop.ports.random).slice(0, 16),
    `${page.id}A`,
    page.id.slice(1),
    'x',
    '',
    '%00',
    '..%2f..%2fetc',
    '%F0%9F%92%A9',
    "'or'1'='1",
    'a'.repeat(5_000),
    'assets',
  ];
  let reads = 0;
  const { transact } = shop.ledger;
  Object.assign(shop.ledger, {
    transact: (work: Parameters<typeof transact>[0]) => {
      reads += 1;
      return transact(work);
    },
  });
  const seen = new Set<string>();
  for (const id of ids) {
    reads = 0;
    const answer = await shop.get(`/pay/${id}`);
    seen.add(JSON.stringify([answer.status, headersOf(answer), await answer.text(), reads]));
  }
  for (const path of [`/pay/${foreign}/events`, `/pay/${old}/test`, '/pay/assets/pay-nobody.css'])
    expect((await shop.get(path)).status).toBe(404);
  expect((await shop.post(`/pay/${foreign}/choose`, { account: 'account-test' })).status).toBe(404);
  expect(seen.size).toBe(1);
  expect([...seen][0]).toMatch(/^\[404,/);
  expect(shop.pages.streams).toBe(0);
});

test('HEAD answers like GET without a body, and opens no stream', async () => {
  const shop = openShop();
  const { id } = await shop.open();
  for (const path of [`/pay/${id}`, `/pay/${id}/events`, '/pay/nobody']) {
    const get = await shop.get(path);
    const head = await shop.get(path, {}, 'HEAD');
    expect([head.status, headersOf(head), await head.text()]).toEqual([get.status, headersOf(get), '']);
    await get.body?.cancel();
  }
  expect(shop.pages.streams).toBe(0);
});

test('other methods are 405 with what is allowed; a form that is opened by hand leads to its page', async () => {
  const shop = openShop();
  const { id } = await shop.open();
  for (const method of ['PUT', 'DELETE', 'PATCH', 'OPTIONS', 'POST']) {
    const answer = await shop.get(`/pay/${id}`, {}, method);
    expect([answer.status, answer.headers.get('allow')]).toEqual([405, 'GET, HEAD']);
  }
  const opened = await shop.get(`/pay/${id}/choose`);
  expect([opened.status, opened.headers.get('location')]).toEqual([303, `/pay/${id}`]);
});

test('a form of another origin is refused, and changes nothing', async () => {
  const shop = openShop();
  const { id } = await shop.open();
  for (const headers of [{ origin: 'https://evil.example' }, { 'sec-fetch-site': 'cross-site' }]) {
    const answer = await shop.post(`/pay/${id}/choose`, { account: 'account-test' }, headers);
    expect(answer.status).toBe(403);
  }
  expect(await attempts(shop)).toEqual([]);
});

test.each<[string, string, number, string?]>([
  ['nothing', '', 400],
  ['no account', 'account=', 400],
  ['a byte that no id has', 'account=a%00b', 400],
  ['a field twice', 'account=account-test&account=account-test', 400],
  ['a method too long', `account=account-test&method=${'m'.repeat(65)}`, 400],
  ['noise', '\uD800%%%&&&===', 400],
  ['too much', `account=${'a'.repeat(5_000)}`, 413],
  ['JSON', '{"account":"account-test"}', 415, 'application/json'],
  ['parts', 'account=account-test', 415, 'multipart/form-data; boundary=x'],
])('a form with %s is refused', async (_, body, status, type) => {
  const shop = openShop();
  const { id } = await shop.open();
  const headers: Record<string, string> = type === undefined ? {} : { 'content-type': type };
  expect((await shop.post(`/pay/${id}/choose`, body, headers)).status).toBe(status);
  expect((await shop.post(`/pay/${id}/test`, body, headers)).status).toBe(status);
  expect([await attempts(shop), shop.errors]).toEqual([[], []]);
});

test('a body that breaks off is 400', async () => {
  const shop = openShop();
  const { id } = await shop.open();
  const body = new ReadableStream({
    start(controller) {
      controller.enqueue(new TextEncoder().encode('account='));
      controller.error(new Error('gone'));
    },
  });
  const headers = { 'content-type': 'application/x-www-form-urlencoded' };
  const request = new Request(`https://pay.example/pay/${id}/choose`, {
    method: 'POST',
    headers,
    body,
    duplex: 'half',
  });
  expect((await shop.pages.handle(request)).status).toBe(400);
});

test('who asks too often waits, alone; the page comes back by itself', async () => {
  const shop = openShop({ limits: { client: { capacity: 20, perSecond: 1 } } });
  const { id } = await shop.open();
  const answers = [];
  for (let look = 0; look < 21; look += 1) answers.push((await shop.get(`/pay/${id}`)).status);
  expect(answers).toEqual([...Array(20).fill(200), 429]);
  const refused = await shop.get(`/pay/${id}?lang=tr`);
  expect([refused.headers.get('retry-after'), refused.headers.get('refresh')]).toEqual([
    '1',
    `1; url=/pay/${id}?lang=tr`,
  ]);
  const other = await shop.pages.handle(new Request(`https://pay.example/pay/${id}`), { clientKey: 'other' });
  expect(other.status).toBe(200);
  shop.clock.at += 1_000;
  expect((await shop.get(`/pay/${id}`)).status).toBe(200);
});

test('a guesser runs out of tries sooner than a shopper', async () => {
  const shop = openShop({ limits: { client: { capacity: 20, perSecond: 1 } } });
  const answers = [];
  for (let guess = 0; guess < 6; guess += 1)
    answers.push((await shop.get(`/pay/${newPageId(shop.ports.random)}`)).status);
  expect(answers).toEqual([404, 404, 404, 404, 429, 429]);
});

test('one page starts payments only so often, whoever clicks', async () => {
  const shop = openShop({ limits: { forms: { capacity: 2, perSecond: 0.1 } } });
  const { id } = await shop.open();
  const click = async (client: string) => {
    const request = new Request(`https://pay.example/pay/${id}/choose`, {
      method: 'POST',
      body: new URLSearchParams({ account: 'account-test' }),
    });
    return (await shop.pages.handle(request, { clientKey: client })).status;
  };
  expect([await click('a'), await click('b'), await click('c')]).toEqual([303, 303, 429]);
});

test('a ledger that cannot be asked is 503 without a word about it, and is reported', async () => {
  const shop = openShop();
  const { id } = await shop.open();
  Object.assign(shop.ledger, { transact: () => Promise.reject(new Error('disk on fire at /var/lib')) });
  const answer = await shop.get(`/pay/${id}`);
  expect([answer.status, answer.headers.get('refresh')]).toEqual([503, `5; url=/pay/${id}`]);
  expect(await answer.text()).not.toMatch(/disk|\/var/);
  expect(shop.errors).toHaveLength(1);
});

test('assets are served with a type and kept by browsers', async () => {
  const shop = openShop();
  const { id } = await shop.open();
  const html = await (await shop.get(`/pay/${id}`)).text();
  const files = [...html.matchAll(/(?:src|href)="(\/pay\/assets\/[^"]+)"/g)].map(([, path = '']) => path);
  expect(files.length).toBeGreaterThanOrEqual(3);
  for (const file of files) {
    const answer = await shop.get(file);
    expect([answer.status, answer.headers.get('cache-control')]).toEqual([
      200,
      expect.stringContaining('public'),
    ]);
    expect((await answer.text()).length).toBeGreaterThan(0);
  }
});

test('a stream says the state at once, then what changed, and ends when it is final', async () => {
  const shop = openShop();
  const id = await chosen(shop);
  const answer = await shop.get(`/pay/${id}/events?lang=en`);
  expect(answer.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
  const reader = answer.body!.getReader();
  const read = async () => new TextDecoder().decode((await reader.read()).value);
  expect(await read()).toBe('retry: 3000\n\n');
  expect(await read()).toContain('"final":false');
  await shop.post(`/pay/${id}/test`, { action: 'pay' });
  await shop.work();
  await shop.tick();
  const last = await read();
  expect(last).toContain('Paid. Thank you!');
  expect(last).toContain('"final":true');
  expect((await reader.read()).done).toBe(true);
  expect(shop.pages.streams).toBe(0);
});

test('streams have a limit for each client and for all; closing frees a place', async () => {
  const shop = openShop({ limits: { streams: { inAll: 3, perClient: 2 } } });
  const { id } = await shop.open();
  const listen = (clientKey: string) =>
    shop.pages.handle(new Request(`https://pay.example/pay/${id}/events`), { clientKey });
  const [first] = [await listen('a'), await listen('a')];
  const refused = await listen('a');
  expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '30']);
  expect([(await listen('b')).status, (await listen('c')).status]).toEqual([200, 503]);
  await first?.body?.cancel();
  expect([shop.pages.streams, (await listen('a')).status]).toEqual([2, 200]);
  shop.pages.close();
  expect([shop.pages.streams, (await listen('d')).status]).toEqual([0, 503]);
});
