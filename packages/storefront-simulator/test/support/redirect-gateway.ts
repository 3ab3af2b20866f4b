import type { PaymentGateway } from '../../src/index.ts';

/** The recorded store's "Crypto (test)": refuses by the buyer's name and refunds by the amount (woocommerce.md 11.3). */
export const redirectGateway = (): PaymentGateway => {
  const settings = {
    title: { label: 'Title', value: 'Crypto (test)', default: 'Crypto (test)' },
    pay_base: { label: 'Pay base', value: 'http://127.0.0.1:9555/pay', default: 'http://127.0.0.1:9555/pay' },
  };
  return {
    id: 'trg',
    title: 'Crypto (test)',
    enabled: true,
    methodTitle: 'Test Redirect',
    methodDescription: 'rig',
    settings,
    processPayment: async (order, { returnUrl, cancelUrl }) => {
      if (order.billing.last_name === 'FAIL') return { ok: false, message: 'Gateway down' };
      if (order.billing.last_name === 'THROW') throw new Error('Provider unreachable');
      const query = [
        `order=${order.id}`,
        `key=${order.orderKey}`,
        `return=${encodeURIComponent(returnUrl)}`,
        `cancel=${encodeURIComponent(cancelUrl)}`,
      ];
      return { ok: true, redirect: `${settings.pay_base.value}?${query.join('&')}` };
    },
    processRefund: async (_order, { amount }) => {
      if (amount === '6.66') return { ok: false, message: 'Provider refused refund' };
      if (amount === '7.77') return { ok: false, message: '' };
      if (amount === '8.88') return { ok: false, message: 'Boom from provider' };
      return { ok: true };
    },
  };
};
