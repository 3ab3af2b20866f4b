import type { MetaFunction } from '@remix-run/react';
import {
  isRouteErrorResponse,
  Links,
  Meta,
  Outlet,
  Scripts,
  useRouteError,
  useRouteLoaderData,
} from '@remix-run/react';
import type { LinksFunction, LoaderFunctionArgs } from '@remix-run/server-runtime';
import { AppProvider, Page, Text } from '@shopify/polaris';
import polarisStyles from '@shopify/polaris/build/esm/styles.css?url';
import english from '@shopify/polaris/locales/en.json';
import type { ReactNode } from 'react';
import { pageContext } from './merchant';

export const links: LinksFunction = () => [
  { rel: 'stylesheet', href: polarisStyles },
  // Without one a browser asks for /favicon.ico.
  { rel: 'icon', href: 'data:,' },
];

export const meta: MetaFunction = () => [{ title: 'Gatewright' }];

export const loader = ({ context }: LoaderFunctionArgs) => ({ nonce: pageContext(context).nonce });

export function Layout({ children }: { readonly children: ReactNode }) {
  const nonce = useRouteLoaderData<typeof loader>('root')?.nonce;
  return (
    <html lang="en">
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width,initial-scale=1" />
        <Meta />
        <Links />
      </head>
      <body>
        <AppProvider i18n={english}>{children}</AppProvider>
        <Scripts {...(nonce === undefined ? {} : { nonce })} />
      </body>
    </html>
  );
}

export default function App() {
  return <Outlet />;
}

export function ErrorBoundary() {
  const error = useRouteError();
  const missing = isRouteErrorResponse(error) && error.status === 404;
  return (
    <Page
      title={missing ? 'There is no such page' : 'Something went wrong'}
      primaryAction={{ content: 'To the overview', url: '/app' }}
    >
      <Text as="p">
        {missing
          ? 'The address may be mistyped, or what it led to may belong to another shop.'
          : 'Nothing was changed. Please try again in a moment; the log of the app has the details.'}
      </Text>
    </Page>
  );
}
