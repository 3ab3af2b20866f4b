import { StatusBadge, Text } from '@medusajs/ui';
import type { InvoiceView, PaymentView } from '../../api/admin/gatewright/shapes.ts';
import { currentInvoice, statusWords } from '../words/status-words.ts';
import { AttemptFacts } from './attempt-facts.tsx';
import { Fold } from './fold.tsx';
import { Timeline } from './timeline.tsx';

const OtherAttempt = ({ invoice }: { readonly invoice: InvoiceView }) => {
  const { text, color } = statusWords(invoice.status);
  return (
    <li className="flex flex-col gap-y-2 border-ui-border-base border-t pt-3">
      <div className="flex items-center justify-between">
        <Text size="small" weight="plus">
          Attempt {invoice.n}
        </Text>
        <StatusBadge color={color}>{text}</StatusBadge>
      </div>
      <AttemptFacts invoice={invoice} />
      <Timeline events={invoice.timeline} />
    </li>
  );
};

/** One payment: the attempt that matters, its history, and the other attempts folded away. */
export const PaymentFacts = ({ payment }: { readonly payment: PaymentView }) => {
  const current = currentInvoice(payment);
  const others = payment.invoices.filter((each) => each !== current);
  if (!current) return <Text size="small">The shopper has not chosen how to pay yet.</Text>;
  return (
    <div className="flex flex-col gap-y-3">
      <AttemptFacts invoice={current} />
      <Fold title="What happened">
        <Timeline events={current.timeline} />
      </Fold>
      {others.length > 0 && (
        <Fold title={others.length === 1 ? 'One other attempt' : `${others.length} other attempts`}>
          <ol className="flex flex-col gap-y-3 pt-2">
            {others.map((invoice) => (
              <OtherAttempt key={invoice.id} invoice={invoice} />
            ))}
          </ol>
        </Fold>
      )}
    </div>
  );
};
