import type { MetaFunction } from '@remix-run/react';
import { useActionData, useLoaderData } from '@remix-run/react';
import { type ActionFunctionArgs, data, type LoaderFunctionArgs, redirect } from '@remix-run/server-runtime';
import { BlockStack, Button, Card, ChoiceList, InlineStack, Page, Text } from '@shopify/polaris';
import { useState } from 'react';
import type { MerchantDesk } from '../../src/merchants/desk';
import type { UntoldReview } from '../../src/merchants/review-queue';
import { deskOf, notFound, textOf } from '../merchant';
import { AskedAgain } from '../parts/asked-again';
import { Input } from '../parts/input';
import { Instant, instantText } from '../parts/instant';
import { Refused, Said } from '../parts/said';
import { asTitle, inWords, Mode } from '../parts/states';
import { Story } from '../parts/story';

export const meta: MetaFunction = () => [{ title: 'Review: Gatewright' }];

export const loader = async ({ context, params }: LoaderFunctionArgs) => {
  const review = await deskOf(context).review(params.id ?? '');
  if (!review) throw notFound();
  return review;
};

const tellAgain = async (desk: MerchantDesk, id: string) => {
  const told = await desk.tellReviewAgain(id);
  if (told === undefined) throw notFound();
  if (told !== 'known') throw redirect(`/app/reviews/${id}?did=${told}`, 303);
  return data(
    { cause: 'Shopify knows it by now, so there was nothing to tell again', remedy: 'Nothing was changed.' },
    { status: 409 },
  );
};

export const action = async ({ context, params, request }: ActionFunctionArgs) => {
  const form = await request.formData();
  const id = params.id ?? '';
  if (textOf(form, 'intent') === 'tell-again') return tellAgain(deskOf(context), id);
  const decided = await deskOf(context).decideReview({
    id,
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

const nextTry = ({ trouble, nextAt }: UntoldReview): string => {
  if (trouble === null) return '';
  const next =
    nextAt === null
      ? 'It is not tried any more by itself.'
      : `It is tried again by itself at ${instantText(nextAt)}.`;
  return `The last answer was ${inWords(trouble)}. ${next}`;
};

function Untold({ untold }: { readonly untold: UntoldReview }) {
  return (
    <BlockStack gap="200">
      <AskedAgain asked={untold.asked} />
      {untold.open ? (
        <form method="post">
          <input type="hidden" name="intent" value="tell-again" />
          <InlineStack gap="300" blockAlign="center">
            <Button submit>Tell Shopify again</Button>
            <Text as="span">{nextTry(untold)}</Text>
          </InlineStack>
        </form>
      ) : null}
    </BlockStack>
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
        {refused ? <Refused title={refused.cause}>{refused.remedy}</Refused> : <Said />}
        <Card>
          <BlockStack gap="200">
            <Text as="p">{review.detail}</Text>
            <Text as="p" tone="subdued">
              Since <Instant at={review.openedAt} />
            </Text>
            {review.untold === null ? null : <Untold untold={review.untold} />}
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
