import type { MetaFunction } from '@remix-run/react';
import { useLoaderData } from '@remix-run/react';
import type { LoaderFunctionArgs } from '@remix-run/server-runtime';
import { BlockStack, Button, Card, DataTable, Link, Page, Text } from '@shopify/polaris';
import { deskOf } from '../merchant';
import { Instant } from '../parts/instant';
import { inWords, Mode, PaymentState } from '../parts/states';

export const meta: MetaFunction = () => [{ title: 'Payments: Gatewright' }];

export const loader = ({ context, request }: LoaderFunctionArgs) =>
  deskOf(context).payments(new URL(request.url).searchParams.get('before'));

export default function Payments() {
  const { payments, next } = useLoaderData<typeof loader>();
  const rows = payments.map((payment) => [
    <Link key="id" url={`/app/payments/${encodeURIComponent(payment.id)}`}>
      {payment.id}
    </Link>,
    <Instant key="at" at={payment.startedAt} />,
    payment.amount,
    <BlockStack key="state" gap="100" inlineAlign="start">
      <PaymentState {...payment.shopify} />
      {payment.shopify.why === null ? null : <Text as="span">{payment.shopify.why.short}</Text>}
    </BlockStack>,
    payment.invoice === null
      ? ''
      : [
          payment.invoice.gateway,
          inWords(payment.invoice.status),
          ...payment.invoice.notes.map(inWords),
        ].join(', '),
    <Mode key="mode" mode={payment.mode} />,
  ]);
  return (
    <Page title="Payments">
      <BlockStack gap="400">
        <Card padding="0">
          {rows.length === 0 ? (
            <div style={{ padding: '1rem' }}>
              <Text as="p">Payments stand here as soon as a buyer has chosen this payment method.</Text>
            </div>
          ) : (
            <DataTable
              columnContentTypes={['text', 'text', 'numeric', 'text', 'text', 'text']}
              headings={['Payment', 'Started', 'Amount', 'In Shopify', 'At the gateway', 'Mode']}
              rows={rows}
            />
          )}
        </Card>
        {next === null ? null : (
          <div>
            <Button url={`/app/payments?${new URLSearchParams({ before: next })}`}>Older ones</Button>
          </div>
        )}
      </BlockStack>
    </Page>
  );
}
