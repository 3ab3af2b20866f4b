import type { MetaFunction } from '@remix-run/react';
import { useLoaderData } from '@remix-run/react';
import type { LoaderFunctionArgs } from '@remix-run/server-runtime';
import { Badge, BlockStack, Button, Card, InlineStack, Page, Text } from '@shopify/polaris';
import { deskOf } from '../merchant';
import { Said } from '../parts/said';
import { inWords, Mode } from '../parts/states';

export const meta: MetaFunction = () => [{ title: 'Accounts: Gatewright' }];

export const loader = async ({ context }: LoaderFunctionArgs) => {
  const { accounts } = deskOf(context);
  return {
    accounts: await accounts.list(),
    gateways: accounts.forms.map(({ gateway, title }) => ({ gateway, title })),
  };
};

export default function Accounts() {
  const { accounts, gateways } = useLoaderData<typeof loader>();
  return (
    <Page title="Accounts" subtitle="Buyers choose among the accounts that are switched on.">
      <BlockStack gap="400">
        <Said />
        {accounts.map((account) => (
          <Card key={account.id}>
            <InlineStack align="space-between" blockAlign="center" gap="200">
              <InlineStack gap="200" blockAlign="center">
                <Text as="h2" variant="headingMd">
                  {account.title}
                </Text>
                <Mode mode={account.mode} />
                <Badge {...(account.enabled ? { tone: 'success' as const } : {})}>
                  {account.enabled ? 'On' : 'Off'}
                </Badge>
                {account.trouble === null ? null : <Badge tone="critical">{inWords(account.trouble)}</Badge>}
              </InlineStack>
              <Button url={`/app/accounts/${account.id}`} accessibilityLabel={`Open ${account.title}`}>
                Open
              </Button>
            </InlineStack>
          </Card>
        ))}
        <Card>
          <BlockStack gap="300">
            <Text as="h2" variant="headingMd">
              Connect another account
            </Text>
            <InlineStack gap="200">
              {gateways.map(({ gateway, title }) => (
                <Button key={gateway} url={`/app/accounts/connect/${gateway}`}>
                  {title}
                </Button>
              ))}
            </InlineStack>
            <Text as="p" tone="subdued">
              Live or test is decided by the gateway's own address and token. Test accounts take test orders
              only.
            </Text>
          </BlockStack>
        </Card>
      </BlockStack>
    </Page>
  );
}
