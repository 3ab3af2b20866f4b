import { Drawer, Skeleton, Text } from '@medusajs/ui';
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
import { ActionDrawer } from '../drawer/action-drawer.tsx';
import { DrawerForm } from '../drawer/drawer-form.tsx';
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
  return (
    <DrawerForm
      button="Decide"
      ready={body !== undefined}
      send={() => askBackend(resolveAnswer, `${path}/resolve`, body)}
      success="Your decision is recorded."
      onDone={onDone}
    >
      <WhatHappened review={review} payment={payment} />
      <DecisionForm review={review} payment={payment} draft={draft} onChange={setDraft} />
    </DrawerForm>
  );
};

interface ReviewDrawerProps {
  readonly review: Pick<ReviewAnswerItem, 'id' | 'kind'>;
  readonly onDecided: () => void;
}

/** A button that opens one item of the review queue. */
export const ReviewDrawer = ({ review, onDecided }: ReviewDrawerProps) => (
  <ActionDrawer button="Look and decide" title={kindWords(review.kind)} onDone={onDecided}>
    {(done) => <OpenReview id={review.id} onDone={done} />}
  </ActionDrawer>
);
