import { type Clock, hours, type RandomBytes, sha256Hex } from '@gatewright/payment-core';
import type { SqlLedger } from '@gatewright/payment-ledger';
import { type ShopDomain, shopDomainSchema } from '../sessions/session-headers.ts';

/** A working day. Shopify opens the app anew with one click, so a merchant who comes later loses nothing. */
const lifetimeMs = hours(12);

const cookieName = '__Host-gatewright_merchant';

const CODE = /^[\w-]{22}$/;

/** Who is signed in on the merchant's pages: an owner who came through OAuth. Only a digest of the code is kept. */
export interface MerchantSessions {
  /** @returns the value of a Set-Cookie header */
  begin(shop: ShopDomain): Promise<string>;
  of(request: Request): Promise<ShopDomain | undefined>;
  end(shop: ShopDomain): Promise<void>;
}

const codeOf = (request: Request): string | undefined => {
  const pairs = (request.headers.get('cookie') ?? '').split('; ');
  const found = pairs.filter((pair) => pair.startsWith(`${cookieName}=`)).map((pair) => pair.split('=')[1]);
  const [code, ...others] = found;
  return others.length === 0 && code !== undefined && CODE.test(code) ? code : undefined;
};

const cookieOf = (code: string): string =>
  `${cookieName}=${code}; Path=/; Max-Age=${lifetimeMs / 1_000}; Secure; HttpOnly; SameSite=Lax`;

export const createMerchantSessions = (
  ledger: SqlLedger,
  clock: Clock,
  random: RandomBytes,
): MerchantSessions => ({
  begin: async (shop) => {
    const code = Buffer.from(random(16)).toString('base64url');
    const now = clock.now();
    await ledger.transact(async (tx) => {
      await tx.sql`delete from shopify_merchants where expires_at < ${now}`;
      await tx.sql`insert into shopify_merchants (digest, shop, expires_at)
        values (${sha256Hex(code)}, ${shop}, ${now + lifetimeMs})`;
    });
    return cookieOf(code);
  },
  of: async (request) => {
    const code = codeOf(request);
    if (code === undefined) return undefined;
    const [row] = await ledger.transact(
      (tx) => tx.sql`select shop from shopify_merchants
        where digest = ${sha256Hex(code)} and expires_at > ${clock.now()}`,
    );
    return row && shopDomainSchema.parse(row.shop);
  },
  end: (shop) =>
    ledger.transact(async (tx) => {
      await tx.sql`delete from shopify_merchants where shop = ${shop}`;
    }),
});
