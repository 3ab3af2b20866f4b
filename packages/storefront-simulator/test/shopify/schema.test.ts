import { createHash } from 'node:crypto';
import { parse, printSchema, validate } from 'graphql';
import { describe, expect, it } from 'vitest';
import { paymentsApiVersions, paymentsAppsSchema } from '../../src/index.ts';
import {
  CONFIGURE,
  followUpMutation,
  openStore,
  PENDING,
  pay,
  REJECT,
  RESOLVE,
} from '../support/shopify-store.ts';

describe('rule 11: the real schema', () => {
  it('rule 11: it is the published one', () => {
    const digests = paymentsApiVersions.map((version) => [
      version,
      createHash('sha256')
        .update(printSchema(paymentsAppsSchema(version)))
        .digest('hex')
        .slice(0, 12),
    ]);
    expect(digests).toEqual([
      ['2026-01', 'c248758ab082'],
      ['2026-04', 'b4d6dd8ea9f2'],
      ['2026-07', 'b4d6dd8ea9f2'],
      ['2026-10', 'b4d6dd8ea9f2'],
    ]);
  });

  it('rule 11: every version knows the operations of an offsite app', () => {
    const documents = [CONFIGURE, RESOLVE, REJECT, PENDING].concat(
      (['refund', 'capture', 'void'] as const).flatMap((type) => [
        followUpMutation(type, 'Resolve'),
        followUpMutation(type, 'Reject'),
      ]),
    );
    for (const version of paymentsApiVersions)
      for (const document of documents)
        expect(validate(paymentsAppsSchema(version), parse(document))).toEqual([]);
  });

  it.each(['2025-10', '2027-01', 'unstable', '../2026-10'])('rule 11: %s is not served', async (version) => {
    const { api } = await openStore();
    expect((await api.raw('{ publicApiVersions { handle } }', {}, version)).status).toBe(404);
  });

  it('rule 11: 2026-01 refuses the reasons of 2026-04 and takes the old ones', async () => {
    const store = await openStore();
    const { gid: id } = await pay(store);
    const reject = (code: string) => store.api.call(REJECT, { id, reason: { code } }, '2026-01');
    const refused = await reject('CANCELLED_PAYMENT');
    expect(refused.data).toBeUndefined();
    expect(refused.errors?.[0]?.message).toContain('CANCELLED_PAYMENT');
    expect(store.shop.payments()[0]?.state.code).toBe('open');
    expect((await reject('PROCESSING_ERROR')).errors).toBeUndefined();
    expect(store.shop.payments()[0]?.state.code).toBe('rejected');
  });

  it.each([
    ['an unknown field', 'mutation { paymentSessionSettle(id: "1") { id } }', {}, 'paymentSessionSettle'],
    ['no selection', 'mutation { paymentSessionResolve(id: "1") }', {}, 'selection of subfields'],
    ['a missing variable', RESOLVE, {}, '"$id" of required type "ID!"'],
    ['a number for an enum', REJECT, { id: '1', reason: { code: 7 } }, 'PaymentSessionStateRejectedReason'],
    ['no syntax', 'mutation {', {}, 'Syntax Error'],
    [
      'no global id',
      RESOLVE,
      { id: 'u0nwmSrNntjIWozmNslK5Tlq' },
      "Invalid global id 'u0nwmSrNntjIWozmNslK5Tlq'",
    ],
  ])('rule 11: refuses %s with 200 and errors', async (_, document, variables, message) => {
    const { api } = await openStore();
    const { errors } = await api.call(document, variables);
    expect(errors?.[0]?.message).toContain(message);
  });

  it('rule 11: a body that is no GraphQL request is a 400', async () => {
    const { shopify, shop, api } = await openStore();
    const post = (body: string, type = 'application/json') =>
      shopify.fetch(`https://${shop.domain}/payments_apps/api/2026-10/graphql.json`, {
        method: 'POST',
        headers: { 'content-type': type, 'x-shopify-access-token': api.token },
        body,
      });
    for (const body of ['', '{', '[]', '{"query":1}', '{"query":"{a}","variables":[]}'])
      expect((await post(body)).status).toBe(400);
    expect((await post('{"query":"{ publicApiVersions { handle } }"}', 'text/plain')).status).toBe(400);
  });

  it('rule 11: what an offsite extension cannot do is refused with its own code', async () => {
    const store = await openStore();
    const { gid: id } = await pay(store);
    const run = (call: string, payload: string, key: string) =>
      store.api
        .mutate(`mutation ($id: ID!) { ${call} { ${payload} { id } userErrors { field message code } } }`, {
          id,
        })
        .then((answer) => [answer[key], answer.userErrors[0]?.code]);
    const session = 'paymentSession';
    expect(await run('paymentSessionConfirm(id: $id)', session, session)).toEqual([
      null,
      'CONFIRMATION_NOT_SUPPORTED',
    ]);
    expect(
      await run('paymentSessionRedirect(id: $id, redirectUrl: "https://app.example")', session, session),
    ).toEqual([null, 'REDIRECT_NOT_SUPPORTED_FOR_OFFSITE']);
    expect(
      await run('paymentSessionModal(id: $id, action: { qrCode: { code: "1" } })', session, session),
    ).toEqual([null, 'UNSUPPORTED_PAYMENT_METHOD_FOR_MODAL']);
    expect(
      await run('verificationSessionResolve(id: $id)', 'verificationSession', 'verificationSession'),
    ).toEqual([null, 'VERIFICATION_SESSION_NOT_FOUND']);
  });

  it('there is one query, and none that reads a session', async () => {
    const { api } = await openStore();
    expect((await api.call('{ publicApiVersions { handle supported } }')).data).toEqual({
      publicApiVersions: paymentsApiVersions.map((handle) => ({ handle, supported: true })),
    });
    expect(Object.keys(paymentsAppsSchema('2026-10').getQueryType()?.getFields() ?? {})).toEqual([
      'publicApiVersions',
    ]);
  });
});
