import { Container, Heading, Skeleton, Table, Text } from '@medusajs/ui';
import { useState } from 'react';
import { type ReviewAnswerItem, reviewsAnswer } from '../../api/admin/gatewright/shapes.ts';
import { Problem } from '../calls/problem.tsx';
import { useAnswer } from '../calls/use-answer.ts';
import { timeText } from '../words/amounts-and-times.ts';
import { kindWords } from '../words/kind-words.ts';
import { ReviewDrawer } from './review-drawer.tsx';

const pageSize = 10;

/** Where the admin is: in front of `/settings/gatewright`. */
const orderAddress = (order: string): string =>
  `${globalThis.location.pathname.replace(/\/settings\/gatewright\/?$/, '')}/orders/${order}`;

const Row = ({
  review,
  onDecided,
}: {
  readonly review: ReviewAnswerItem;
  readonly onDecided: () => void;
}) => (
  <Table.Row>
    <Table.Cell className="whitespace-normal py-3">
      <Text size="small" leading="compact" weight="plus">
        {kindWords(review.kind)}
      </Text>
      <Text size="small" leading="compact" className="text-ui-fg-subtle">
        {review.detail}
      </Text>
    </Table.Cell>
    <Table.Cell>{timeText(review.opened_at)}</Table.Cell>
    <Table.Cell>
      {review.order_id === null ? (
        'No order yet'
      ) : (
        <a href={orderAddress(review.order_id)} className="text-ui-fg-base underline">
          Order
        </a>
      )}
    </Table.Cell>
    <Table.Cell className="text-right">
      <ReviewDrawer review={review} onDecided={onDecided} />
    </Table.Cell>
  </Table.Row>
);

const Queue = ({
  offset,
  onPage,
}: {
  readonly offset: number;
  readonly onPage: (offset: number) => void;
}) => {
  const path = `/admin/gatewright/reviews?state=open&limit=${pageSize}&offset=${offset}`;
  const { answer, reload } = useAnswer(reviewsAnswer, path);
  if (!answer)
    return (
      <div className="px-6 py-4" aria-busy>
        <Skeleton className="h-20 w-full" />
      </div>
    );
  if (!answer.ok)
    return (
      <div className="px-6 py-4">
        <Problem message={answer.message} onRetry={reload} />
      </div>
    );
  const { reviews, count } = answer.value;
  if (count === 0)
    return (
      <Text size="small" className="px-6 py-4">
        Nothing waits for you.
      </Text>
    );
  // The last item of the last page was decided.
  const decided = () => (reviews.length === 1 && offset > 0 ? onPage(offset - pageSize) : reload());
  return (
    <>
      <Table>
        <Table.Header>
          <Table.Row>
            <Table.HeaderCell>What happened</Table.HeaderCell>
            <Table.HeaderCell>Waiting since</Table.HeaderCell>
            <Table.HeaderCell>Order</Table.HeaderCell>
            <Table.HeaderCell>
              <span className="sr-only">Decision</span>
            </Table.HeaderCell>
          </Table.Row>
        </Table.Header>
        <Table.Body>
          {reviews.map((review) => (
            <Row key={review.id} review={review} onDecided={decided} />
          ))}
        </Table.Body>
      </Table>
      <Table.Pagination
        count={count}
        pageSize={pageSize}
        pageIndex={offset / pageSize}
        pageCount={Math.ceil(count / pageSize)}
        canPreviousPage={offset > 0}
        canNextPage={offset + pageSize < count}
        previousPage={() => onPage(offset - pageSize)}
        nextPage={() => onPage(offset + pageSize)}
      />
    </>
  );
};

/** Payments that a person has to look at, oldest first; also those of carts that have no order yet. */
export const ReviewQueue = () => {
  const [offset, setOffset] = useState(0);
  return (
    <Container className="divide-y p-0">
      <div className="px-6 py-4">
        <Heading level="h2">Needs your decision</Heading>
      </div>
      <Queue key={offset} offset={offset} onPage={setOffset} />
    </Container>
  );
};
