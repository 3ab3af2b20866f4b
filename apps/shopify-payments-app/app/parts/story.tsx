import { Badge, BlockStack, Card, DescriptionList, InlineStack, Text } from '@shopify/polaris';
import type { InvoiceStory, OrderStory } from '../../src/merchants/order-story';
import { Instant, instantText } from './instant';
import { inWords } from './states';

const factsOf = (invoice: InvoiceStory) =>
  [
    { term: 'Status', description: inWords(invoice.status) },
    { term: 'Notes', description: invoice.exceptions.map(inWords).join(', ') },
    { term: 'Paid with', description: invoice.method ?? '' },
    { term: 'Order', description: invoice.amount },
    { term: 'Asked for', description: invoice.asked ?? '' },
    { term: 'Received', description: invoice.received ?? '' },
    { term: 'Our reference', description: invoice.reference },
    { term: 'Payment at the gateway', description: invoice.gatewayPayment ?? '' },
    { term: 'Transaction', description: invoice.transaction ?? '' },
    { term: 'Valid until', description: instantText(invoice.expiresAt) },
  ].filter(({ description }) => description !== '');

function Attempt({ invoice }: { readonly invoice: InvoiceStory }) {
  return (
    <Card>
      <BlockStack gap="300">
        <Text as="h2" variant="headingMd">
          {invoice.gateway}
          {invoice.paidTheOrder
            ? ' (paid the order)'
            : invoice.superseded
              ? ' (another attempt took its place)'
              : ''}
        </Text>
        <DescriptionList gap="tight" items={factsOf(invoice)} />
        {invoice.refunds.map((refund) => (
          <Text as="p" key={refund.id}>
            Refund of {refund.amount}:{' '}
            {refund.state === 'manual' ? 'paid back by hand' : inWords(refund.state)},{' '}
            <Instant at={refund.at} />
          </Text>
        ))}
        <Text as="h3" variant="headingSm">
          Timeline
        </Text>
        <BlockStack gap="100">
          {invoice.timeline.map((line) => (
            <InlineStack key={`${line.at} ${line.event} ${line.detail}`} gap="200">
              <Text as="span" tone="subdued">
                <Instant at={line.at} />
              </Text>
              <Text as="span">
                {line.event}
                {line.detail === '' ? '' : `: ${line.detail}`}
              </Text>
            </InlineStack>
          ))}
        </BlockStack>
      </BlockStack>
    </Card>
  );
}

const told = {
  pending: ['Not yet', 'attention'],
  done: ['Taken', 'success'],
  refused: ['Refused', 'critical'],
} as const;

function Told({ state }: { readonly state: OrderStory['told'][number]['state'] }) {
  const [text, tone] = told[state];
  return <Badge tone={tone}>{text}</Badge>;
}

/** Every attempt to pay an order, and what Shopify was told. */
export function Story({ story }: { readonly story: OrderStory }) {
  return (
    <>
      {story.attempts.map((invoice) => (
        <Attempt key={invoice.id} invoice={invoice} />
      ))}
      {story.told.length === 0 ? null : (
        <Card>
          <BlockStack gap="200">
            <Text as="h2" variant="headingMd">
              What Shopify was told
            </Text>
            {story.told.map((line) => (
              <InlineStack key={`${line.at} ${line.what} ${line.note}`} gap="200">
                <Text as="span" tone="subdued">
                  <Instant at={line.at} />
                </Text>
                <Text as="span">{line.what}</Text>
                <Told state={line.state} />
                {line.state === 'refused' ? <Text as="span">{inWords(line.answer ?? '')}</Text> : null}
              </InlineStack>
            ))}
          </BlockStack>
        </Card>
      )}
    </>
  );
}
