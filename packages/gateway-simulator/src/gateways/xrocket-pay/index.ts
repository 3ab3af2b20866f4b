import * as z from 'zod';
import { webhookUrlOption } from '../../kernel/account-options.ts';
import { defineGateway, type GatewayContext, type SimulatedPayment } from '../../kernel/gateway.ts';
import { judgeWebhookUrl } from '../../kernel/loopback.ts';
import { invoiceLink } from './invoice-wire.ts';
import { invoicePages } from './page.ts';
import { failures, xRocketPayRoutes } from './server.ts';
import { type FoundInvoice, xRocketPayShopper } from './shopper.ts';
import { addApp, createGateway, expiresAt, statusOf } from './state.ts';

const accountOptions = z.strictObject({
  name: z.string().default('Simulated shop'),
  webhookUrl: webhookUrlOption,
});

const open = (context: GatewayContext) => {
  const gateway = createGateway(context.hostUrl('api'));
  const invoices = (): FoundInvoice[] =>
    [...gateway.apps.values()].flatMap((app) =>
      [...app.invoices.values()].map((invoice) => ({ app, invoice })),
    );
  const findById = (id: string): FoundInvoice | undefined => {
    for (const app of gateway.apps.values()) {
      const invoice = app.invoices.get(id);
      if (invoice !== undefined) return { app, invoice };
    }
    return undefined;
  };
  const paymentOf = ({ app, invoice }: FoundInvoice): SimulatedPayment => ({
    id: invoice.id,
    accountId: app.accountId,
    reference: invoice.payload,
    status: statusOf(invoice, context.clock.now()),
    amount: invoice.amount,
    currency: invoice.currency,
    createdAt: invoice.createdAt,
    expiresAt: expiresAt(invoice),
    payUrl: invoiceLink(gateway.origin, invoice),
  });
  const shopper = xRocketPayShopper(context, gateway.origin, findById);
  const findByHash = (hash: string) => invoices().find(({ invoice }) => invoice.hash === hash);
  return {
    hosts: { api: xRocketPayRoutes(context, gateway, invoicePages(findByHash, context.clock.now, shopper)) },
    failures,
    shopper,
    createAccount: (options: z.output<typeof accountOptions>) => {
      const { accountId, apiKey } = addApp(gateway, context.random, options);
      return { accountId, config: { apiKey, baseUrl: gateway.origin } };
    },
    setWebhookUrl: (accountId: string, url: string | null) => {
      const app = [...gateway.apps.values()].find((candidate) => candidate.accountId === accountId);
      if (app === undefined) return { ok: false, reason: 'unknown-account' } as const;
      const verdict = url === null ? undefined : judgeWebhookUrl(url);
      if (verdict?.ok === false) return verdict;
      app.webhookUrl = verdict?.url ?? null;
      return { ok: true } as const;
    },
    payments: (accountId?: string) =>
      invoices()
        .filter(({ app }) => accountId === undefined || app.accountId === accountId)
        .map(paymentOf),
  };
};

/** xRocket Pay (`@xRocket`). */
export const xRocketPay = defineGateway({
  name: 'xRocket Pay',
  hosts: ['api'],
  impossibleFaults: ['forged-unsigned'],
  accountOptions,
  open,
});
