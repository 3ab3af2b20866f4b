import type { CheckoutLocale } from '@gatewright/pay-page';
import { parseExactJson, singleHeader } from '@gatewright/payment-core';
import * as z from 'zod';
import type { RawCall } from '../http/raw-call.ts';

const locale = z.string().max(35);
const withLocale = z.object({ locale });

const queried = (target: string): string | undefined => {
  const value = URL.parse(target, 'http://bridge')?.searchParams.get('locale');
  return locale.safeParse(value).data;
};

const inBody = (body: Uint8Array): string | undefined => {
  const json = body.length === 0 ? undefined : parseExactJson(body);
  return json?.ok ? withLocale.safeParse(json.value).data?.locale : undefined;
};

/** In which language the shopper's text of a problem is wanted: a call may be refused before anything of it is read. */
export const shopperLocale = ({ target, headers, body }: RawCall): CheckoutLocale => {
  const accepted = singleHeader(headers, 'accept-language');
  return {
    locale: queried(target) ?? inBody(body) ?? null,
    acceptLanguage: accepted.ok ? accepted.value : null,
  };
};
