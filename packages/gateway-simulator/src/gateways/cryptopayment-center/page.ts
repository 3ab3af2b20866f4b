import { subtractDecimal } from '@gatewright/payment-core';
import type { Route } from '../../kernel/http/router.ts';
import { isoSeconds } from '../../kernel/instant.ts';
import { type PageAction, type PayPageView, payPageRoutes } from '../../kernel/pay-page.ts';
import type { CpcShopper } from './shopper.ts';
import { type Invoice, type InvoiceView, viewOf } from './state.ts';

const actionsOf = (invoice: Invoice, view: InvoiceView): readonly PageAction[] => {
  const price = `${invoice.amountCrypto} ${invoice.network.coin}`;
  const amount = { name: 'amount', label: `amount in ${invoice.network.coin}`, value: '' };
  switch (view.status) {
    case 'pending':
      return [
        { action: 'pay', label: `Send ${price}` },
        { action: 'underpay', label: 'Send less', inputs: [amount] },
        { action: 'overpay', label: 'Send more', inputs: [amount] },
        { action: 'pay', label: `Wait until it has expired, then send ${price}`, late: true },
        { action: 'expire', label: 'Let it expire (moves the clock)' },
      ];
    case 'expired':
      return [{ action: 'pay', label: `Send ${price} all the same` }];
    case 'confirming':
      return [
        { action: 'topUp', label: 'Send more to the same address', inputs: [amount] },
        { action: 'reorg', label: 'Drop the transaction from the chain' },
      ];
    case 'confirmed':
      return [{ action: 'topUp', label: 'Send more to the same address', inputs: [amount] }];
  }
};

const pageView = (invoice: Invoice, view: InvoiceView): PayPageView => ({
  paymentId: invoice.id,
  gateway: 'CryptoPayment.center',
  title: `Pay ${invoice.amountUsd} USD`,
  status: view.status,
  facts: [
    ['Amount', `${invoice.amountCrypto} ${invoice.network.coin}`],
    ['Network', invoice.network.label],
    ['Address', invoice.address],
    ['Received', view.paid],
    ['Missing', subtractDecimal(invoice.amountCrypto, view.paid) ?? '0'],
    ['Confirmations', `${view.confirmations} of ${invoice.network.confirmations}`],
    ['Expires', isoSeconds(invoice.expiresAt)],
  ],
  actions: actionsOf(invoice, view),
});

/** There is no way back to the shop (CPC-9). */
export const invoicePages = (
  find: (id: string) => Invoice | undefined,
  clock: { now(): number },
  confirmationMs: number,
  shopper: CpcShopper,
): readonly Route[] =>
  payPageRoutes({
    path: '/pay/:id',
    shopper,
    view: ({ params }) => {
      const invoice = find(params.id ?? '');
      return invoice === undefined
        ? undefined
        : pageView(invoice, viewOf(invoice, clock.now(), confirmationMs));
    },
  });
