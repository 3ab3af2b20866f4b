import type { MetaFunction } from '@remix-run/react';
import { useLoaderData } from '@remix-run/react';
import type { LoaderFunctionArgs } from '@remix-run/server-runtime';
import { Banner, BlockStack, Card, Page, Text } from '@shopify/polaris';

export const meta: MetaFunction = () => [{ title: 'Sign in: Gatewright' }];

export const loader = ({ request }: LoaderFunctionArgs) => ({
  refused: new URL(request.url).searchParams.has('refused'),
});

export default function SignIn() {
  const { refused } = useLoaderData<typeof loader>();
  return (
    <Page title="Gatewright" narrowWidth>
      <BlockStack gap="400">
        {refused ? (
          <Banner tone="warning" title="Shopify did not confirm the sign-in">
            Nothing was changed. Open the app from your Shopify admin once more.
          </Banner>
        ) : null}
        <Card>
          <BlockStack gap="200">
            <Text as="h2" variant="headingMd">
              Open the app from your Shopify admin
            </Text>
            <Text as="p">
              In Shopify, choose Settings, then Apps and sales channels, then Gatewright. Shopify tells us
              which shop is yours.
            </Text>
          </BlockStack>
        </Card>
      </BlockStack>
    </Page>
  );
}
