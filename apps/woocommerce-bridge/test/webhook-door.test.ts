import { connect } from 'node:net';
import { expect, test } from 'vitest';
import { cryptoPaySignature, openAccount, paidUpdate } from './support/accounts.ts';
import { everything } from './support/ledger-file.ts';
import { openShop, startWorld } from './support/world.ts';

const withAccount = async () => {
  const world = await startWorld();
  const { store } = await openShop(world);
  const account = await openAccount(world, store, 'crypto-pay');
  const body = paidUpdate('4711', 'not-ours');
  const headers = { 'crypto-pay-api-signature': cryptoPaySignature(account, body) };
  const url = `${world.bridge.publicUrl}/webhooks/crypto-pay/${account.id}`;
  return { world, account, body, headers, url };
};

test('a webhook has the headers of every other answer, and its line no word of the stranger', async () => {
  const { world, account, body, headers, url } = await withAccount();
  const answer = await fetch(`${url}?from=somewhere`, { method: 'POST', body, headers });
  expect(await answer.json()).toEqual({ ok: true, reason: 'accepted' });
  expect(answer.headers.get('content-type')).toBe('application/json; charset=utf-8');
  expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
  const [line = ''] =
    world
      .log()
      .match(/^.*"answered".*$/gm)
      ?.slice(-1) ?? [];
  expect(JSON.parse(line)).toMatchObject({
    reqId: expect.stringMatching(/^[\w-]{22}$/),
    method: 'POST',
    route: '/webhooks/:gateway/:account',
    status: 200,
    ms: expect.any(Number),
  });
  expect(world.log()).not.toContain(account.id);
  expect(world.log()).not.toContain('somewhere');
});

test('a refusal is told with the id of its request', async () => {
  const { world, url } = await withAccount();
  await fetch(url, { method: 'POST', body: '{}' });
  const told = world
    .log()
    .split('\n')
    .filter((line) => line.includes('"reqId"'))
    .map((line): unknown => JSON.parse(line));
  const refused = { gateway: 'crypto-pay', status: 401, reason: 'signature-missing', msg: 'webhook refused' };
  expect(told.slice(-2)).toMatchObject([refused, { status: 401, msg: 'answered' }]);
  const ids = told.slice(-2).map((line) => (line instanceof Object && 'reqId' in line ? line.reqId : ''));
  expect(ids[0]).toBe(ids[1]);
});

test('other methods at the address of a webhook find nothing there', async () => {
  const { url } = await withAccount();
  for (const method of ['GET', 'PUT', 'DELETE']) expect((await fetch(url, { method })).status).toBe(404);
});

test('whoever goes away in the middle of a body leaves nothing behind, and others are served', async () => {
  const { world, body, headers, url } = await withAccount();
  const before = everything(world);
  const { hostname, port, pathname } = new URL(url);
  const socket = connect(Number(port), hostname);
  const head = `POST ${pathname} HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\n{"half`;
  await new Promise<void>((resolve) => {
    socket.write(head, () => resolve());
  });
  socket.destroy();
  expect((await fetch(url, { method: 'POST', body: '{}' })).status).toBe(401);
  expect(everything(world)).toEqual(before);
  expect((await fetch(url, { method: 'POST', body, headers })).status).toBe(200);
});
