import { createHmac } from 'node:crypto';
import type { GatewayBench } from '@gatewright/conformance';

interface Payment {
  readonly id: string;
  readonly account: string;
  readonly reference: string;
  readonly amount: string;
  readonly currency: string;
  readonly webhookUrl: string;
  readonly expiresAt: number;
  paidAt: number | null;
}

export const signAcme = (secret: string, body: Uint8Array | string): string =>
  createHmac('sha256', secret).update(body).digest('hex');

const instant = (ms: number): string => new Date(ms).toISOString();

/** Acme Pay in memory: what its document says, and a clock. */
export const openAcmeBench = async (): Promise<GatewayBench> => {
  const payments: Payment[] = [];
  let now = Date.UTC(2026, 5, 1, 12);
  let accounts = 0;

  const shown = ({ id, reference, amount, currency, paidAt, expiresAt }: Payment) => ({
    id,
    reference,
    amount,
    currency,
    status: paidAt !== null ? 'paid' : now < expiresAt ? 'waiting' : 'expired',
    paid_at: paidAt === null ? null : instant(paidAt),
  });

  const create = (account: string, text: string): Payment => {
    // Written by the adapter under test.
    const wanted = JSON.parse(text) as Record<string, string>;
    const { reference = '', amount = '', currency = '', webhook_url: webhookUrl = '' } = wanted;
    const known = payments.find((payment) => payment.account === account && payment.reference === reference);
    if (known) return known;
    const id = `acme_${payments.length + 1}`;
    const expiresAt = now + 30 * 60_000;
    const made = { id, account, reference, amount, currency, webhookUrl, expiresAt, paidAt: null };
    payments.push(made);
    return made;
  };

  const answer = (method: string, url: URL, account: string, body: string): unknown => {
    if (method === 'POST') {
      const payment = create(account, body);
      const payUrl = `https://sandbox.acme.example/pay/${payment.id}`;
      return { payment: shown(payment), pay_url: payUrl, expires_at: instant(payment.expiresAt) };
    }
    const ids = url.searchParams.get('ids')?.split(',') ?? [];
    const own = payments.filter((payment) => payment.account === account && ids.includes(payment.id));
    return { payments: own.map(shown) };
  };

  return {
    clock: {
      now: () => now,
      advance: async (ms) => {
        now += ms;
      },
    },
    http: async ({ method, url, headers, body = '' }) => {
      const account = headers.authorization?.replace('Bearer key-', '') ?? '';
      const json = JSON.stringify(answer(method, new URL(url), account, body));
      return { outcome: 'ok', status: 200, headers: {}, body: Buffer.from(json) };
    },
    openAccount: async () => {
      accounts += 1;
      const account = String(accounts);
      const baseUrl = 'https://sandbox.acme.example';
      return {
        config: { baseUrl, key: `key-${account}`, webhookSecret: `secret-${account}` },
        payments: () => payments.filter((payment) => payment.account === account),
      };
    },
    shopper: {
      pay: async (id) => {
        const payment = payments.find((candidate) => candidate.id === id);
        if (!payment || payment.paidAt !== null || now >= payment.expiresAt) throw new Error('not payable');
        payment.paidAt = now;
        const body = JSON.stringify({ event: 'payment.changed', payment: shown(payment) });
        const signature = signAcme(`secret-${payment.account}`, body);
        await fetch(payment.webhookUrl, { method: 'POST', headers: { 'Acme-Signature': signature }, body });
      },
    },
    close: async () => undefined,
  };
};
