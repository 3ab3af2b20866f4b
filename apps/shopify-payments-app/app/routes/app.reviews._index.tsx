import type { MetaFunction } from '@remix-run/react';
import { useLoaderData } from '@remix-run/react';
import type { LoaderFunctionArgs } from '@remix-run/server-runtime';
import { BlockStack, Button, Card, InlineStack, Page, Text } from '@shopify/polaris';
import { afterOf, deskOf } from '../merchant';
import { Instant } from '../parts/instant';
import { Newer } from '../parts/newer';
import { Said } from '../parts/said';
import { asTitle, Mode } from '../parts/states';

export const meta: MetaFunction = () => [{ title: 'Reviews: Gatewright' }];

export const loader = ({ context, request }: LoaderFunctionArgs) => deskOf(context).reviews(afterOf(request));

export default function Reviews() {
  const { reviews, next } = useLoaderData<typeof loader>();
  return (
    <Page title="Reviews" subtitle="Payments that a person has to look at.">
      <BlockStack gap="400">
        <Said />
        {reviews.length === 0 ? (
          <Card>
            <Text as="p">Nothing waits for you.</Text>
          </Card>
        ) : null}
        {reviews.map((review) => (
          <Card key={review.id}>
            <BlockStack gap="200">
              <InlineStack align="space-between" blockAlign="center" gap="200">
                <InlineStack gap="200" blockAlign="center">
                  <Text as="h2" variant="headingMd">
                    {asTitle(review.kind)}
                  </Text>
                  <Mode mode={review.mode} />
                </InlineStack>
                <Button url={`/app/reviews/${review.id}`}>Decide</Button>
              </InlineStack>
              <Text as="p">{review.detail}</Text>
              <Text as="p" tone="subdued">
                Since <Instant at={review.openedAt} />
              </Text>
            </BlockStack>
          </Card>
        ))}
        <Newer path="/app/reviews" next={next} />
      </BlockStack>
    </Page>
  );
}
