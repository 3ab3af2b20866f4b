import { useSearchParams } from '@remix-run/react';
import { Banner } from '@shopify/polaris';

/** What has just been done, by a word in the address. Any other word says nothing. */
const said: Readonly<Record<string, string>> = {
  connected: 'The account is connected. Check it now, before money depends on it.',
  renewed: 'The new credentials are in use. Check the account now.',
  enabled: 'The account is switched on.',
  disabled: 'The account is switched off. Payments that were started with it are still watched.',
  'not-ready':
    'The account is switched off. It was the last one, so Shopify was told that the shop cannot be paid.',
  activated: 'Shopify knows that this shop can be paid. Now switch the payment method on in Shopify.',
  deactivated: 'Shopify knows that this shop cannot be paid any more.',
  'paid-back': 'The refund is recorded as paid back. Shopify is being told.',
  declined: 'The refund is declined. Shopify is being told.',
  decided: 'Your decision is recorded and carried out.',
  'trying-again': 'It is being tried again now.',
  telling: 'Shopify is being told again. The item closes itself as soon as Shopify takes it.',
  'telling-already': 'Somebody has asked for this a moment ago. Shopify is being told.',
  'test-page': 'The test page is ready. Follow the steps below.',
};

export function Said() {
  const [search] = useSearchParams();
  const text = said[search.get('did') ?? ''];
  return text === undefined ? null : <Banner tone="success" title={text} />;
}

/** Another change is under way, in this window or another one. */
export function Busy() {
  return (
    <Banner tone="warning" title="The accounts are being changed already">
      Nothing was changed. Please try again in a moment.
    </Banner>
  );
}

/** Why nothing was changed. */
export function Refused({ title, children }: { readonly title: string; readonly children?: string }) {
  return (
    <Banner tone="critical" title={title}>
      {children}
    </Banner>
  );
}
