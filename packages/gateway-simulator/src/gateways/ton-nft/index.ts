import * as z from 'zod';
import { webhookUrlOption } from '../../kernel/account-options.ts';
import { defineGateway, type GatewayContext, type SimulatedPayment } from '../../kernel/gateway.ts';
import { judgeWebhookUrl } from '../../kernel/loopback.ts';
import { checkoutPages } from './page.ts';
import { collectionSchema, DEFAULT_COLLECTIONS } from './pricing.ts';
import { checkoutUrl, failures, tonNftRoutes } from './server.ts';
import { type FoundPayment, tonNftShopper } from './shopper.ts';
import { addOperator, type Operator } from './state.ts';
import { amountText } from './webhook.ts';

const accountOptions = z.strictObject({
  name: z.string().default('Simulated shop'),
  /** The operator's one callback URL. */
  webhookUrl: webhookUrlOption,
  /** The whitelist with its pricing list. */
  collections: z.array(collectionSchema).min(1).prefault(DEFAULT_COLLECTIONS),
  keyEncoding: z.enum(['hex-text', 'raw']).default('hex-text'),
  currency: z.enum(['TON', 'GRAM']).default('TON'),
  amountUnit: z.enum(['ton', 'nanoton']).default('ton'),
  listShape: z.enum(['array', 'payments', 'data', 'items']).default('array'),
  /** Amount and currency in the list; undocumented. */
  listAmounts: z.boolean().default(false),
  /** How many payments are recent. */
  listSize: z.int().positive().default(50),
});

const open = (context: GatewayContext) => {
  const operators = new Map<string, Operator>();
  const everyPayment = (): FoundPayment[] =>
    [...operators.values()].flatMap((operator) =>
      [...operator.payments.values()].map((payment) => ({ operator, payment })),
    );
  const find = (id: string | undefined): FoundPayment | undefined =>
    everyPayment().find(({ payment }) => payment.id === id);
  const shopper = tonNftShopper(context, find);

  const paymentOf = ({ operator, payment }: FoundPayment): SimulatedPayment => ({
    id: payment.id,
    accountId: operator.accountId,
    status: payment.status,
    amount:
      payment.completedAt === undefined || payment.collectible === undefined
        ? undefined
        : amountText(payment.collectible.price, operator),
    currency: operator.currency,
    createdAt: payment.createdAt,
    payUrl: checkoutUrl(context, payment),
  });

  return {
    hosts: { gateway: tonNftRoutes(context, operators, checkoutPages(find, shopper)) },
    failures,
    shopper,
    createAccount: (options: z.output<typeof accountOptions>) => {
      const { accountId, apiKey, keyEncoding } = addOperator(operators, context.random, options);
      return { accountId, config: { baseUrl: context.hostUrl('gateway'), apiKey, keyEncoding } };
    },
    setWebhookUrl: (accountId: string, url: string | null) => {
      const operator = [...operators.values()].find((candidate) => candidate.accountId === accountId);
      if (operator === undefined) return { ok: false, reason: 'unknown-account' } as const;
      const verdict = url === null ? undefined : judgeWebhookUrl(url);
      if (verdict?.ok === false) return verdict;
      operator.callbackUrl = verdict?.url ?? null;
      return { ok: true } as const;
    },
    payments: (accountId?: string) =>
      everyPayment()
        .filter(({ operator }) => accountId === undefined || operator.accountId === accountId)
        .map(paymentOf),
  };
};

/** The NFT payment gateway on TON: one operator's self-hosted server. */
export const tonNft = defineGateway({
  name: 'NFT gateway (TON)',
  hosts: ['gateway'],
  impossibleFaults: ['expiry-race'],
  accountOptions,
  open,
});
