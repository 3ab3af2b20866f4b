import { type CheckoutResult, type PageChoice, type PageRow, payOnPage } from '@gatewright/payment-core';
import type { PageProblem } from '../page/page-input.ts';
import type { PageHost } from './parts.ts';

/** Another click on the same page is creating its invoice: that one is worth a short wait. */
const busyWaitsMs = [150, 300, 600, 900] as const;

/** Where a gateway sends a shopper who is done there, or gives up: always to this page, which knows what happened. */
export const pageAddress = (
  { origin, basePath }: Pick<PageHost, 'origin' | 'basePath'>,
  { id }: Pick<PageRow, 'id'>,
): string => `${origin()}${basePath}/${id}`;

/** Finds or creates the attempt; the same choice twice at once waits for the first one's invoice. */
export const payPatiently = async (
  host: PageHost,
  page: PageRow,
  choice: PageChoice,
): Promise<CheckoutResult> => {
  const address = pageAddress(host, page);
  const pay = () => payOnPage(host.ports, page, choice, { returnUrl: address, cancelUrl: address });
  let result = await pay();
  for (const waitMs of busyWaitsMs) {
    if (result.outcome !== 'busy') break;
    await host.sleep(waitMs);
    result = await pay();
  }
  return result;
};

/** What the shopper is told above the choice; null: the page itself says it. */
export const problemOf = (result: CheckoutResult): PageProblem | null => {
  switch (result.outcome) {
    case 'ready':
    case 'conflict':
      return null;
    case 'refused':
      return 'method-unavailable';
    case 'unavailable':
      return 'gateway-down';
    case 'busy':
      return 'busy';
    default: {
      const never: never = result;
      return never;
    }
  }
};
