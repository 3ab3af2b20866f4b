import { defineWidgetConfig } from '@medusajs/admin-sdk';
import { Container, Heading, Skeleton, toast } from '@medusajs/ui';
import { useState } from 'react';
import { orderAnswer } from '../../api/admin/gatewright/shapes.ts';
import { askBackend } from '../calls/backend.ts';
import { Problem } from '../calls/problem.tsx';
import { useAnswer } from '../calls/use-answer.ts';
import { PaymentPanel } from '../payment/payment-panel.tsx';

interface ShownOrder {
  readonly id: string;
  readonly payment_collections?:
    | readonly { readonly payments?: readonly { readonly provider_id: string }[] | null }[]
    | null;
}

const isSurelyOurs = ({ payment_collections }: ShownOrder): boolean =>
  (payment_collections ?? []).some(({ payments }) =>
    (payments ?? []).some(({ provider_id }) => provider_id.startsWith('pp_gatewright_')),
  );

const Waiting = () => (
  <Container className="flex flex-col gap-y-3" aria-busy>
    <Heading level="h2">Gatewright</Heading>
    <Skeleton className="h-7 w-full" />
    <Skeleton className="h-7 w-full" />
  </Container>
);

/** Shows nothing on an order that was not paid through Gatewright. */
const OrderPayment = ({ data: order }: { readonly data: ShownOrder }) => {
  const path = `/admin/gatewright/orders/${encodeURIComponent(order.id)}`;
  const { answer, reload, show } = useAnswer(orderAnswer, path, order);
  const [checking, setChecking] = useState(false);
  if (!answer) return isSurelyOurs(order) ? <Waiting /> : null;
  if (!answer.ok)
    return (
      <Container>
        <Problem message={answer.message} onRetry={reload} />
      </Container>
    );
  const checkAgain = async () => {
    setChecking(true);
    const checked = await askBackend(orderAnswer, `${path}/recheck`, {});
    setChecking(false);
    if (!checked.ok) return toast.error(checked.message);
    show(checked);
    toast.success('The gateway was asked just now.');
  };
  return (
    <>
      {answer.value.payments.map((payment) => (
        <PaymentPanel
          key={payment.order_key}
          payment={payment}
          checking={checking}
          onCheckAgain={() => void checkAgain()}
          // Medusa's own parts of the page have to be read again too.
          onChanged={() => globalThis.location.reload()}
        />
      ))}
    </>
  );
};

export const config = defineWidgetConfig({ zone: 'order.details.side.after' });

export default OrderPayment;
