import type { HeaderLines } from '@gatewright/payment-core';

/** Where the owner's session is kept: for our own pages, not for scripts, and over https on https only. */
const nameFor = (publicUrl: string): string =>
  publicUrl.startsWith('https:') ? '__Secure-gatewright-connect' : 'gatewright-connect';

/** @param code empty: ends the session in the browser */
export const sessionCookie = (publicUrl: string, code: string): string => {
  const secure = publicUrl.startsWith('https:') ? '; Secure' : '';
  const life = code === '' ? 0 : 1_800;
  // Lax: WooCommerce sends the owner back here from the shop's own host.
  return `${nameFor(publicUrl)}=${code}; Path=/connect; HttpOnly; SameSite=Lax; Max-Age=${life}${secure}`;
};

export const sessionCode = (publicUrl: string, headers: HeaderLines): string => {
  const lines = headers.filter(([name]) => name.toLowerCase() === 'cookie');
  const pairs = lines.flatMap(([, value]) => value.split(';')).map((pair) => pair.trim().split('='));
  return pairs.find(([name]) => name === nameFor(publicUrl))?.[1] ?? '';
};
