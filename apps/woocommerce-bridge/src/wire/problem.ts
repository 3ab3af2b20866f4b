import { askTheShop, type Problem } from '@gatewright/operations';
import { wireVersions } from './signature.ts';

export { askTheShop, type Problem, problemBody, problemMediaType } from '@gatewright/operations';

export const notPossibleNow = 'Paying this way is not possible right now. Please choose another way to pay.';
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
