/** For whoever reads the app's log or Shopify's; no buyer sees them. */
const refuse = (status: number, reason: string): Response => Response.json({ reason }, { status });

export const malformed = (field: string): Response =>
  Response.json({ reason: 'malformed', field }, { status: 400 });
export const headersMissing = (): Response => refuse(400, 'headers-missing');
export const tooLarge = (): Response => refuse(413, 'body-too-large');
export const notFound = (): Response => refuse(404, 'not-found');
/** The shop never had the app, or has taken it off: Shopify shows the buyer that the payment failed. */
export const shopUnknown = (): Response => refuse(403, 'shop-not-installed');
/** An id that was used for something else: never Shopify's doing. */
export const conflict = (): Response => refuse(409, 'id-used-for-another-request');
export const paymentUnknown = (): Response => refuse(404, 'payment-unknown');
/** Shopify sends it again. */
export const notStored = (): Response => refuse(503, 'not-stored');

/** The body that Shopify wants after a refund, capture or void; anything but 201 counts as failed (contract 2.3). */
export const taken = (): Response =>
  new Response('{}', { status: 201, headers: { 'content-type': 'application/json' } });
