import { useLoaderData } from '@remix-run/react';
import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/server-runtime';
import { Badge, BlockStack, Card, InlineStack, Page, Text } from '@shopify/polaris';
import { shopOf } from '../merchant';

export const meta: MetaFunction = () => [{ title: 'Gatewright' }];

export const loader = ({ context }: LoaderFunctionArgs) => {
  const { shop } = shopOf(context);
  return { domain: shop.domain, ready: shop.ready };
};

export default function Home() {
  const { domain, ready } = useLoaderData<typeof loader>();
  return (
    <Page title="Payments">
      <Card>
        <BlockStack gap="200">
          <InlineStack gap="200">
            <Text as="h2" variant="headingMd">
              {domain}
            </Text>
            <Badge tone={ready ? 'success' : 'attention'}>{ready ? 'Ready' : 'Not ready'}</Badge>
          </InlineStack>
        </BlockStack>
      </Card>
    </Page>
  );
}
