import { Button, Drawer, Skeleton, Text, toast } from '@medusajs/ui';
import { useState } from 'react';
import {
  type ReviewAnswer,
  type ReviewAnswerItem,
  resolveAnswer,
  reviewAnswer,
} from '../../api/admin/gatewright/shapes.ts';
import { askBackend } from '../calls/backend.ts';
import { Problem } from '../calls/problem.tsx';
import { useAnswer } from '../calls/use-answer.ts';
import { PaymentFacts } from '../payment/payment-facts.tsx';
import { timeText } from '../words/amounts-and-times.ts';
import { kindWords } from '../words/kind-words.ts';
import { DecisionForm } from './decision-form.tsx';
import { bodyOf, type Draft } from './decisions.ts';

const empty: Draft = { decision: undefined, amount: '', currency: '', reason: '' };

interface OpenReviewProps {
  readonly id: string;
  readonly onDone: () => void;
}

const WhatHappened = ({ review, payment }: ReviewAnswer) => (
  <div className="flex flex-col gap-y-4">
    <Text size="small">{review.detail}</Text>
    <Text size="small" className="text-ui-fg-subtle">
      Waiting since {timeText(review.opened_at)}
    </Text>
    {payment && <PaymentFacts payment={payment} />}
  </div>
);

/** What led to the item, and the decision about it. */
const OpenReview = ({ id, onDone }: OpenReviewProps) => {
  const path = `/admin/gatewright/reviews/${encodeURIComponent(id)}`;
  const { answer, reload } = useAnswer(reviewAnswer, path);
  const [draft, setDraft] = useState(empty);
  const [problem, setProblem] = useState('');
  const [sending, setSending] = useState(false);
  if (!answer)
    return (
      <Drawer.Body aria-busy>
        <Skeleton className="h-32 w-full" />
      </Drawer.Body>
    );
  if (!answer.ok)
    return (
      <Drawer.Body>
        <Problem message={answer.message} onRetry={reload} />
      </Drawer.Body>
    );
  const { review, payment } = answer.value;
  const body = bodyOf(draft, payment !== null && payment.amount !== null);
  const decide = async () => {
    if (!body) return;
    setSending(true);
    const decided = await askBackend(resolveAnswer, `${path}/resolve`, body);
    setSending(false);
    if (!decided.ok) return setProblem(decided.message);
    toast.success('Your decision is recorded.');
    onDone();
  };
  return (
    <form
      className="flex flex-1 flex-col overflow-hidden"
      onSubmit={(event) => {
        event.preventDefault();
        void decide();
      }}
    >
      <Drawer.Body className="flex flex-1 flex-col gap-y-6 overflow-y-auto">
        <WhatHappened review={review} payment={payment} />
        <DecisionForm review={review} payment={payment} draft={draft} onChange={setDraft} />
        {problem !== '' && <Problem message={problem} />}
      </Drawer.Body>
      <Drawer.Footer>
        <Drawer.Close asChild>
          <Button size="small" variant="secondary">
            Close
          </Button>
        </Drawer.Close>
        <Button size="small" type="submit" isLoading={sending} disabled={!body}>
          Decide
        </Button>
      </Drawer.Footer>
    </form>
  );
};

interface ReviewDrawerProps {
  readonly review: Pick<ReviewAnswerItem, 'id' | 'kind'>;
  /** Something was decided: what is shown around it has changed. */
  readonly onDecided: () => void;
}

/** A button that opens one item of the review queue. */
export const ReviewDrawer = ({ review, onDecided }: ReviewDrawerProps) => {
  const [open, setOpen] = useState(false);
  const done = () => {
    setOpen(false);
    onDecided();
  };
  return (
    <Drawer open={open} onOpenChange={setOpen}>
      <Drawer.Trigger asChild>
        <Button size="small" variant="secondary">
          Look and decide
        </Button>
      </Drawer.Trigger>
      <Drawer.Content aria-describedby={undefined}>
        <Drawer.Header>
          <Drawer.Title>{kindWords(review.kind)}</Drawer.Title>
        </Drawer.Header>
        {open && <OpenReview id={review.id} onDone={done} />}
      </Drawer.Content>
    </Drawer>
  );
};
