/** An error as our services' calls carry it: `application/problem+json` (contracts/bridge-api.md, last paragraph). */
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

export const askTheShop = 'The shop could not take this step. Please contact the shop.';

export const problemMediaType = 'application/problem+json; charset=utf-8';

export const problemBody = (problem: Problem): Readonly<Record<string, unknown>> => ({
  ...problem.more,
  status: problem.status,
  code: problem.code,
  owner_message: problem.ownerMessage,
  shopper_message: problem.shopperMessage,
});

export const routeUnknown: Problem = {
  status: 404,
  code: 'route-unknown',
  ownerMessage: 'There is nothing at this address. Check the address and the method.',
  shopperMessage: askTheShop,
};

export const bodyTooLarge: Problem = {
  status: 413,
  code: 'body-too-large',
  ownerMessage: 'The request is larger than anything this address takes.',
  shopperMessage: askTheShop,
};
