import type { MetaFunction } from '@remix-run/react';
import { useActionData, useLoaderData } from '@remix-run/react';
import { type ActionFunctionArgs, data, type LoaderFunctionArgs, redirect } from '@remix-run/server-runtime';
import { Badge, BlockStack, Button, Card, List, Page, Text } from '@shopify/polaris';
import { deskOf } from '../merchant';
import { Busy, Said } from '../parts/said';

export const meta: MetaFunction = () => [{ title: 'Test payment: Gatewright' }];

export const loader = async ({ context }: LoaderFunctionArgs) => {
  const { accounts, activation } = deskOf(context);
  const usable = (await accounts.list()).filter(({ mode, enabled }) => mode === 'test' && enabled);
  const { ready, settingsUrl } = await activation.view();
  return { ready, settingsUrl, accounts: usable.map(({ title }) => title) };
};

export const action = async ({ context }: ActionFunctionArgs) => {
  const turn = await deskOf(context).accounts.useTestPage();
  if (turn.ok) throw redirect('/app/test?did=test-page', 303);
  return data({ busy: true }, { status: 409 });
};

export default function TestPayment() {
  const { ready, settingsUrl, accounts } = useLoaderData<typeof loader>();
  return (
    <Page title="Test payment" narrowWidth>
      <BlockStack gap="400">
        {useActionData<typeof action>() ? <Busy /> : <Said />}
        <Card>
          <BlockStack gap="300">
            <Text as="h2" variant="headingMd">
              Something to pay with
            </Text>
            {accounts.length === 0 ? (
              <Text as="p">
                No test account is switched on. The built-in test page pays, cancels and lets expire at a
                click, without a gateway and without money.
              </Text>
            ) : (
              <Text as="p">Test orders can be paid with: {accounts.join(', ')}.</Text>
            )}
            <form method="post">
              <Button submit>Use the built-in test page</Button>
            </form>
          </BlockStack>
        </Card>
        <Card>
          <BlockStack gap="300">
            <Text as="h2" variant="headingMd">
              Make a test payment
            </Text>
            <List type="number">
              <List.Item>
                Activate the payment method <Badge>{ready ? 'done' : 'to do'}</Badge>
              </List.Item>
              <List.Item>Switch its test mode on in Shopify's settings.</List.Item>
              <List.Item>Buy something in your shop, and choose this payment method.</List.Item>
              <List.Item>Choose a test account, and pay. You are led back to your shop.</List.Item>
              <List.Item>The order is paid in Shopify, and the payment stands in the list here.</List.Item>
              <List.Item>Refund the order in Shopify, and watch the refund here.</List.Item>
              <List.Item>Switch the test mode off again.</List.Item>
            </List>
            <div>
              <Button url={ready ? settingsUrl : '/app/activation'}>
                {ready ? "Open Shopify's settings" : 'To the activation'}
              </Button>
            </div>
          </BlockStack>
        </Card>
      </BlockStack>
    </Page>
  );
}
