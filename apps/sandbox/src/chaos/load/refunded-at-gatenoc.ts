import { type Decimal, decimalSchema } from '@gatewright/payment-core';
import type { Stage } from '../stage.ts';

// A plain number is a decimal.
export const zero = '0' as Decimal;

/**
 * What Gatenoc itself has paid back, by the id of the payment. The owner looks at the gateway's own page: the API's
 * limit is the bridge's, and the owner must not use it up.
 */
export const refundedAtGatenoc = ({ simulators }: Stage): ReadonlyMap<string, Decimal> =>
  new Map(
    simulators.gateways.gatenoc
      .payments()
      .map(({ id, refunded }) => [id, refunded === undefined ? zero : decimalSchema.parse(refunded)]),
  );
