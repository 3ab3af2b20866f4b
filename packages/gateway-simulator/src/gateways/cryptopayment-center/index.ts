import * as z from 'zod';
import { webhookUrlOption } from '../../kernel/account-options.ts';
import { defineGateway, type GatewayContext, type SimulatedPayment } from '../../kernel/gateway.ts';
import { judgeWebhookUrl } from '../../kernel/loopback.ts';
import { invoicePages } from './page.ts';
import { baseUrlOf, checkoutUrlOf, cpcRoutes, failures } from './server.ts';
import { cpcShopper } from './shopper.ts';
import { createMerchant, type Invoice, type Merchant, viewOf } from './state.ts';

const accountOptions = z.strictObject({
  webhookUrl: webhookUrlOption,
  /** Base64, with or without `base64:`; two accounts with one key are CPC-5's shared application key. */
  appKey: z
    .string()
    .regex(/^(base64:)?[A-Za-z0-9+/]{22,}={0,2}$/)
    .optional(),
});

const open = (context: GatewayContext) => {
  const { clock, hostUrl, knobs, random } = context;
  const origin = hostUrl('gateway');
  const merchants = new Map<string, Merchant>();
  const everyInvoice = (): Invoice[] =>
    [...merchants.values()].flatMap(({ invoices }) => [...invoices.values()]);
  const find = (id: string): Invoice | undefined =>
    [...merchants.values()].flatMap(({ invoices }) => invoices.get(id) ?? [])[0];
  const shopper = cpcShopper(context, find);
  const paymentOf = (invoice: Invoice): SimulatedPayment => ({
    id: invoice.id,
    accountId: invoice.merchant.accountId,
    reference: invoice.orderId,
    status: viewOf(invoice, clock.now(), knobs.confirmationMs).status,
    amount: invoice.amountCrypto,
    currency: invoice.network.coin,
    createdAt: invoice.createdAt,
    expiresAt: invoice.expiresAt,
    payUrl: checkoutUrlOf(origin, invoice),
  });
  return {
    hosts: {
      gateway: cpcRoutes(context, merchants, invoicePages(find, clock, knobs.confirmationMs, shopper)),
    },
    failures,
    shopper,
    createAccount: ({ webhookUrl, appKey }: z.output<typeof accountOptions>) => {
      const merchant = createMerchant(random, { webhookUrl, appKey });
      merchants.set(merchant.apiKey, merchant);
      const { accountId, apiKey, apiSecret } = merchant;
      return {
        accountId,
        config: { apiKey, apiSecret, appKey: merchant.appKey, baseUrl: baseUrlOf(origin) },
      };
    },
    setWebhookUrl: (accountId: string, url: string | null) => {
      const merchant = [...merchants.values()].find((candidate) => candidate.accountId === accountId);
      if (merchant === undefined) return { ok: false, reason: 'unknown-account' } as const;
      const verdict = url === null ? undefined : judgeWebhookUrl(url);
      if (verdict?.ok === false) return verdict;
      merchant.webhookUrl = verdict?.url ?? null;
      return { ok: true } as const;
    },
    payments: (accountId?: string) =>
      everyInvoice()
        .filter(({ merchant }) => accountId === undefined || merchant.accountId === accountId)
        .map(paymentOf),
  };
};

/** CryptoPayment.center: BTC, LTC, ETH and USDT, one address per invoice, amounts in USD. */
export const cryptoPaymentCenter = defineGateway({
  name: 'CryptoPayment.center',
  hosts: ['gateway'],
  impossibleFaults: [],
  accountOptions,
  open,
});
