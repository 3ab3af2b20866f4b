import type { MetaFunction } from '@remix-run/react';
import { useLoaderData, useRouteLoaderData } from '@remix-run/react';
import type { LoaderFunctionArgs } from '@remix-run/server-runtime';
import { Badge, BlockStack, Button, Card, InlineStack, Page, Text } from '@shopify/polaris';
import { countText } from '../../src/merchants/count';
import { deskOf } from '../merchant';
import { Findings } from '../parts/findings';
import type { loader as frame } from './app';

export const meta: MetaFunction = () => [{ title: 'Overview: Gatewright' }];

export const loader = async ({ context }: LoaderFunctionArgs) => {
  const desk = deskOf(context);
  const { enabled } = await desk.activation.view();
  return {
    ready: desk.ready,
    accounts: enabled.live + enabled.test,
    findings: await desk.findings(),
  };
};

function Step(props: { readonly done: boolean; readonly text: string; readonly url: string }) {
  return (
    <InlineStack gap="300" blockAlign="center">
      <Badge tone={props.done ? 'success' : 'attention'}>{props.done ? 'Done' : 'To do'}</Badge>
      <Button variant="plain" url={props.url}>
        {props.text}
      </Button>
    </InlineStack>
  );
}

export default function Overview() {
  const { ready, accounts, findings } = useLoaderData<typeof loader>();
  // Counted for the links above every page.
  const waiting = useRouteLoaderData<typeof frame>('routes/app')?.waiting;
  return (
    <Page title="Overview">
      <BlockStack gap="400">
        <Card>
          <BlockStack gap="300">
            <InlineStack gap="200" blockAlign="center">
              <Text as="h2" variant="headingMd">
                Taking payments
              </Text>
              <Badge tone={ready ? 'success' : 'attention'}>{ready ? 'Ready' : 'Not ready'}</Badge>
            </InlineStack>
            <Step done={accounts > 0} text="Connect a gateway account" url="/app/accounts" />
            <Step done={ready} text="Activate the payment method" url="/app/activation" />
            <Button variant="plain" url="/app/test" textAlign="left">
              Make a test payment
            </Button>
          </BlockStack>
        </Card>
        <Card>
          <BlockStack gap="200">
            <Text as="h2" variant="headingMd">
              Waiting for you
            </Text>
            {waiting === undefined ? null : (
              <>
                <Text as="p">Refunds to pay back by hand: {countText(waiting.refunds)}</Text>
                <Text as="p">Payments to look at: {countText(waiting.reviews)}</Text>
                <Text as="p">Results that Shopify could not be told: {countText(waiting.untold)}</Text>
              </>
            )}
          </BlockStack>
        </Card>
        <Findings findings={findings} />
      </BlockStack>
    </Page>
  );
}
