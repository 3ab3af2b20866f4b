import * as z from 'zod';
import { webhookUrlOption } from '../../kernel/account-options.ts';
import { defineGateway, type GatewayContext, type SimulatedPayment } from '../../kernel/gateway.ts';
import { judgeWebhookUrl } from '../../kernel/loopback.ts';
import { GROUP_IDS } from './catalogue.ts';
import { billPages } from './page.ts';
import { API_PATH, failures, teleportPayRoutes } from './server.ts';
import { type FoundBill, teleportPayShopper } from './shopper.ts';
import { addKey, type Key } from './state.ts';

const HALF_HOUR_MS = 1_800_000;

const accountOptions = z.strictObject({
  name: z.string().default('Simulated shop'),
  /** The key's default, for invoices that bring none. */
  webhookUrl: webhookUrlOption,
  active: z.boolean().default(true),
  /** Group ids that the key may offer. */
  methods: z
    .array(z.string().refine((id) => GROUP_IDS.includes(id), 'unknown group'))
    .min(1)
    .default([...GROUP_IDS]),
  /** From creation to expiry; undocumented. */
  lifetimeMs: z.int().positive().default(HALF_HOUR_MS),
  signaturePrefix: z.boolean().default(true),
  timestampPer: z.enum(['event', 'attempt']).default('event'),
});

const open = (context: GatewayContext) => {
  const keys = new Map<string, Key>();
  const everyBill = (): FoundBill[] =>
    [...keys.values()].flatMap((key) => [...key.bills.values()].map((bill) => ({ key, bill })));
  const shopper = teleportPayShopper(context, (id) => everyBill().find(({ bill }) => bill.id === id));
  const payUrl = (uid: string): string => `${context.hostUrl('pay')}/bill/${uid}`;

  const paymentOf = ({ key, bill }: FoundBill): SimulatedPayment => ({
    id: bill.id,
    accountId: key.accountId,
    reference: bill.orderId,
    status: bill.status,
    amount: bill.amount,
    currency: bill.currency,
    createdAt: bill.createdAt,
    expiresAt: bill.expiresAt,
    payUrl: payUrl(bill.uid),
  });

  return {
    hosts: {
      gate: teleportPayRoutes(context, keys),
      pay: billPages((uid) => everyBill().find(({ bill }) => bill.uid === uid), shopper),
    },
    failures,
    shopper,
    createAccount: (options: z.output<typeof accountOptions>) => {
      const { accountId, apiKey, webhookSecret } = addKey(keys, context.random, options);
      return {
        accountId,
        config: { apiKey, webhookSecret, baseUrl: `${context.hostUrl('gate')}${API_PATH}` },
      };
    },
    setWebhookUrl: (accountId: string, url: string | null) => {
      const key = [...keys.values()].find((candidate) => candidate.accountId === accountId);
      if (key === undefined) return { ok: false, reason: 'unknown-account' } as const;
      const verdict = url === null ? undefined : judgeWebhookUrl(url);
      if (verdict?.ok === false) return verdict;
      key.webhookUrl = verdict?.url ?? null;
      return { ok: true } as const;
    },
    payments: (accountId?: string) =>
      everyBill()
        .filter(({ key }) => accountId === undefined || key.accountId === accountId)
        .map(paymentOf),
  };
};

/** Teleport Pay: the API on one host, the pay page on another. */
export const teleportPay = defineGateway({
  name: 'Teleport Pay',
  hosts: ['gate', 'pay'],
  impossibleFaults: ['forged-unsigned'],
  accountOptions,
  open,
});
