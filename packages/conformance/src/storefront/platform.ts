import type { ShopTrouble } from '../journey/shop.ts';

/** What not every platform has; a subject names what its own lacks, and why. */
export const platformFeatures = [
  /** An order that was told to hold, cancel, fail or note something shows it. */
  'hold',
  'cancel',
  'fail',
  'note',
  /** An order that failed can still be paid. */
  'pay-after-fail',
  /** What a person can do in the shop, past us. */
  'edit-total',
  'edit-currency',
  'cancel-unpaid',
  'cancel-paid',
  'reopen',
  'pay-otherwise',
  'refund',
  /** What can happen on the way to the shop and back. */
  'unreachable',
  'answer-lost',
  /** A settlement that had been done before is answered `already`, also where its first answer never came. */
  'tell-repeats',
] as const;
export type PlatformFeature = (typeof platformFeatures)[number];

/** In a few words, why the platform has no such thing. */
export type Lacks = Readonly<Partial<Record<PlatformFeature, string>>>;

/** What a bench's person must be able to do, and only then. */
export const deedOf = {
  'edit-total': 'editTotal',
  'edit-currency': 'editCurrency',
  'cancel-unpaid': 'cancel',
  'cancel-paid': 'cancel',
  reopen: 'reopen',
  'pay-otherwise': 'payOtherwise',
  refund: 'refund',
} as const;

export const troubles: readonly ShopTrouble[] = ['unreachable', 'answer-lost'];
