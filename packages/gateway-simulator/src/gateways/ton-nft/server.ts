import type { ExactJson } from '@gatewright/payment-core';
import type { GatewayContext } from '../../kernel/gateway.ts';
import { jsonReply, type Reply } from '../../kernel/http/reply.ts';
import { headerOf, jsonBody, type SimulatorRequest } from '../../kernel/http/request.ts';
import type { Route, Routes } from '../../kernel/http/router.ts';
import type { NativeFailures } from '../../kernel/http/server.ts';
import { isoMillis } from '../../kernel/instant.ts';
import { JAVASCRIPT, type NativeJson, type NativeObject, writeNativeJson } from '../../kernel/native-json.ts';
import { addPayment, type Operator, type Payment } from './state.ts';
import { isTonAddress } from './ton-address.ts';
import { amountText, redeliver } from './webhook.ts';

const json = (status: number, body: NativeJson): Reply =>
  jsonReply(status, writeNativeJson(body, JAVASCRIPT));

/** No error is documented; this is the shortest shape. */
const failure = (status: number, error: string): Reply => json(status, { error });

export const failures: NativeFailures = {
  status: (status) => failure(status, status < 500 ? 'Request refused' : 'Internal server error'),
  rateLimited: () => failure(429, 'Too many requests'),
};

export const checkoutUrl = (context: GatewayContext, payment: Payment): string =>
  `${context.hostUrl('gateway')}/pay/${payment.id}`;

const requestedNft = (value: ExactJson | undefined): { readonly ok: boolean; readonly address?: string } => {
  if (value === undefined || value === null) return { ok: true };
  return typeof value === 'string' && isTonAddress(value) ? { ok: true, address: value } : { ok: false };
};

const createPayment = (context: GatewayContext, operator: Operator, request: SimulatorRequest): Reply => {
  const fields = jsonBody(request);
  if (fields === undefined) return failure(400, 'Invalid JSON body');
  const nft = requestedNft(fields.nftAddress);
  if (!nft.ok) return failure(400, 'Invalid nftAddress');
  const payment = addPayment(operator, context.random, context.clock.now(), nft.address);
  return json(201, {
    id: payment.id,
    depositAddress: payment.depositAddress,
    expectedOwner: payment.depositAddress,
    nftAddress: payment.requestedNft ?? null,
    status: payment.status,
    checkoutUrl: checkoutUrl(context, payment),
    instructions: 'Send the payer to checkoutUrl to pick a collectible and transfer it.',
  });
};

const row = (operator: Operator, payment: Payment): NativeObject => {
  const { collectible } = payment;
  const shown = payment.status === 'received' ? collectible : undefined;
  return {
    id: payment.id,
    depositAddress: payment.depositAddress,
    nftAddress: shown?.nftAddress ?? payment.requestedNft ?? null,
    status: payment.status,
    forwarded: payment.forwarded,
    callbackSent: payment.callbackSent,
    createdAt: isoMillis(payment.createdAt),
    ...(operator.listAmounts && payment.completedAt !== undefined && shown !== undefined
      ? { amount: amountText(shown.price, operator), currency: operator.currency }
      : {}),
  };
};

const inShape = (rows: readonly NativeObject[], shape: Operator['listShape']): NativeJson => {
  switch (shape) {
    case 'array':
      return rows;
    case 'payments':
    case 'data':
    case 'items':
      return { [shape]: rows };
  }
};

/** The most recent payments, newest first. Looking is what sends failed webhooks again (NFT-4). */
const listPayments = (context: GatewayContext, operator: Operator): Reply => {
  const recent = [...operator.payments.values()].reverse().slice(0, operator.listSize);
  const rows = recent.map((payment) => row(operator, payment));
  redeliver(context, operator, recent);
  return json(200, inShape(rows, operator.listShape));
};

/** The API and the checkout pages stand on one host, the operator's. */
export const tonNftRoutes = (
  context: GatewayContext,
  operators: ReadonlyMap<string, Operator>,
  pages: readonly Route[],
): Routes => {
  const asOperator =
    (next: (operator: Operator, request: SimulatorRequest) => Reply) =>
    (request: SimulatorRequest): Reply => {
      const [scheme, apiKey = ''] = (headerOf(request, 'authorization') ?? '').split(' ');
      const operator = scheme === 'Bearer' ? operators.get(apiKey) : undefined;
      return operator === undefined ? failure(401, 'Unauthorized') : next(operator, request);
    };
  return {
    routes: [
      {
        name: 'create-payment',
        methods: ['POST'],
        path: '/api/payments',
        handle: asOperator((operator, request) => createPayment(context, operator, request)),
      },
      {
        name: 'list-payments',
        methods: ['GET'],
        path: '/api/payments',
        handle: asOperator((operator) => listPayments(context, operator)),
      },
      ...pages,
    ],
    fallback: (_request, allowed) =>
      allowed.length > 0 ? failure(405, 'Method not allowed') : failure(404, 'Not found'),
  };
};
