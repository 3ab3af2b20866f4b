import type { MetaFunction } from '@remix-run/react';
import { useLoaderData } from '@remix-run/react';
import type { LoaderFunctionArgs } from '@remix-run/server-runtime';
import { Banner, BlockStack, Card, DescriptionList, InlineStack, Link, Page, Text } from '@shopify/polaris';
import { deskOf, notFound } from '../merchant';
import { Instant, instantText } from '../parts/instant';
import { asTitle, inWords, Mode, PaymentState, RefundState } from '../parts/states';
import { Story } from '../parts/story';

export const meta: MetaFunction = () => [{ title: 'Payment: Gatewright' }];

export const loader = async ({ context, params }: LoaderFunctionArgs) => {
  const payment = await deskOf(context).payment(params.id ?? '');
  if (!payment) throw notFound();
  return payment;
};

export default function PaymentPage() {
  const payment = useLoaderData<typeof loader>();
  return (
    <Page
      title={payment.amount}
      titleMetadata={
        <InlineStack gap="200">
          <PaymentState {...payment.shopify} />
          <Mode mode={payment.mode} />
        </InlineStack>
      }
      backAction={{ content: 'Payments', url: '/app/payments' }}
    >
      <BlockStack gap="400">
        {payment.shopify.why === null ? null : (
          <Banner tone="critical" title="Shopify has ended this payment">
            {payment.shopify.why.long}
          </Banner>
        )}
        {payment.reviews.map((review) => (
          <Banner
            key={review.id}
            tone="warning"
            title={asTitle(review.kind)}
            action={{ content: 'Decide', url: `/app/reviews/${review.id}` }}
          >
            {review.detail}
          </Banner>
        ))}
        <Card>
          <BlockStack gap="200">
            <DescriptionList
              gap="tight"
              items={[
                { term: 'Payment id in Shopify', description: payment.id },
                { term: 'Started', description: instantText(payment.startedAt) },
                ...(payment.rejection === null
                  ? []
                  : [{ term: 'Rejected as', description: inWords(payment.rejection.toLowerCase()) }]),
                {
                  term: 'Buyer chose to pay',
                  description: payment.committedAt === null ? 'not yet' : instantText(payment.committedAt),
                },
              ]}
            />
            {payment.siblings.map((other) => (
              <Text as="p" key={other.id}>
                Another try of the same checkout:{' '}
                <Link url={`/app/payments/${encodeURIComponent(other.id)}`}>{other.id}</Link>{' '}
                <PaymentState {...other.shopify} />
              </Text>
            ))}
          </BlockStack>
        </Card>
        {payment.refunds.length === 0 ? null : (
          <Card>
            <BlockStack gap="200">
              <Text as="h2" variant="headingMd">
                Refunds
              </Text>
              {payment.refunds.map((refund) => (
                <InlineStack key={refund.id} gap="200">
                  <Link url={`/app/refunds/${encodeURIComponent(refund.id)}`}>{refund.amount}</Link>
                  <RefundState state={refund.state} />
                  <Instant at={refund.askedAt} />
                </InlineStack>
              ))}
            </BlockStack>
          </Card>
        )}
        {payment.attempts.length === 0 ? (
          <Text as="p">The buyer has not chosen how to pay.</Text>
        ) : (
          <Story story={payment} />
        )}
      </BlockStack>
    </Page>
  );
}
