import { Text } from '@shopify/polaris';
import type { ToldAgain } from '../../src/merchants/told-again';
import { Instant } from './instant';

/** Who had Shopify told again, and when. */
export function AskedAgain({ asked }: { readonly asked: readonly ToldAgain[] }) {
  return asked.map(({ by, at }) => (
    <Text as="p" tone="subdued" key={at}>
      Told again by {by}, <Instant at={at} />
    </Text>
  ));
}
