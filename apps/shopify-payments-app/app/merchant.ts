import type { AppLoadContext } from '@remix-run/server-runtime';
import type { MerchantDesk } from '../src/merchants/desk';
import type { PageContext } from '../src/merchants/merchant-context';

/** What our server put into the context; Remix's own type of it is open. */
export const pageContext = (context: AppLoadContext): PageContext => context.merchant as PageContext;

export const notFound = (): Response => new Response(null, { status: 404 });

/** For the pages behind the sign-in, which the server opens for nobody else. */
export const deskOf = (context: AppLoadContext): MerchantDesk => {
  const { desk } = pageContext(context);
  if (!desk) throw notFound();
  return desk;
};

/** A field of a form, as text; empty where it is missing. */
export const textOf = (form: FormData, name: string): string => {
  const value = form.get(name);
  return typeof value === 'string' ? value : '';
};

/** Where a list goes on, as its own link says. */
export const afterOf = (request: Request): string | null => new URL(request.url).searchParams.get('after');
