/** What requests are counted by: no id of a path, and no word of a stranger. */
const labels: readonly (readonly [RegExp, string])[] = [
  [/^\/pay\/assets\//, '/pay/assets/:name'],
  [/^\/pay\/[^/]+$/, '/pay/:page'],
  [/^\/pay\/[^/]+\/choose$/, '/pay/:page/choose'],
  [/^\/pay\//, '/pay/*'],
  [/^\/return\//, '/return/:page'],
  [/^\/webhooks\/gateways\//, '/webhooks/gateways/:gateway/:account'],
  [/^\/assets\//, '/assets/:name'],
  [/^\/app(?:\/|$)/, '/app/*'],
  [/^\/v1\/stores\/[^/]+\/reviews$/, '/v1/stores/:store/reviews'],
  [/^\/v1\/stores\/[^/]+\/reviews\/[^/]+$/, '/v1/stores/:store/reviews/:id'],
  [/^\/v1\/stores\/[^/]+\/reviews\/[^/]+\/resolution$/, '/v1/stores/:store/reviews/:id/resolution'],
];

const fixed: ReadonlySet<string> = new Set([
  ...['/', '/healthz', '/readyz', '/metrics', '/auth', '/auth/callback', '/auth/login', '/webhooks/shopify'],
  ...['/sessions/payment', '/sessions/refund', '/sessions/capture', '/sessions/void'],
]);

/** The pattern of the route that a path belongs to. */
export const routeLabel = (path: string): string =>
  fixed.has(path) ? path : (labels.find(([pattern]) => pattern.test(path))?.[1] ?? 'unknown');
