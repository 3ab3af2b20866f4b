import { Text } from '@medusajs/ui';
import { useState } from 'react';
import { type InvoiceView, recordRefundAnswer } from '../../api/admin/gatewright/shapes.ts';
import { askBackend } from '../calls/backend.ts';
import { ActionDrawer } from '../drawer/action-drawer.tsx';
import { DrawerForm } from '../drawer/drawer-form.tsx';
import { AmountField, ReasonField } from '../reviews/form-field.tsx';

interface RecordRefundProps {
  readonly invoice: InvoiceView;
  readonly onRecorded: () => void;
}

const hintFor = ({ refunds_by, title }: InvoiceView): string =>
  refunds_by === 'hand'
    ? `${title} cannot send money back by itself. Send it from your wallet or the gateway's own page, then record it here: Medusa books it, and nothing is sent.`
    : `${title} sends money back itself: use the refund of Medusa for that. Record here only what you have sent in another way; nothing is sent.`;

const RecordForm = ({ invoice, onRecorded }: RecordRefundProps) => {
  const [amount, setAmount] = useState('');
  const [reason, setReason] = useState('');
  const path = `/admin/gatewright/invoices/${encodeURIComponent(invoice.id)}/record-refund`;
  return (
    <DrawerForm
      button="Record the refund"
      ready={amount !== '' && reason.trim() !== ''}
      send={() => askBackend(recordRefundAnswer, path, { amount, reason })}
      success="The refund is recorded."
      onDone={onRecorded}
    >
      <Text size="small">{hintFor(invoice)}</Text>
      <AmountField label={`Sent back in ${invoice.amount.currency}`} value={amount} onChange={setAmount} />
      <ReasonField value={reason} onChange={setReason} />
    </DrawerForm>
  );
};

/** For money that a person has sent back. */
export const RecordRefund = ({ invoice, onRecorded }: RecordRefundProps) => (
  <ActionDrawer
    button="Record manual refund"
    title="Record a refund that you have sent yourself"
    onDone={onRecorded}
  >
    {(done) => <RecordForm invoice={invoice} onRecorded={done} />}
  </ActionDrawer>
);
