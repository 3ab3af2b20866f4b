import type { InstructionRow } from '@gatewright/payment-core';
import { expect, it } from 'vitest';
import { mustStart, startWorld } from '../engine/world.fixture.ts';
import { medusaStoreId } from '../settings/medusa-settings.ts';
import { invoiceView } from './invoice-view.ts';

const paid = async () => {
  const { engine, simulators, start } = await startWorld();
  const { row } = await mustStart(start());
  const { shopper, payments } = simulators.gateways['crypto-pay'];
  await shopper.pay(payments()[0]?.id ?? '');
  await engine.work();
  return { engine, orderKey: row.orderKey };
};

it('shows the notes that Medusa has no place for, each where it was told', async () => {
  const { engine, orderKey } = await paid();
  const { ledger, ports } = engine;
  const invoices = () => ledger.transact((tx) => tx.invoices.ofOrder(medusaStoreId, orderKey));
  const [invoice] = await invoices();
  if (!invoice) throw new Error('no invoice');
  const at = ports.clock.now();
  const note = (text: string): InstructionRow => ({
    id: `note ${text}`,
    store: medusaStoreId,
    orderKey,
    invoice: invoice.id,
    kind: 'note',
    claim: null,
    transaction: null,
    expected: null,
    note: text,
    state: 'pending',
    answer: null,
    createdAt: at,
    doneAt: null,
  });
  await ledger.transact(async (tx) => {
    for (const row of [note('More than asked.'), note('A trifle came.'), note('')]) {
      await tx.instructions.insert(row);
      await tx.jobs.enqueue({ kind: 'tell-storefront', instruction: row.id, store: medusaStoreId }, at);
    }
  });
  await engine.work();
  const shown = await ledger.transact((tx) => invoiceView(ports, tx, invoice, invoice.id));
  const told = shown.timeline.filter(({ event }) => event === 'note told to the shop');
  expect(new Set(told.map(({ detail }) => detail))).toEqual(
    new Set(['More than asked.', 'A trifle came.', 'done']),
  );
});
