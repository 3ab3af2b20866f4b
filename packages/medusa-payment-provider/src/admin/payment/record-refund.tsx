import { Button, Drawer, Text, toast } from '@medusajs/ui';
import { useState } from 'react';
import { type InvoiceView, recordRefundAnswer } from '../../api/admin/gatewright/shapes.ts';
import { askBackend } from '../calls/backend.ts';
import { Problem } from '../calls/problem.tsx';
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
  const [problem, setProblem] = useState('');
  const [sending, setSending] = useState(false);
  const record = async () => {
    setSending(true);
    const path = `/admin/gatewright/invoices/${encodeURIComponent(invoice.id)}/record-refund`;
    const recorded = await askBackend(recordRefundAnswer, path, { amount, reason });
    setSending(false);
    if (!recorded.ok) return setProblem(recorded.message);
    toast.success('The refund is recorded.');
    onRecorded();
  };
  return (
    <form
      className="flex flex-1 flex-col overflow-hidden"
      onSubmit={(event) => {
        event.preventDefault();
        void record();
      }}
    >
      <Drawer.Body className="flex flex-1 flex-col gap-y-6 overflow-y-auto">
        <Text size="small">{hintFor(invoice)}</Text>
        <AmountField label={`Sent back in ${invoice.amount.currency}`} value={amount} onChange={setAmount} />
        <ReasonField value={reason} onChange={setReason} />
        {problem !== '' && <Problem message={problem} />}
      </Drawer.Body>
      <Drawer.Footer>
        <Drawer.Close asChild>
          <Button size="small" variant="secondary">
            Close
          </Button>
        </Drawer.Close>
        <Button
          size="small"
          type="submit"
          isLoading={sending}
          disabled={amount === '' || reason.trim() === ''}
        >
          Record the refund
        </Button>
      </Drawer.Footer>
    </form>
  );
};

/** For money that a person has sent back. */
export const RecordRefund = ({ invoice, onRecorded }: RecordRefundProps) => {
  const [open, setOpen] = useState(false);
  const recorded = () => {
    setOpen(false);
    onRecorded();
  };
  return (
    <Drawer open={open} onOpenChange={setOpen}>
      <Drawer.Trigger asChild>
        <Button size="small" variant="secondary">
          Record manual refund
        </Button>
      </Drawer.Trigger>
      <Drawer.Content aria-describedby={undefined}>
        <Drawer.Header>
          <Drawer.Title>Record a refund that you have sent yourself</Drawer.Title>
        </Drawer.Header>
        {open && <RecordForm invoice={invoice} onRecorded={recorded} />}
      </Drawer.Content>
    </Drawer>
  );
};
