import type { MetaFunction } from '@remix-run/react';
import { useActionData, useLoaderData } from '@remix-run/react';
import { type ActionFunctionArgs, data, type LoaderFunctionArgs, redirect } from '@remix-run/server-runtime';
import { BlockStack, Card, Page } from '@shopify/polaris';
import { deskOf, notFound } from '../merchant';
import { AccountForm } from '../parts/account-form';
import { Busy, Refused } from '../parts/said';

export const meta: MetaFunction = () => [{ title: 'Connect an account: Gatewright' }];

export const loader = ({ context, params }: LoaderFunctionArgs) => {
  const form = deskOf(context).accounts.forms.find(({ gateway }) => gateway === params.gateway);
  if (!form) throw notFound();
  return form;
};

export const action = async ({ context, params, request }: ActionFunctionArgs) => {
  const { accounts } = deskOf(context);
  const entered = await accounts.connect(params.gateway ?? '', await request.formData());
  if (entered.ok) throw redirect(`/app/accounts/${entered.account.id}?did=connected`, 303);
  if (entered.reason === 'gateway-unknown') throw notFound();
  if (entered.reason === 'busy') return data({ busy: true, key: '' }, { status: 409 });
  return data({ busy: false, key: entered.reason === 'config-unusable' ? entered.key : '' }, { status: 422 });
};

export default function Connect() {
  const { title, fields } = useLoaderData<typeof loader>();
  const refused = useActionData<typeof action>();
  return (
    <Page title={`Connect ${title}`} backAction={{ content: 'Accounts', url: '/app/accounts' }} narrowWidth>
      <BlockStack gap="400">
        {refused?.busy ? <Busy /> : null}
        {refused && !refused.busy ? (
          <Refused title="The account was not connected">
            {`Something cannot be used as it was entered (${refused.key}). Please enter everything again.`}
          </Refused>
        ) : null}
        <Card>
          <AccountForm fields={fields} refused={refused?.key} submit="Connect" intent="connect" />
        </Card>
      </BlockStack>
    </Page>
  );
}
