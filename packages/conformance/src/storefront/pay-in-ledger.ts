import type { Clock, InstructionRow, Invoice, Ledger, OrderKey } from '@gatewright/payment-core';

export interface PayInLedgerParts {
  readonly ledger: Ledger;
  readonly clock: Clock;
  /** The shopper pays at the gateway. @returns the gateway's records of the payment */
  readonly pay: (invoice: Invoice) => Promise<readonly string[]>;
}

/**
 * For a bench whose storefront looks into the ledger: what the core has written there by the time it tells a storefront
 * to settle. The order's invoice is paid and settled, and the one claim is that of whoever is told first.
 * @returns for an instruction, the invoice that its claim holds the order with; undefined where it holds nothing
 */
export const payInLedger = ({ ledger, clock, pay }: PayInLedgerParts) => {
  const orders = new Map<
    OrderKey,
    Promise<{ readonly claim: string; readonly invoice: Invoice } | undefined>
  >();

  const settle = async ({ store, orderKey, claim }: InstructionRow) => {
    const [made] = await ledger.transact((tx) => tx.invoices.ofOrder(store, orderKey));
    if (!made || claim === null) return undefined;
    const paymentRecords = [...(await pay(made))];
    const at = clock.now();
    return ledger.transact(async (tx) => {
      const current = (await tx.invoices.byId(made.id)) ?? made;
      const invoice: Invoice = { ...current, status: 'settled', paymentRecords, settledAt: at };
      await tx.claims.take({ store, orderKey, claim, invoice: invoice.id, at, state: 'held' });
      await tx.invoices.update(invoice);
      return { claim, invoice };
    });
  };

  return async (instruction: InstructionRow): Promise<Invoice | undefined> => {
    if (instruction.kind !== 'settle') return undefined;
    const { orderKey, claim } = instruction;
    if (!orders.has(orderKey)) orders.set(orderKey, settle(instruction));
    const held = await orders.get(orderKey);
    return held?.claim === claim ? held.invoice : undefined;
  };
};
