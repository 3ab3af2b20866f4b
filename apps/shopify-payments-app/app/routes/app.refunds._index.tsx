import type { MetaFunction } from '@remix-run/react';
import { useLoaderData } from '@remix-run/react';
import type { LoaderFunctionArgs } from '@remix-run/server-runtime';
import { Badge, BlockStack, Button, Card, InlineStack, Page, Text } from '@shopify/polaris';
import { afterOf, deskOf } from '../merchant';
import { Instant } from '../parts/instant';
import { Newer } from '../parts/newer';
import { Said } from '../parts/said';
import { RefundState } from '../parts/states';

export const meta: MetaFunction = () => [{ title: 'Refunds: Gatewright' }];

export const loader = ({ context, request }: LoaderFunctionArgs) => deskOf(context).refunds(afterOf(request));

export default function Refunds() {
  const { refunds, next } = useLoaderData<typeof loader>();
  return (
    <Page title="Refunds" subtitle="What no gateway pays back by itself waits here for you.">
      <BlockStack gap="400">
        <Said />
        {refunds.length === 0 ? (
          <Card>
            <Text as="p">No refund waits for you.</Text>
          </Card>
        ) : null}
        {refunds.map((refund) => (
          <Card key={refund.id}>
            <BlockStack gap="200">
              <InlineStack align="space-between" blockAlign="center" gap="200">
                <InlineStack gap="200" blockAlign="center">
                  <Text as="h2" variant="headingMd">
                    {refund.amount}
                  </Text>
                  <RefundState state={refund.state} />
                  {refund.aged ? <Badge tone="critical">Waits for more than three days</Badge> : null}
                </InlineStack>
                <Button
                  url={`/app/refunds/${encodeURIComponent(refund.id)}`}
                  accessibilityLabel={`Decide on the refund of ${refund.amount}`}
                >
                  Decide
                </Button>
              </InlineStack>
              <Text as="p" tone="subdued">
                Asked for <Instant at={refund.askedAt} />
              </Text>
              <Text as="p">{refund.note}</Text>
            </BlockStack>
          </Card>
        ))}
        <Newer path="/app/refunds" next={next} />
      </BlockStack>
    </Page>
  );
}
