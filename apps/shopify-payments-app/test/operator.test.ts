import { expect, test } from 'vitest';
import { underpay } from './support/underpaid.ts';
import { installShop, startWorld } from './support/world.ts';

const get = async (url: string) => {
  const response = await fetch(url);
  return { status: response.status, text: await response.text() };
};

/** An underpaid payment, and an operator with a token of its store. */
const scene = async () => {
  const world = await startWorld();
  const installed = await installShop(world);
  const held = await underpay(world, installed);
  const added = await world.app().vault.addOperator(installed.row.test, 'ann');
  if (!added.ok) throw new Error(added.reason);
  const { token } = added;
  const reviews = `/v1/stores/${installed.row.test}/reviews`;
  const call = async (path: string, body?: unknown, authorization = `Bearer ${token}`) => {
    const response = await fetch(`${world.app().operatorUrl}${path}`, {
      method: body === undefined ? 'GET' : 'POST',
      headers: { authorization },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const type = response.headers.get('content-type');
    // Whatever the app says, as a test looks at it.
    return { status: response.status, type, body: (await response.json()) as unknown };
  };
  return { world, installed, ...held, token, reviews, call };
};

test('both listeners say that they live; the numbers and the queue are on the operator’s only', async () => {
  const world = await startWorld();
  const { publicUrl, operatorUrl } = world.app();
  for (const origin of [publicUrl, operatorUrl]) {
    expect(await get(`${origin}/healthz`)).toEqual({ status: 200, text: '{"ok":true}' });
    expect(await get(`${origin}/readyz`)).toEqual({ status: 200, text: '{"ready":true}' });
  }
  expect((await get(`${operatorUrl}/metrics`)).status).toBe(200);
  for (const path of ['/metrics', '/v1/stores/x/reviews'])
    expect((await get(`${publicUrl}${path}`)).status).toBe(404);
  for (const path of ['/', '/app', '/pay/x', '/sessions/payment'])
    expect((await get(`${operatorUrl}${path}`)).status).toBe(404);
  expect(new URL(operatorUrl).hostname).toBe('127.0.0.1');
});

test('a payment is counted at every step, and no id of it becomes a label', async () => {
  const { world, installed, sessionId, account } = await scene();
  await fetch(`${world.app().publicUrl}/webhooks/gateways/made-up/${account.id}`, { method: 'POST' });
  world.shopify.clientCertificates.present('none');
  await installed.shop.checkout({ amount: '1.00' }).pay();
  const { text } = await get(`${world.app().operatorUrl}/metrics`);
  for (const line of [
    /gatewright_http_request_duration_seconds_count\{method="POST",route="\/sessions\/payment",status="200"\} 1/,
    /gatewright_http_request_duration_seconds_count\{method="POST",route="\/pay\/:page\/choose",status="303"\} 1/,
    /gatewright_webhooks_total\{gateway="unknown",status="404",reason="account-unknown"\} 1/,
    /gatewright_instructions_total\{kind="hold",outcome="done"\} 1/,
    /gatewright_shopify_mutations_total\{operation="paymentSessionPending",outcome="done"\} 1/,
    /gatewright_session_clients_refused_total\{reason="ERR_SSL_PEER_DID_NOT_RETURN_A_CERTIFICATE"\} \d/,
    /gatewright_open_reviews 1/,
  ])
    expect(text).toMatch(line);
  for (const id of ['made-up', account.id, sessionId, installed.row.domain]) expect(text).not.toContain(id);
});

test('invariant 14: an item is listed, explained and resolved in the name of the token, with a reason', async () => {
  const { world, installed, sessionId, review, reviews, call } = await scene();
  expect((await call(reviews)).body).toMatchObject({ items: [{ id: review.id, kind: 'underpaid' }] });
  expect((await call(`${reviews}/${review.id}`)).body).toMatchObject({
    review: { id: review.id },
    attempts: [{ status: 'processing' }],
  });
  const accept = { decision: 'accept', amount: '49.90', by: 'mallory' };
  const item = `${reviews}/${review.id}/resolution`;
  expect(await call(item, accept)).toMatchObject({ status: 422, body: { code: 'reason-missing' } });
  expect(await call(item, { ...accept, reason: 'agreed by mail' })).toMatchObject({
    status: 200,
    body: { review: { resolution: { by: 'ann', reason: 'agreed by mail' } } },
  });
  await world.app().work();
  expect(installed.shop.payment(sessionId)?.state.code).toBe('resolved');
  expect((await call(reviews)).body).toMatchObject({ items: [] });
});

test('invariant 6: a token of another store, or none, opens nothing, and every refusal is the same', async () => {
  const { world, review, reviews, call, installed } = await scene();
  const other = await world.app().vault.addOperator(installed.row.live, 'ben');
  if (!other.ok) throw new Error(other.reason);
  const answers = [];
  for (const authorization of ['', 'Bearer gwo_wrong', `Bearer ${other.token}`])
    for (const path of [reviews, `${reviews}/${review.id}`, `/v1/stores/nobody/reviews`])
      answers.push(await call(path, undefined, authorization));
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([401]));
  expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
  const ignore = { decision: 'ignore', reason: 'x' };
  expect((await call(`${reviews}/${review.id}/resolution`, ignore, `Bearer ${other.token}`)).status).toBe(
    401,
  );
  expect(world.log()).not.toContain(other.token);
});

test.each([
  ['a book', { decision: 'ignore', reason: 'r'.repeat(20_000) }, 413, 'body-too-large'],
  ['no decision', { reason: 'r' }, 400, 'malformed'],
  ['a number as amount', { decision: 'accept', amount: 49.9, reason: 'r' }, 400, 'malformed'],
])('what is %s is refused in words', async (_what, body, status, code) => {
  const { review, reviews, call } = await scene();
  const answer = await call(`${reviews}/${review.id}/resolution`, body);
  expect(answer).toMatchObject({ status, body: { code, owner_message: expect.any(String) } });
  expect(answer.type).toContain('application/problem+json');
});
