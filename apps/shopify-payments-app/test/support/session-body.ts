const base = {
  id: 'session-1',
  gid: 'gid://shopify/PaymentSession/session-1',
  group: 'Z3JvdXA=',
  session_id: 'b25l',
  amount: '12.00',
  currency: 'USD',
  test: true,
  merchant_locale: 'en',
  payment_method: { type: 'offsite', data: { cancel_url: 'https://annas.myshopify.com/checkouts/1' } },
  proposed_at: '2026-06-01T12:00:00.000Z',
  customer: null,
  kind: 'sale',
};

/** The body of a session request, with fields of the test's own. */
export const sessionBody = (change: Readonly<Record<string, unknown>> = {}): string =>
  JSON.stringify({ ...base, ...change });
