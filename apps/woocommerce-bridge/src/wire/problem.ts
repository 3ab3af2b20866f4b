import { wireVersions } from './signature.ts';

/** An error as the wire carries it: `application/problem+json` (contracts/bridge-api.md, last paragraph). */
export interface Problem {
  readonly status: 400 | 401 | 404 | 409 | 413 | 415 | 422 | 429 | 500 | 503;
  /** Kebab-case, stable. */
  readonly code: string;
  /** Cause and remedy in the owner's words. */
  readonly ownerMessage: string;
  /** What a shopper may see. */
  readonly shopperMessage: string;
  readonly retryAfterSeconds?: number;
  /** Facts beside the texts, such as the versions that are understood. */
  readonly more?: Readonly<Record<string, unknown>>;
}

export const notPossibleNow = 'Paying this way is not possible right now. Please choose another way to pay.';
export const askTheShop = 'The shop could not take this step. Please contact the shop.';

export const problemMediaType = 'application/problem+json; charset=utf-8';

export const problemBody = (problem: Problem): Readonly<Record<string, unknown>> => ({
  ...problem.more,
  status: problem.status,
  code: problem.code,
  owner_message: problem.ownerMessage,
  shopper_message: problem.shopperMessage,
});

/** One body for every authentication fault: which one it was stands in the log only. */
export const unauthorized: Problem = {
  status: 401,
  code: 'unauthorized',
  ownerMessage:
    "The request is not signed with a key of this bridge, or the two servers' clocks differ by more than 5 minutes. Check the clocks, then pair the plugin again.",
  shopperMessage: notPossibleNow,
};

export const versionUnknown: Problem = {
  status: 400,
  code: 'version-unknown',
  ownerMessage: 'This bridge does not know that version of the calls. Update the bridge or the plugin.',
  shopperMessage: askTheShop,
  more: { understood: wireVersions },
};

/** @param fields names of the fields that are wrong; their values are never repeated */
export const malformed = (fields: readonly string[]): Problem => ({
  status: 400,
  code: 'malformed',
  ownerMessage: `The request cannot be read${fields.length === 0 ? '' : ` (${fields.join(', ')})`}. Update the plugin or the bridge, so that both speak the same version.`,
  shopperMessage: askTheShop,
  more: { fields },
});

export const tooManyCalls = (retryAfterSeconds: number): Problem => ({
  status: 429,
  code: 'too-many-calls',
  ownerMessage: `The bridge was called too often in a short time. It takes the next call in ${retryAfterSeconds} s.`,
  shopperMessage: 'Too many requests. Please try again in a moment.',
  retryAfterSeconds,
});

export const orderUnknown: Problem = {
  status: 404,
  code: 'order-unknown',
  ownerMessage: 'No payment of this order was ever started here.',
  shopperMessage: askTheShop,
};
