import type { MetaFunction } from '@remix-run/react';
import { useActionData, useLoaderData } from '@remix-run/react';
import { type ActionFunctionArgs, data, type LoaderFunctionArgs, redirect } from '@remix-run/server-runtime';
import { Badge, BlockStack, Button, Card, InlineStack, Page, Text } from '@shopify/polaris';
import { afterOf, deskOf, textOf } from '../merchant';
import { AskedAgain } from '../parts/asked-again';
import { Instant } from '../parts/instant';
import { Newer } from '../parts/newer';
import { Refused, Said } from '../parts/said';

export const meta: MetaFunction = () => [{ title: 'Not told: Gatewright' }];

export const loader = ({ context, request }: LoaderFunctionArgs) => deskOf(context).untold(afterOf(request));

export const action = async ({ context, request }: ActionFunctionArgs) => {
  const form = await request.formData();
  const told = await deskOf(context).tellAgain(textOf(form, 'kind'), textOf(form, 'id'));
  if (told !== 'known') throw redirect(`/app/untold?did=${told === 'telling' ? 'trying-again' : told}`, 303);
  return data({ known: true }, { status: 409 });
};

export default function Untold() {
  const { untold, next } = useLoaderData<typeof loader>();
  const refused = useActionData<typeof action>();
  return (
    <Page title="Not told" subtitle="Results that Shopify should know and could not be told.">
      <BlockStack gap="400">
        {refused ? <Refused title="Shopify knows it by now, so there was nothing to try again" /> : <Said />}
        {untold.length === 0 && next === null ? (
          <Card>
            <Text as="p">Shopify knows everything.</Text>
          </Card>
        ) : null}
        {untold.map((line) => (
          <Card key={`${line.kind} ${line.id}`}>
            <BlockStack gap="200">
              <InlineStack align="space-between" blockAlign="center" gap="200">
                <InlineStack gap="200" blockAlign="center">
                  <Text as="h2" variant="headingMd">
                    {line.what}
                  </Text>
                  <Badge tone={line.exhausted ? 'critical' : 'attention'}>
                    {line.exhausted ? 'For about a day' : 'Tried again and again'}
                  </Badge>
                </InlineStack>
                <form method="post">
                  <input type="hidden" name="kind" value={line.kind} />
                  <input type="hidden" name="id" value={line.id} />
                  <Button submit>Tell Shopify again</Button>
                </form>
              </InlineStack>
              <Text as="p">{line.why}</Text>
              <Text as="p" tone="subdued">
                Since <Instant at={line.since} />
              </Text>
              <AskedAgain asked={line.asked} />
            </BlockStack>
          </Card>
        ))}
        <Newer path="/app/untold" next={next} />
      </BlockStack>
    </Page>
  );
}
