import type { ShopperOutcome } from '@gatewright/gateway-simulator';
import type { Expectation, Story } from '../../stories/story.ts';
import { cannot } from '../../stories/story.ts';
import type { OrderTiming } from '../medusa-shop.ts';
import type { MedusaScene } from '../scene.ts';

/** What differs between the two order timings. */
export interface MedusaWays {
  readonly timing: OrderTiming;
  /** What stands in the shop while the money is awaited. */
  readonly waiting: 'no order' | 'awaiting';
  /** What stands there when it did not come in time. */
  readonly givenUp: 'no order' | 'canceled';
}

export const waysOf = (timing: OrderTiming): MedusaWays =>
  timing === 'after_payment'
    ? { timing, waiting: 'no order', givenUp: 'no order' }
    : { timing, waiting: 'awaiting', givenUp: 'canceled' };

export type MedusaStory = Story<MedusaScene, MedusaWays>;

export const mustHappen = (outcome: ShopperOutcome): void => {
  if (!outcome.ok) throw new Error(`the gateway's page refused: ${outcome.reason}`);
};

export const onlyAfterPayment = ({ timing }: MedusaWays, expectation: () => Expectation): Expectation =>
  timing === 'after_payment' ? expectation() : cannot('the cart is an order before it is paid');
