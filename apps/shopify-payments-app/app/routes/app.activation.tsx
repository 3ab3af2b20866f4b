import type { MetaFunction } from '@remix-run/react';
import { useActionData, useLoaderData } from '@remix-run/react';
import { type ActionFunctionArgs, data, type LoaderFunctionArgs, redirect } from '@remix-run/server-runtime';
import { Badge, BlockStack, Button, Card, InlineStack, Page, Text } from '@shopify/polaris';
import type { ActivateResult } from '../../src/merchants/activation';
import { deskOf, textOf } from '../merchant';
import { Input } from '../parts/input';
import { Refused, Said } from '../parts/said';

export const meta: MetaFunction = () => [{ title: 'Activation: Gatewright' }];

export const loader = ({ context }: LoaderFunctionArgs) => deskOf(context).activation.view();

export const action = async ({ context, request }: ActionFunctionArgs) => {
  const { activation } = deskOf(context);
  const form = await request.formData();
  const on = textOf(form, 'intent') === 'activate';
  const told = on ? await activation.activate(textOf(form, 'handle')) : await activation.deactivate();
  if (told.ok) throw redirect(`/app/activation?did=${on ? 'activated' : 'deactivated'}`, 303);
  return data({ reason: told.reason }, { status: 422 });
};

type Reason = Extract<ActivateResult, { ok: false }>['reason'];

const why = (reason: Reason): string => {
  switch (reason) {
    case 'no-account':
      return 'Connect an account first: buyers could pay with nothing yet.';
    case 'handle-malformed':
      return 'Enter a name of 1 to 100 characters.';
    case 'not-installed':
      return 'Shopify does not let the app in. Open it once more from your Shopify admin.';
    case 'refused':
      return 'Shopify refused it. The app may not be approved for payments in this shop.';
    case 'unclear':
    case 'unavailable':
      return 'Shopify did not answer as it should. Nothing was changed; try again in a moment.';
    default: {
      const never: never = reason;
      return never;
    }
  }
};

export default function ActivationPage() {
  const { ready, handle, settingsUrl, enabled } = useLoaderData<typeof loader>();
  const refused = useActionData<typeof action>();
  return (
    <Page title="Activation" narrowWidth>
      <BlockStack gap="400">
        {refused ? <Refused title="Shopify was not told">{why(refused.reason)}</Refused> : <Said />}
        <Card>
          <BlockStack gap="300">
            <InlineStack gap="200" blockAlign="center">
              <Text as="h2" variant="headingMd">
                1. Tell Shopify that this shop can be paid
              </Text>
              <Badge tone={ready ? 'success' : 'attention'}>{ready ? 'Told' : 'Not told'}</Badge>
            </InlineStack>
            <Text as="p">
              Accounts switched on: {enabled.live} live, {enabled.test} test.
            </Text>
            <form method="post">
              <input type="hidden" name="intent" value="activate" />
              <BlockStack gap="300">
                <Input
                  name="handle"
                  label="Name of the account"
                  help="Shown in Shopify's payment settings, to you and your staff."
                  initial={handle}
                />
                <div>
                  <Button submit variant="primary">
                    {ready ? 'Tell Shopify again' : 'Activate'}
                  </Button>
                </div>
              </BlockStack>
            </form>
          </BlockStack>
        </Card>
        {ready ? (
          <Card>
            <BlockStack gap="300">
              <Text as="h2" variant="headingMd">
                2. Switch the payment method on in Shopify
              </Text>
              <Text as="p">
                There you also find the test mode. In test mode buyers pay with test accounts only, and no
                real money moves.
              </Text>
              <div>
                <Button url={settingsUrl} variant="primary">
                  Open Shopify's settings
                </Button>
              </div>
            </BlockStack>
          </Card>
        ) : null}
        {ready ? (
          <Card>
            <form method="post">
              <input type="hidden" name="intent" value="deactivate" />
              <InlineStack gap="300" blockAlign="center">
                <Button submit tone="critical">
                  Take no more payments
                </Button>
                <Text as="span" tone="subdued">
                  Payments that were started are still finished.
                </Text>
              </InlineStack>
            </form>
          </Card>
        ) : null}
      </BlockStack>
    </Page>
  );
}
