import type { AppLoadContext } from '@remix-run/server-runtime';
import type { MerchantContext } from '../src/merchants/merchant-context';

type Known = Pick<MerchantContext, 'nonce'> & Partial<MerchantContext>;

/** What our server put into the context; Remix's own type of it is open. */
export const merchantOf = (context: AppLoadContext): Known => context.merchant as Known;

/** For the pages behind the sign-in, which the server opens for nobody else. */
export const shopOf = (context: AppLoadContext): MerchantContext => {
  const { shop, deps, nonce } = merchantOf(context);
  if (!shop || !deps) throw new Response(null, { status: 404 });
  return { shop, deps, nonce };
};
