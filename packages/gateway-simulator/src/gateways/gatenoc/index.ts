import * as z from 'zod';
import { defineGateway, type GatewayContext, type SimulatedPayment } from '../../kernel/gateway.ts';
import { checkoutUrlOf } from './checkout-session.ts';
import { checkoutPages } from './page.ts';
import { dollars } from './payment-wire.ts';
import { baseUrlOf, failures, gatenocRoutes } from './server.ts';
import { gatenocShopper } from './shopper.ts';
import { createMerchant, type Merchant, refundedOf, type Session, sessionStatus, sum } from './state.ts';

const accountOptions = z.strictObject({
  /** False: the merchant or its Bybit account is inactive, every call is answered 401. */
  active: z.boolean().default(true),
  /** The secret of another merchant, for the case that several share one (GN-9). */
  webhookSecret: z.string().min(1).optional(),
});

const open = (context: GatewayContext) => {
  const { clock, hostUrl, random } = context;
  const origin = hostUrl('gateway');
  const merchants = new Map<string, Merchant>();
  let lastRecordId = 41;
  const find = (token: string): Session | undefined =>
    [...merchants.values()].flatMap(({ sessions }) => sessions.get(token) ?? [])[0];
  const shopper = gatenocShopper({ context, find, nextRecordId: () => ++lastRecordId });
  const paymentOf = (session: Session): SimulatedPayment => ({
    id: session.token,
    accountId: session.merchant.accountId,
    reference: session.note,
    status: sessionStatus(session, clock.now()),
    amount: dollars(session.amount),
    currency: 'USD',
    createdAt: session.createdAt,
    expiresAt: session.expiresAt,
    payUrl: checkoutUrlOf(origin, session),
    records: session.payments.map(({ recordId }) => String(recordId)),
    refunded: dollars(sum(session.payments.map(refundedOf))),
  });
  return {
    hosts: { gateway: gatenocRoutes(context, merchants, checkoutPages(find, clock.now, shopper)) },
    failures,
    shopper,
    createAccount: ({ active, webhookSecret }: z.output<typeof accountOptions>) => {
      const merchant = createMerchant(random, { id: merchants.size + 1, active, webhookSecret });
      merchants.set(merchant.apiKey, merchant);
      return {
        accountId: merchant.accountId,
        config: {
          merchantId: String(merchant.id),
          apiKey: merchant.apiKey,
          webhookSecret: merchant.webhookSecret,
          baseUrl: baseUrlOf(origin),
        },
      };
    },
    setWebhookUrl: (accountId: string) => {
      const known = [...merchants.values()].some((merchant) => merchant.accountId === accountId);
      return { ok: false, reason: known ? 'not-supported' : 'unknown-account' } as const;
    },
    payments: (accountId?: string) =>
      [...merchants.values()]
        .filter((merchant) => accountId === undefined || merchant.accountId === accountId)
        .flatMap(({ sessions }) => [...sessions.values()].map(paymentOf)),
  };
};

/** Gatenoc: USD amounts, paid in USDT over Bybit Pay. The webhook URL comes with each session. */
export const gatenoc = defineGateway({
  name: 'Gatenoc',
  hosts: ['gateway'],
  impossibleFaults: ['forged-unsigned'],
  accountOptions,
  open,
});
