/**
 * Whether one of our own pages sent this form. Browsers say so in `Sec-Fetch-Site`; older ones in `Origin`, which is
 * `null` from a page that sends no referrer, as ours. What says nothing may pass: no cookie stands behind a page, so
 * it can do no more than the id lets anybody do.
 */
export const isSameOrigin = (headers: Headers, ownOrigin: string): boolean => {
  const site = headers.get('sec-fetch-site');
  if (site !== null) return site === 'same-origin';
  const origin = headers.get('origin');
  return origin === null || origin === 'null' || origin === ownOrigin;
};
