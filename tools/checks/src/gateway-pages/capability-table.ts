import type { RegisteredGateway } from '../../../../packages/payment-core/src/index.ts';

type Capabilities = RegisteredGateway['capabilities'];

const pollText: Readonly<Record<Capabilities['poll'], string>> = {
  none: 'no: a lost webhook is found by a person only',
  id: 'yes, by its id',
  list: 'yes, in the list of recent payments',
  'after-payment': 'yes, once money has come',
};

const refundText: Readonly<Record<Capabilities['refund'], string>> = {
  none: 'by hand only',
  full: 'through the gateway, whole amounts',
  partial: 'through the gateway, also in part',
};

const confirmText: Readonly<Record<Capabilities['confirmByRead'], string>> = {
  none: 'yes, its signature covers the whole message',
  preferred: 'it is read again first; if no answer comes within 60 seconds, the signed message counts',
  required: 'no, it only leads to a read',
};

const returnText: Readonly<Record<Capabilities['returnUrl'], string>> = {
  redirect: 'by a redirect',
  button: 'by a button',
  none: 'no way back: the shop has to show the state itself',
};

const yes = (value: boolean): string => (value ? 'yes' : 'no');

const currencies = (gateway: RegisteredGateway): string => {
  if (gateway.capabilities.quoteAtPayment)
    return `none in advance; the payment is valued in ${gateway.settlementCurrency}`;
  return gateway.currencies === 'any' ? 'any it is asked for' : gateway.currencies.join(', ');
};

const maximum = ({ maximum: most }: RegisteredGateway): string =>
  most ? `${most.amount} ${most.currency ?? 'of any currency'}` : 'none documented';

const rows = (gateway: RegisteredGateway): readonly (readonly [string, string])[] => {
  const can = gateway.capabilities;
  const { requests, perMs } = gateway.rateLimit;
  return [
    ['Currencies', currencies(gateway)],
    ['Networks or assets to choose from', gateway.methods.length === 0 ? 'none' : gateway.methods.join(', ')],
    [
      'Least amount',
      gateway.minimum ? `${gateway.minimum.amount} ${gateway.minimum.currency}` : 'none documented',
    ],
    ['Most amount', maximum(gateway)],
    ['Can a payment be looked up?', pollText[can.poll]],
    ['Most invoices in one read', String(can.readBatch)],
    ['Does a webhook suffice?', confirmText[can.confirmByRead]],
    ['Is a time part of the signature?', yes(can.signedTimestamp)],
    ['Is the webhook address given per invoice?', yes(can.perInvoiceWebhook)],
    ['Can an open invoice be cancelled?', yes(can.cancel)],
    ['Is an expiry reported by webhook?', yes(can.sendsExpired)],
    ['Refunds', refundText[can.refund]],
    ['Can a create call be repeated safely?', yes(can.idempotentCreate)],
    ['Can a lost create call be looked for?', yes(can.findByReference)],
    ['Can the shopper pay less / more?', `${yes(can.underpayment)} / ${yes(can.overpayment)}`],
    ['Can the rest be paid later on the same invoice?', yes(can.topUp)],
    ['Can money arrive after the expiry?', yes(can.latePayment)],
    ['Can a paid invoice be paid once more?', yes(can.secondPayment)],
    ['Can a payment be charged back?', yes(can.chargebacks)],
    ['Way back to the shop', returnText[can.returnUrl]],
    ['Shows a deposit address', yes(can.depositAddress)],
    ['Test mode of its own', yes(can.testMode)],
    ['Our rate limit per account', `${requests} requests in ${perMs / 1_000} s`],
  ];
};

export const capabilityTable = (gateway: RegisteredGateway): string =>
  ['| | |', '|---|---|', ...rows(gateway).map(([question, answer]) => `| ${question} | ${answer} |`)].join(
    '\n',
  );
