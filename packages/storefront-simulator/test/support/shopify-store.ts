import { hours } from '@gatewright/payment-core';
import { onTestFinished } from 'vitest';
import * as z from 'zod';
import {
  type CheckoutRequest,
  type PayOutcome,
  type Shop,
  type ShopifyDouble,
  type ShopifyOptions,
  startShopify,
} from '../../src/index.ts';
import { type TestClock, testClock } from './clock.ts';
import { type ListeningApp, openApp } from './shopify-app.ts';

const payload = z.looseObject({
  userErrors: z.array(
    z.looseObject({
      field: z.array(z.string()).nullable(),
      message: z.string(),
      code: z.string().optional(),
    }),
  ),
});

const answerSchema = z.looseObject({
  data: z.record(z.string(), z.unknown()).nullish(),
  errors: z
    .array(z.looseObject({ message: z.string(), extensions: z.looseObject({ code: z.string() }).optional() }))
    .optional(),
  extensions: z.looseObject({}).optional(),
});

export type GraphqlAnswer = z.output<typeof answerSchema>;

export interface Api {
  readonly token: string;
  /** The answer of a call; throws when it is no 200 with JSON. */
  call(document: string, variables?: unknown, version?: string): Promise<GraphqlAnswer>;
  raw(document: string, variables?: unknown, version?: string): Promise<Response>;
  /** The one payload of a mutation. */
  mutate(document: string, variables: unknown): Promise<z.output<typeof payload>>;
}

export interface OpenStore {
  readonly clock: TestClock;
  readonly shopify: ShopifyDouble;
  readonly app: ListeningApp;
  readonly shop: Shop;
  readonly api: Api;
}

export const apiOf = (shopify: ShopifyDouble, shop: Shop, token: string): Api => {
  const raw: Api['raw'] = (document, variables = {}, version = '2026-10') =>
    shopify.fetch(`https://${shop.domain}/payments_apps/api/${version}/graphql.json`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-shopify-access-token': token },
      body: JSON.stringify({ query: document, variables }),
    });
  const call: Api['call'] = async (document, variables, version) => {
    const response = await raw(document, variables, version);
    if (response.status !== 200) throw new Error(`${response.status} ${await response.text()}`);
    return answerSchema.parse(await response.json());
  };
  return {
    token,
    raw,
    call,
    mutate: async (document, variables) => {
      const { data, errors } = await call(document, variables);
      if (errors !== undefined) throw new Error(JSON.stringify(errors));
      return payload.parse(Object.values(data ?? {})[0]);
    },
  };
};

export const CONFIGURE = `mutation ($handle: String, $ready: Boolean!) {
  paymentsAppConfigure(externalHandle: $handle, ready: $ready) {
    paymentsAppConfiguration { externalHandle ready } userErrors { field message } } }`;

const SESSION = `paymentSession { id pendingExpiresAt authorizationExpiresAt
  state { ... on PaymentSessionStateResolved { code } ... on PaymentSessionStatePending { code pending: reason }
    ... on PaymentSessionStateRejected { code reason merchantMessage } }
  nextAction { action context { ... on PaymentSessionActionsRedirect { redirectUrl } } } }`;

export const RESOLVE = `mutation ($id: ID!) { paymentSessionResolve(id: $id) {
  ${SESSION} userErrors { field message } } }`;
export const REJECT = `mutation ($id: ID!, $reason: PaymentSessionRejectionReasonInput!) {
  paymentSessionReject(id: $id, reason: $reason) { ${SESSION} userErrors { field message } } }`;
export const PENDING = `mutation ($id: ID!, $until: DateTime!, $reason: PaymentSessionStatePendingReason!) {
  paymentSessionPending(id: $id, pendingExpiresAt: $until, reason: $reason) {
    ${SESSION} userErrors { field message code } } }`;

/** Refund, capture or void; `verb` is Resolve or Reject. */
export const followUpMutation = (type: 'refund' | 'capture' | 'void', verb: 'Resolve' | 'Reject'): string => {
  const name = `${type.charAt(0).toUpperCase()}${type.slice(1)}Session`;
  const [parameter, argument] =
    verb === 'Reject' ? [`, $reason: ${name}RejectionReasonInput!`, ', reason: $reason'] : ['', ''];
  return `mutation ($id: ID!${parameter}) { ${type}Session${verb}(id: $id${argument}) {
    ${type}Session { id state { ... on ${name}StateResolved { code }
      ... on ${name}StateRejected { code reason merchantMessage } } }
    userErrors { field message code } } }`;
};

/** A shop with the app installed, ready and activated. */
export const openStore = async (options: Partial<ShopifyOptions> = {}): Promise<OpenStore> => {
  const clock = testClock();
  const shopify = await startShopify({ clock, seed: 1, ...options });
  onTestFinished(() => shopify.close());
  const app = await openApp(shopify);
  onTestFinished(() => app.close());
  shopify.deployApp(app.registration);
  const shop = shopify.openShop({ domain: 'demo.myshopify.com' });
  const { access_token: token } = shop.grantToken();
  const api = apiOf(shopify, shop, token);
  await api.mutate(CONFIGURE, { handle: 'demo', ready: true });
  const activated = shop.merchant.activate();
  if (!activated.ok) throw new Error(activated.reason);
  return { clock, shopify, app, shop, api };
};

export type Paying = Extract<PayOutcome, { ok: true }>;

export const pay = async ({ shop }: OpenStore, request: Partial<CheckoutRequest> = {}): Promise<Paying> => {
  const outcome = await shop.checkout({ amount: '49.9', ...request }).pay();
  if (!outcome.ok) throw new Error(`${outcome.reason}: ${outcome.message}`);
  return outcome;
};

/** A paid order. */
export const buy = async (store: OpenStore, request: Partial<CheckoutRequest> = {}) => {
  const { gid, sessionId } = await pay(store, request);
  const { userErrors } = await store.api.mutate(RESOLVE, { id: gid });
  if (userErrors.length > 0) throw new Error(userErrors[0]?.message);
  const order = store.shop.orders().find(({ payments }) => payments.includes(sessionId));
  if (order === undefined) throw new Error('no order');
  return { gid, sessionId, orderId: order.id };
};

export const soon = ({ clock }: OpenStore, ms = hours(24)): string =>
  new Date(clock.now() + ms).toISOString();

const redirect = z.looseObject({
  paymentSession: z.looseObject({
    nextAction: z.looseObject({ context: z.looseObject({ redirectUrl: z.string() }) }),
  }),
});

export const returnUrlOf = (answer: unknown): string =>
  redirect.parse(answer).paymentSession.nextAction.context.redirectUrl;
