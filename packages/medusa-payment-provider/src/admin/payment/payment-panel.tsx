import { Button, Container, Heading, StatusBadge } from '@medusajs/ui';
import type { PaymentView } from '../../api/admin/gatewright/shapes.ts';
import { currentInvoice, standingWords } from '../words/status-words.ts';
import { OrderReviews } from './order-reviews.tsx';
import { PaymentFacts } from './payment-facts.tsx';
import { RecordRefund } from './record-refund.tsx';

interface PaymentPanelProps {
  readonly payment: PaymentView;
  readonly checking: boolean;
  readonly onCheckAgain: () => void;
  /** A decision or a refund was recorded: the order itself may have changed. */
  readonly onChanged: () => void;
}

/** Only a shopper can pay; the address is for passing it on. */
const payable = ({ state, paid, pay_url }: PaymentView): string | null =>
  state === 'open' && !paid ? pay_url : null;

const PaymentActions = ({ payment, checking, onCheckAgain, onChanged }: PaymentPanelProps) => {
  const paying = payment.booked ? currentInvoice(payment) : undefined;
  const page = payable(payment);
  return (
    <div className="flex flex-wrap gap-2 px-6 py-4">
      <Button size="small" variant="secondary" isLoading={checking} onClick={onCheckAgain}>
        Check again
      </Button>
      {paying?.paid_the_order && <RecordRefund invoice={paying} onRecorded={onChanged} />}
      {page !== null && (
        <Button size="small" variant="secondary" asChild>
          <a href={page} target="_blank" rel="noreferrer">
            Shopper's page
          </a>
        </Button>
      )}
    </div>
  );
};

/** One payment of an order. */
export const PaymentPanel = (props: PaymentPanelProps) => {
  const { payment, onChanged } = props;
  const { text, color } = standingWords(payment);
  return (
    <Container className="divide-y p-0">
      <div className="flex items-center justify-between gap-x-2 px-6 py-4">
        <Heading level="h2">Gatewright</Heading>
        <StatusBadge color={color}>{text}</StatusBadge>
      </div>
      <OrderReviews reviews={payment.reviews} onDecided={onChanged} />
      <div className="px-6 py-4">
        <PaymentFacts payment={payment} />
      </div>
      <PaymentActions {...props} />
    </Container>
  );
};
