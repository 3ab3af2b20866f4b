import { onTestFinished } from 'vitest';
import { startWooCommerce, type WooCommerceDouble, type WooCommerceOptions } from '../../src/index.ts';
import { type TestClock, testClock } from './clock.ts';
import { redirectGateway } from './redirect-gateway.ts';
import { anonymous, type Signer, signerFor } from './signed-request.ts';

export interface Shop {
  readonly woo: WooCommerceDouble;
  readonly clock: TestClock;
  /** Signed with the read and write key. */
  readonly rest: Signer;
  readonly anonymous: Signer;
}

/** A shop of its own for one test; closed when the test is over. */
export const startShop = async (options: Partial<WooCommerceOptions> = {}): Promise<Shop> => {
  const clock = testClock();
  const woo = await startWooCommerce({ clock, seed: 1, gateways: [redirectGateway()], ...options });
  onTestFinished(() => woo.close());
  return { woo, clock, rest: signerFor(woo.url, woo.restKeys), anonymous: anonymous(woo.url) };
};
