import type { MetaFunction } from '@remix-run/react';
import { useActionData, useLoaderData } from '@remix-run/react';
import { type ActionFunctionArgs, data, type LoaderFunctionArgs, redirect } from '@remix-run/server-runtime';
import { BlockStack, Button, Card, ChoiceList, Page, Text } from '@shopify/polaris';
import { useState } from 'react';
import { deskOf, notFound, textOf } from '../merchant';
import { Input } from '../parts/input';
import { Instant } from '../parts/instant';
import { Refused } from '../parts/said';
import { asTitle, Mode } from '../parts/states';
import { Story } from '../parts/story';

export const meta: MetaFunction = () => [{ title: 'Review: Gatewright' }];

export const loader = async ({ context, params }: LoaderFunctionArgs) => {
  const review = await deskOf(context).review(params.id ?? '');
  if (!review) throw notFound();
  return review;
};

export const action = async ({ context, params, request }: ActionFunctionArgs) => {
  const form = await request.formData();
  const decided = await deskOf(context).decideReview({
    id: params.id ?? '',
    decision: textOf(form, 'decision'),
    amount: textOf(form, 'amount'),
    currency: textOf(form, 'currency'),
    reason: textOf(form, 'reason'),
  });
  if (decided.ok) throw redirect('/app/reviews?did=decided', 303);
  if (decided.reason === 'review-unknown') throw notFound();
  return data({ cause: decided.cause, remedy: decided.remedy }, { status: 422 });
};

const decisions = [
  {
    value: 'accept',
    label: 'Accept the payment',
    helpText: "The order counts as paid, and Shopify is told. Enter the order's total.",
  },
  {
    value: 'refund-noted',
    label: 'I have sent the money back',
    helpText: 'Enter what you have sent back. Nothing is sent by us.',
  },
  { value: 'ignore', label: 'Nothing is owed', helpText: 'The item is closed. Leave the amount as it is.' },
];

function DecisionForm({ amount, currency }: { readonly amount: string; readonly currency: string }) {
  const [decision, setDecision] = useState<readonly string[]>(['']);
  return (
    <form method="post">
      <BlockStack gap="300">
        <ChoiceList
          title="Decision"
          name="decision"
          choices={decisions}
          selected={[...decision]}
          onChange={setDecision}
        />
        <Input name="amount" label="Amount" initial={amount} />
        <Input name="currency" label="Currency" initial={currency} />
        <Input name="reason" label="Reason" help="In words that you will understand in a year." lines={2} />
        <div>
          <Button submit variant="primary">
            Decide
          </Button>
        </div>
      </BlockStack>
    </form>
  );
}

export default function ReviewPage() {
  const review = useLoaderData<typeof loader>();
  const refused = useActionData<typeof action>();
  const { resolution, story, total } = review;
  return (
    <Page
      title={asTitle(review.kind)}
      titleMetadata={<Mode mode={review.mode} />}
      backAction={{ content: 'Reviews', url: '/app/reviews' }}
    >
      <BlockStack gap="400">
        {refused ? <Refused title={refused.cause}>{refused.remedy}</Refused> : null}
        <Card>
          <BlockStack gap="200">
            <Text as="p">{review.detail}</Text>
            <Text as="p" tone="subdued">
              Since <Instant at={review.openedAt} />
            </Text>
          </BlockStack>
        </Card>
        <Card>
          {resolution === null ? (
            <DecisionForm amount={total?.amount ?? ''} currency={total?.currency ?? ''} />
          ) : (
            <Text as="p">
              {resolution.decision}, by {resolution.by}, <Instant at={resolution.at} />: {resolution.reason}
            </Text>
          )}
        </Card>
        {story === null ? null : <Story story={story} />}
      </BlockStack>
    </Page>
  );
}
