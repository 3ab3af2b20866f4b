import type { MetaFunction } from '@remix-run/react';
import { useActionData, useLoaderData } from '@remix-run/react';
import { type ActionFunctionArgs, data, type LoaderFunctionArgs, redirect } from '@remix-run/server-runtime';
import { Badge, BlockStack, Button, Card, InlineStack, Link, Page, Text } from '@shopify/polaris';
import type { RefundLine } from '../../src/merchants/refund-queue';
import type { ByHandResult } from '../../src/refunds/decide-by-hand';
import { deskOf, notFound, textOf } from '../merchant';
import { Input } from '../parts/input';
import { Instant } from '../parts/instant';
import { Refused } from '../parts/said';
import { RefundState } from '../parts/states';

export const meta: MetaFunction = () => [{ title: 'Refund: Gatewright' }];

export const loader = async ({ context, params }: LoaderFunctionArgs) => {
  const refund = await deskOf(context).refund(params.id ?? '');
  if (!refund) throw notFound();
  return refund;
};

export const action = async ({ context, params, request }: ActionFunctionArgs) => {
  const form = await request.formData();
  const approves = textOf(form, 'intent') === 'paid-back';
  const decision = approves
    ? ({ kind: 'paid-back' } as const)
    : ({ kind: 'decline', text: textOf(form, 'text') } as const);
  const decided = await deskOf(context).decideRefund(params.id ?? '', decision);
  if (decided.ok) throw redirect(`/app/refunds?did=${approves ? 'paid-back' : 'declined'}`, 303);
  if (decided.reason === 'refund-unknown') throw notFound();
  return data({ reason: decided.reason }, { status: 422 });
};

const toldText = (told: RefundLine['told']): string => {
  if (told === null) return 'Shopify is being told.';
  return told === 'refused' ? 'Shopify holds another end of it.' : 'Shopify knows it.';
};

type Reason = Extract<ByHandResult, { ok: false }>['reason'];

const why = (reason: Reason): string => {
  switch (reason) {
    case 'text-missing':
      return 'Say why you decline it. Your staff reads it in Shopify.';
    case 'decided-otherwise':
      return 'It has been decided before, in the other way. What stands is not changed.';
    case 'not-yet':
      return 'It is still being carried out. Look again in a minute.';
    case 'refund-unresolved':
      return 'Another refund of this payment was sent, and nobody knows whether it was made. Decide on that one first.';
    case 'more-than-paid':
      return 'Together with the refunds before it this is more than was paid. Decline it.';
    case 'order-not-paid-here':
      return 'This payment was not completed here, so there is nothing to refund. Decline it.';
    case 'currency-differs':
      return 'It is in another currency than the payment. Decline it.';
    case 'amount-zero':
      return 'It is a refund of nothing. Decline it.';
    case 'refund-unknown':
      return 'There is no such refund.';
    default: {
      const never: never = reason;
      return never;
    }
  }
};

export default function RefundPage() {
  const refund = useLoaderData<typeof loader>();
  const refused = useActionData<typeof action>();
  const waits = refund.state === 'by-hand' || refund.state === 'checking';
  return (
    <Page
      title={`Refund of ${refund.amount}`}
      titleMetadata={<RefundState state={refund.state} />}
      backAction={{ content: 'Refunds', url: '/app/refunds' }}
      narrowWidth
    >
      <BlockStack gap="400">
        {refused ? <Refused title="Nothing was changed">{why(refused.reason)}</Refused> : null}
        <Card>
          <BlockStack gap="200">
            <InlineStack gap="200">
              <Text as="p">
                Asked for in Shopify <Instant at={refund.askedAt} />
              </Text>
              {refund.aged ? <Badge tone="critical">Waits for more than three days</Badge> : null}
            </InlineStack>
            <Text as="p">{refund.note}</Text>
            <Link url={`/app/payments/${encodeURIComponent(refund.payment)}`}>To the payment</Link>
            {waits ? null : <Text as="p">{toldText(refund.told)}</Text>}
          </BlockStack>
        </Card>
        {waits ? (
          <Card>
            <BlockStack gap="300">
              <Text as="h2" variant="headingMd">
                I have paid it back
              </Text>
              <Text as="p">
                {refund.state === 'checking'
                  ? 'Only if the gateway shows it as paid back, or you have sent it yourself.'
                  : 'Send the money first. Shopify shows the order as refunded from then on.'}
              </Text>
              <form method="post">
                <input type="hidden" name="intent" value="paid-back" />
                <Button submit variant="primary">
                  I have paid it back
                </Button>
              </form>
            </BlockStack>
          </Card>
        ) : null}
        {waits ? (
          <Card>
            <form method="post">
              <input type="hidden" name="intent" value="decline" />
              <BlockStack gap="300">
                <Text as="h2" variant="headingMd">
                  Decline it
                </Text>
                <Input
                  name="text"
                  label="Why"
                  help="Your staff reads it in Shopify. No names of buyers."
                  lines={2}
                />
                <div>
                  <Button submit tone="critical">
                    Decline
                  </Button>
                </div>
              </BlockStack>
            </form>
          </Card>
        ) : null}
      </BlockStack>
    </Page>
  );
}
