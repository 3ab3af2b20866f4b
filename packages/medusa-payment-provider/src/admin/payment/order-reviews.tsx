import { Text } from '@medusajs/ui';
import type { ReviewAnswerItem } from '../../api/admin/gatewright/shapes.ts';
import { ReviewDrawer } from '../reviews/review-drawer.tsx';
import { timeText } from '../words/amounts-and-times.ts';
import { kindWords } from '../words/kind-words.ts';
import { Fold } from './fold.tsx';

interface OrderReviewsProps {
  readonly reviews: readonly ReviewAnswerItem[];
  readonly onDecided: () => void;
}

const Resolved = ({ review: { kind, resolution } }: { readonly review: ReviewAnswerItem }) => (
  <li>
    <Text size="small" leading="compact" weight="plus">
      {kindWords(kind)}
    </Text>
    {resolution && (
      <Text size="small" leading="compact" className="break-words text-ui-fg-subtle">
        {resolution.decision} by {resolution.by}, {timeText(resolution.at)}: {resolution.reason}
      </Text>
    )}
  </li>
);

/** What waits for a person, and what was decided before. */
export const OrderReviews = ({ reviews, onDecided }: OrderReviewsProps) => {
  const open = reviews.filter(({ resolution }) => resolution === null);
  const resolved = reviews.filter(({ resolution }) => resolution !== null);
  return (
    <>
      {open.map((review) => (
        <div key={review.id} className="flex flex-col items-start gap-y-2 px-6 py-4">
          <Text size="small" leading="compact" weight="plus">
            {kindWords(review.kind)}
          </Text>
          <Text size="small" leading="compact" className="text-ui-fg-subtle">
            {review.detail}
          </Text>
          <ReviewDrawer review={review} onDecided={onDecided} />
        </div>
      ))}
      {resolved.length > 0 && (
        <div className="px-6 py-4">
          <Fold title="Decided before">
            <ul className="flex flex-col gap-y-3 pt-2">
              {resolved.map((review) => (
                <Resolved key={review.id} review={review} />
              ))}
            </ul>
          </Fold>
        </div>
      )}
    </>
  );
};
