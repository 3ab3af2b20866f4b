import { chooseLanguage } from '@gatewright/pay-page';

const words: Readonly<Record<string, string>> = {
  en: 'Payment',
  de: 'Zahlung',
  es: 'Pago',
  ru: 'Платёж',
  tr: 'Ödeme',
  ar: 'دفعة',
};

/** What gateways show a buyer of a payment session, in the buyer's language where it is one of ours. */
export const paymentName = (id: string, locale: string | null): string =>
  `${words[chooseLanguage({ locale }).tag] ?? 'Payment'} ${id}`;
