import * as z from 'zod';
import { webhookUrlOption } from '../../kernel/account-options.ts';
import { defineGateway, type GatewayContext, type SimulatedPayment } from '../../kernel/gateway.ts';
import { judgeWebhookUrl } from '../../kernel/loopback.ts';
import { invoiceLinks } from './invoice-wire.ts';
import { invoicePages } from './page.ts';
import { cryptoPayRoutes, failures } from './server.ts';
import { cryptoPayShopper, type FoundInvoice } from './shopper.ts';
import { type App, addApp, createNetwork, isDecimalText, type Network, statusOf } from './state.ts';

const accountOptions = z.strictObject({
  name: z.string().default('Simulated shop'),
  /** A token of the test network, whose host is another one. */
  testnet: z.boolean().default(false),
  webhookUrl: webhookUrlOption,
  /** Allows `transfer` and `createCheck`. */
  payouts: z.boolean().default(false),
  /** Starting balance per asset. */
  balances: z.record(z.string(), z.string().refine(isDecimalText, 'not a decimal')).default({}),
  /** Where the network's invoice ids go on, for ids above 2^53 (CP-3); never backwards. */
  nextInvoiceId: z
    .string()
    .regex(/^[1-9]\d{0,18}$/)
    .optional(),
});

const REQUESTS_PER_SECOND = 100;

const paymentOf = ({ network, app, invoice }: FoundInvoice, now: number): SimulatedPayment => ({
  id: invoice.id,
  accountId: app.accountId,
  reference: invoice.payload,
  status: statusOf(invoice, now),
  amount: invoice.amount,
  currency: invoice.currency,
  createdAt: invoice.createdAt,
  expiresAt: invoice.expiresAt,
  payUrl: invoiceLinks(network, invoice.hash).webApp,
});

const open = (context: GatewayContext) => {
  const mainnet = createNetwork(false, context.hostUrl('mainnet'));
  const testnet = createNetwork(true, context.hostUrl('testnet'));
  const accounts = new Map<string, { network: Network; app: App }>();
  const everyInvoice = (): FoundInvoice[] =>
    [...accounts.values()].flatMap(({ network, app }) =>
      [...app.invoices.values()].map((invoice) => ({ network, app, invoice })),
    );
  const findById = (id: string): FoundInvoice | undefined => {
    for (const { network, app } of accounts.values()) {
      const invoice = app.invoices.get(id);
      if (invoice !== undefined) return { network, app, invoice };
    }
    return undefined;
  };
  const shopper = cryptoPayShopper(context, findById);
  const limiter = context.rateLimiter(REQUESTS_PER_SECOND, 1000);
  const routesOf = (network: Network) => {
    const findByHash = (hash: string): FoundInvoice | undefined =>
      everyInvoice().find((found) => found.network === network && found.invoice.hash === hash);
    return cryptoPayRoutes(
      context,
      network,
      limiter,
      invoicePages(network, findByHash, context.clock.now, shopper),
    );
  };
  return {
    hosts: { mainnet: routesOf(mainnet), testnet: routesOf(testnet) },
    failures,
    shopper,
    createAccount: (options: z.output<typeof accountOptions>) => {
      const network = options.testnet ? testnet : mainnet;
      const wanted = BigInt(options.nextInvoiceId ?? '0');
      if (wanted > network.nextInvoiceId) network.nextInvoiceId = wanted;
      const app = addApp(network, context.random, options);
      accounts.set(app.accountId, { network, app });
      return { accountId: app.accountId, config: { token: app.token, baseUrl: `${network.origin}/api` } };
    },
    setWebhookUrl: (accountId: string, url: string | null) => {
      const account = accounts.get(accountId);
      if (account === undefined) return { ok: false, reason: 'unknown-account' } as const;
      const verdict = url === null ? undefined : judgeWebhookUrl(url);
      if (verdict?.ok === false) return verdict;
      account.app.webhookUrl = verdict?.url ?? null;
      return { ok: true } as const;
    },
    payments: (accountId?: string) =>
      everyInvoice()
        .filter(({ app }) => accountId === undefined || app.accountId === accountId)
        .map((found) => paymentOf(found, context.clock.now())),
  };
};

/** Crypto Pay (`@CryptoBot`), mainnet and testnet. */
export const cryptoPay = defineGateway({
  name: 'Crypto Pay',
  hosts: ['mainnet', 'testnet'],
  impossibleFaults: ['forged-unsigned'],
  accountOptions,
  open,
});
