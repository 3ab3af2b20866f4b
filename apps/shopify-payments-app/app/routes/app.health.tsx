import type { MetaFunction } from '@remix-run/react';
import { useLoaderData } from '@remix-run/react';
import type { LoaderFunctionArgs } from '@remix-run/server-runtime';
import { Banner, BlockStack, Page } from '@shopify/polaris';
import { deskOf } from '../merchant';
import { Findings } from '../parts/findings';

export const meta: MetaFunction = () => [{ title: 'Health: Gatewright' }];

export const loader = async ({ context }: LoaderFunctionArgs) => ({
  findings: await deskOf(context).findings(),
});

export default function Health() {
  const { findings } = useLoaderData<typeof loader>();
  return (
    <Page title="Health" subtitle="What was found, what it does, and how to mend it.">
      <BlockStack gap="400">
        {findings.length === 0 ? (
          <Banner tone="success" title="Nothing is wrong." />
        ) : (
          <Findings findings={findings} />
        )}
      </BlockStack>
    </Page>
  );
}
