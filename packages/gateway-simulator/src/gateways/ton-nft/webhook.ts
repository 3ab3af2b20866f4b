import { createHash, createHmac } from 'node:crypto';
import { type Decimal, multiplyDecimal } from '@gatewright/payment-core';
import type { SealedWebhook, Tampering } from '../../kernel/courier.ts';
import { exact } from '../../kernel/exact.ts';
import type { GatewayContext } from '../../kernel/gateway.ts';
import { isoMillis } from '../../kernel/instant.ts';
import { JAVASCRIPT, type NativeObject, UNUSUAL, writeNativeJson } from '../../kernel/native-json.ts';
import type { Operator, Payment } from './state.ts';

/** "Signed with your API key hash": the hex SHA-256 of the key as text, or the digest itself. */
const sign = (body: string, apiKey: string, encoding: Operator['keyEncoding']): string => {
  const hash = createHash('sha256').update(apiKey).digest();
  return createHmac('sha256', encoding === 'raw' ? hash : hash.toString('hex'))
    .update(body)
    .digest('hex');
};

/** The document says "Settlement TON (nanoton)" and shows "1.7965". */
export const amountText = (price: Decimal, { amountUnit }: Operator): string =>
  amountUnit === 'nanoton' ? multiplyDecimal(price, exact('1000000000')) : price;

const completedBody = (operator: Operator, payment: Payment): NativeObject => {
  const { collectible, completedAt } = payment;
  return {
    event: 'payment.completed',
    paymentId: payment.id,
    nftAddress: collectible?.nftAddress,
    collectionAddress: collectible?.collection.address,
    collectionName: collectible?.collection.name,
    payerWallet: collectible?.payer,
    amount: collectible && amountText(collectible.price, operator),
    currency: operator.currency,
    forwardedToMainWallet: payment.forwarded,
    timestamp: isoMillis(completedAt ?? payment.createdAt),
  };
};

const seal = (operator: Operator, payment: Payment, tampering: Tampering | undefined): SealedWebhook => {
  const write = (fields: NativeObject): string =>
    writeNativeJson(fields, tampering?.kind === 'serialisation' ? UNUSUAL : JAVASCRIPT);
  const event = completedBody(operator, payment);
  const body = write(event);
  const apiKey = tampering?.kind === 'wrong-signature' ? `${operator.apiKey}0` : operator.apiKey;
  const forged = tampering?.kind === 'forged-body' ? (tampering.fields ?? { amount: '1000000' }) : undefined;
  // NFT-6: the id in the header is the only thing that the signature does not cover.
  const header =
    tampering?.kind === 'forged-unsigned' ? (tampering.fields?.paymentId ?? 'other') : payment.id;
  return {
    headers: {
      'content-type': 'application/json',
      'x-signature': sign(body, apiKey, operator.keyEncoding),
      'x-payment-id': header,
    },
    body: forged === undefined ? body : write({ ...event, ...forged }),
  };
};

/** One attempt and no schedule: only a status check makes another one (NFT-4). Any 2xx acknowledges. */
export const sendCompleted = async (
  { courier }: GatewayContext,
  operator: Operator,
  payment: Payment,
): Promise<void> => {
  if (operator.callbackUrl === null || payment.callbackUnderWay) return;
  payment.callbackUnderWay = true;
  await courier.send({
    accountId: operator.accountId,
    paymentId: payment.id,
    event: 'payment.completed',
    target: () => operator.callbackUrl,
    retryDelaysMs: [],
    acknowledges: (status) => status >= 200 && status < 300,
    ended: (outcome) => {
      payment.callbackUnderWay = false;
      if (outcome === 'delivered') payment.callbackSent = true;
    },
    seal: (tampering) => seal(operator, payment, tampering),
  });
};

/** What a status check sets off: every due webhook that nobody has acknowledged. */
export const redeliver = (
  context: GatewayContext,
  operator: Operator,
  payments: readonly Payment[],
): void => {
  for (const payment of payments) {
    // The courier keeps the clock waiting for it; the list is answered without.
    if (payment.completedAt !== undefined && !payment.callbackSent)
      void sendCompleted(context, operator, payment);
  }
};
