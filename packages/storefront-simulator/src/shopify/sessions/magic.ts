import type { Customer } from '../checkout/checkout.ts';
import type { Platform } from '../store/platform.ts';
import type { Magic } from './deliver.ts';

/** The first name 400, 404 or 500 forces that status; `delay-N` makes Shopify N seconds late (rule 18). */
export const magicOf = ({ settings }: Platform, customer: Customer | null): Magic => {
  const name = settings.magicInputs ? (customer?.billing_address.given_name ?? '') : '';
  if (name === '400' || name === '404' || name === '500') return { status: Number(name) };
  const seconds = /^delay-(\d{1,3})$/.exec(name)?.[1];
  return seconds === undefined ? {} : { delayMs: Number(seconds) * 1_000 };
};
