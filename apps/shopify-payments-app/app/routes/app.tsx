import { Outlet, useLoaderData, useLocation } from '@remix-run/react';
import type { LoaderFunctionArgs } from '@remix-run/server-runtime';
import { Badge, Box, Button, InlineStack, Text } from '@shopify/polaris';
import { countText } from '../../src/merchants/count';
import { deskOf } from '../merchant';

export const loader = async ({ context }: LoaderFunctionArgs) => {
  const desk = deskOf(context);
  return { domain: desk.domain, waiting: await desk.waiting() };
};

const places = [
  { url: '/app', name: 'Overview' },
  { url: '/app/payments', name: 'Payments' },
  { url: '/app/refunds', name: 'Refunds', waiting: 'refunds' },
  { url: '/app/reviews', name: 'Reviews', waiting: 'reviews' },
  { url: '/app/untold', name: 'Not told', waiting: 'untold' },
  { url: '/app/accounts', name: 'Accounts' },
  { url: '/app/activation', name: 'Activation' },
  { url: '/app/test', name: 'Test payment' },
  { url: '/app/health', name: 'Health' },
] as const;

const isHere = (url: string, path: string): boolean =>
  url === '/app' ? path === url : path === url || path.startsWith(`${url}/`);

export default function Merchant() {
  const { domain, waiting } = useLoaderData<typeof loader>();
  const { pathname } = useLocation();
  return (
    <>
      <nav aria-label="Gatewright">
        <Box
          background="bg-surface"
          borderBlockEndWidth="025"
          borderColor="border"
          paddingBlock="200"
          paddingInline="400"
        >
          <InlineStack gap="100" blockAlign="center">
            {places.map((place) => {
              const count = 'waiting' in place ? waiting[place.waiting] : undefined;
              return (
                <InlineStack key={place.url} gap="050" blockAlign="center">
                  <Button variant={isHere(place.url, pathname) ? 'secondary' : 'tertiary'} url={place.url}>
                    {place.name}
                  </Button>
                  {count === undefined || (count.counted === 0 && !count.more) ? null : (
                    <Badge tone="attention">{countText(count)}</Badge>
                  )}
                </InlineStack>
              );
            })}
            <Text as="span" tone="subdued">
              {domain}
            </Text>
          </InlineStack>
        </Box>
      </nav>
      <Outlet />
    </>
  );
}
