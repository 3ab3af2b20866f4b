import { type Clock, hours, type Invoice } from '@gatewright/payment-core';
import type { SqlLedger } from '@gatewright/payment-ledger';
import { sameMoney } from '../fulfilment/judge-settling.ts';
import type { SessionRow } from '../sessions/session-book.ts';
import { medusaStoreId } from '../settings/medusa-settings.ts';

/** More than a shopper needs who goes through every gateway and network while the cart still changes. */
const most = 30;
const withinMs = hours(1);

const goesOn =
  ({ account, amount }: SessionRow, method: string | null) =>
  (invoice: Invoice): boolean =>
    invoice.status === 'open' &&
    !invoice.superseded &&
    invoice.account === account &&
    invoice.method === method &&
    sameMoney(amount, invoice.order);

/**
 * Whether the cart has had its invoices for now. Anybody with a publishable key can start payments, each at a gateway; the
 * same gateway, network and amount find the live invoice and are never too many, but whoever goes to and fro between two
 * makes one each time.
 */
export const hasHadItsInvoices = async (
  { ledger, clock }: { readonly ledger: SqlLedger; readonly clock: Clock },
  row: SessionRow,
  method: string | null,
): Promise<boolean> => {
  const { attempts, claim } = await ledger.transact(async (tx) => ({
    attempts: await tx.invoices.ofOrder(medusaStoreId, row.orderKey),
    claim: await tx.claims.byOrder(medusaStoreId, row.orderKey),
  }));
  // An order that is paid or being paid gets a session and no invoice.
  const isPaid = claim !== undefined && claim.state !== 'released';
  if (isPaid || attempts.some(({ status }) => status === 'processing')) return false;
  const since = clock.now() - withinMs;
  const made = attempts.filter(({ createdAt }) => createdAt > since).length;
  return made >= most && !attempts.some(goesOn(row, method));
};
