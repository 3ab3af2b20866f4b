import type { MetaFunction } from '@remix-run/react';
import { useActionData, useLoaderData } from '@remix-run/react';
import { type ActionFunctionArgs, data, type LoaderFunctionArgs, redirect } from '@remix-run/server-runtime';
import { Badge, Banner, BlockStack, Button, Card, InlineStack, Page, Text } from '@shopify/polaris';
import { deskOf, notFound, textOf } from '../merchant';
import { AccountForm } from '../parts/account-form';
import { Copyable } from '../parts/copyable';
import { Findings } from '../parts/findings';
import { Instant } from '../parts/instant';
import { Refused, Said } from '../parts/said';
import { Mode } from '../parts/states';

export const meta: MetaFunction = () => [{ title: 'Account: Gatewright' }];

export const loader = async ({ context, params }: LoaderFunctionArgs) => {
  const { accounts, lastWebhookAt } = deskOf(context);
  const account = await accounts.find(params.id ?? '');
  if (!account) throw notFound();
  const fields = accounts.forms.find(({ gateway }) => gateway === account.gateway)?.fields ?? [];
  return { account, fields, heardAt: await lastWebhookAt(account.id) };
};

const refuse = (refused: string, key = '') => data({ findings: null, refused, key }, { status: 422 });

export const action = async ({ context, params, request }: ActionFunctionArgs) => {
  const { accounts, activation } = deskOf(context);
  const id = params.id ?? '';
  const form = await request.formData();
  const back = (did: string) => redirect(`/app/accounts/${id}?did=${did}`, 303);
  switch (textOf(form, 'intent')) {
    case 'check': {
      const findings = await accounts.check(id);
      if (!findings) throw notFound();
      return data({ findings, refused: null, key: '' });
    }
    case 'enable':
      if (!(await accounts.setEnabled(id, true))) throw notFound();
      throw back('enabled');
    case 'disable': {
      const account = await accounts.setEnabled(id, false);
      if (!account) throw notFound();
      const told = await activation.afterSwitchOff(account.mode);
      if (!told.ok)
        return refuse('It was the last account, and Shopify could not be told. Use the page Activation.');
      throw back(told.withdrawn ? 'not-ready' : 'disabled');
    }
    case 'renew': {
      const renewed = await accounts.renew(id, form);
      if (renewed.ok) throw back('renewed');
      if (renewed.reason === 'config-unusable')
        return refuse(
          'Something cannot be used as it was entered. The old credentials stay in use.',
          renewed.key,
        );
      if (renewed.reason === 'mode-differs')
        return refuse(
          'Live credentials cannot replace test ones, nor the other way round. Connect another account.',
        );
      throw notFound();
    }
    default:
      throw new Response(null, { status: 400 });
  }
};

function Act({ intent, children }: { readonly intent: string; readonly children: string }) {
  return (
    <form method="post">
      <input type="hidden" name="intent" value={intent} />
      <Button submit>{children}</Button>
    </form>
  );
}

export default function AccountPage() {
  const { account, fields, heardAt } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const fine = answer?.findings?.every(({ severity }) => severity !== 'error');
  return (
    <Page
      title={account.title}
      titleMetadata={<Mode mode={account.mode} />}
      backAction={{ content: 'Accounts', url: '/app/accounts' }}
    >
      <BlockStack gap="400">
        {answer ? null : <Said />}
        {answer?.refused ? <Refused title={answer.refused} /> : null}
        {fine ? <Banner tone="success" title={`${account.title} takes the credentials.`} /> : null}
        {answer?.findings ? <Findings findings={answer.findings} /> : null}
        <Card>
          <BlockStack gap="300">
            <InlineStack gap="200" blockAlign="center">
              <Badge {...(account.enabled ? { tone: 'success' as const } : {})}>
                {account.enabled ? 'On' : 'Off'}
              </Badge>
              <Text as="p">
                {account.refundsBy === 'gateway'
                  ? 'Refunds go through the gateway.'
                  : 'Refunds are paid back by hand.'}
              </Text>
            </InlineStack>
            {account.webhookUrl === null ? null : (
              <Copyable
                label="Webhook address"
                text={account.webhookUrl}
                help={`Enter it at ${account.title}, so that payments are seen at once.`}
              />
            )}
            <Text as="p" tone="subdued">
              {heardAt === null ? 'No webhook has arrived yet.' : 'Last webhook: '}
              {heardAt === null ? null : <Instant at={heardAt} />}
            </Text>
            <InlineStack gap="200">
              <Act intent="check">Check now</Act>
              {account.enabled ? (
                <Act intent="disable">Switch off</Act>
              ) : (
                <Act intent="enable">Switch on</Act>
              )}
            </InlineStack>
          </BlockStack>
        </Card>
        {fields.length === 0 ? null : (
          <Card>
            <BlockStack gap="300">
              <Text as="h2" variant="headingMd">
                Enter new credentials
              </Text>
              <Text as="p">
                Of the same account at {account.title}: payments that are open are looked up with them.
              </Text>
              <AccountForm fields={fields} refused={answer?.key} submit="Use them" intent="renew" />
            </BlockStack>
          </Card>
        )}
      </BlockStack>
    </Page>
  );
}
