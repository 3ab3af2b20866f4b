import { pageAddress } from '@gatewright/pay-page';
import { type Invoice, pageIdSchema } from '@gatewright/payment-core';
import * as z from 'zod';
import type { MedusaEngine } from '../engine/engine.ts';
import type { SessionRow } from '../sessions/session-book.ts';

/** What Medusa keeps with a session. Storefronts read it and shoppers write what we do not set, so it holds no secret. */
export type SessionData = Readonly<Record<string, unknown>>;

const trustedSchema = z.object({ session_id: z.string(), page_id: pageIdSchema });

/**
 * The session that stored `data` names. The page's id proves that we wrote it: a shopper who puts somebody else's
 * session into data of their own does not know it (contract 2.4).
 */
export const sessionOf = async (
  { sessions }: Pick<MedusaEngine, 'sessions'>,
  data: SessionData | undefined,
): Promise<SessionRow | undefined> => {
  const named = trustedSchema.safeParse(data);
  if (!named.success) return undefined;
  const row = await sessions.byId(named.data.session_id);
  return row?.page === named.data.page_id ? row : undefined;
};

const iso = (ms: number): string => new Date(ms).toISOString();

/**
 * What a storefront needs, over whatever a shopper had written under the same names.
 * `checkout_url`: our page, where the shopper pays; `expires_at`: of the invoice, null before there is one.
 */
export const dataOf = (
  { host }: Pick<MedusaEngine, 'host'>,
  row: SessionRow,
  gateway: string,
  invoice: Invoice | undefined,
  given: SessionData | undefined,
): Record<string, unknown> => ({
  ...given,
  session_id: row.id,
  page_id: row.page,
  gateway,
  amount: row.amount.amount,
  currency_code: row.amount.currency.toLowerCase(),
  checkout_url: pageAddress(host, { id: row.page }),
  invoice_id: invoice?.id ?? null,
  invoice_status: invoice?.status ?? null,
  expires_at: invoice === undefined ? null : iso(invoice.expiresAt),
});
