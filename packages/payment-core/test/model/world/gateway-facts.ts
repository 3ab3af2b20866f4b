import { blankFact, type Fact, type FactStatus } from '../../../src/gateways/fact.ts';
import type { GatewayInvoice, Traits } from './gateway-state.ts';

const factStatus = (state: GatewayInvoice['state']): FactStatus => {
  switch (state) {
    case 'unpaid':
      return 'open';
    case 'seen':
      return 'processing';
    case 'paid':
    case 'expired':
    case 'canceled':
      return state;
    default: {
      const never: never = state;
      return never;
    }
  }
};

/** The gateway's id of the payment, which a refund has to name. */
export const paymentRecordOf = ({ id }: GatewayInvoice): string => `payment-on-${id}`;

/** What the gateway says about an invoice, in a message or to a reader. */
export const factAbout = (
  says: GatewayInvoice,
  traits: Traits,
  authority: Fact['authority'],
  asOf: number,
): Fact => ({
  ...blankFact,
  authority,
  gatewayPaymentId: traits.givesId ? says.id : null,
  reference: traits.echoesReference ? says.reference : null,
  paymentRecord: says.received === null ? null : paymentRecordOf(says),
  status: factStatus(says.state),
  wireStatus: says.state,
  quoted: says.quoted,
  received: says.received,
  final: says.state === 'paid',
  paidAt: traits.tellsTime ? says.paidAt : null,
  expiresAt: says.expiresAt,
  asOf,
});
