import { Links, Meta, Outlet, Scripts, useLoaderData } from '@remix-run/react';
import type { LinksFunction, LoaderFunctionArgs } from '@remix-run/server-runtime';
import { AppProvider } from '@shopify/polaris';
import polarisStyles from '@shopify/polaris/build/esm/styles.css?url';
import english from '@shopify/polaris/locales/en.json';
import { merchantOf } from './merchant';

export const links: LinksFunction = () => [{ rel: 'stylesheet', href: polarisStyles }];

export const loader = ({ context }: LoaderFunctionArgs) => ({ nonce: merchantOf(context).nonce });

export default function App() {
  const { nonce } = useLoaderData<typeof loader>();
  return (
    <html lang="en">
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width,initial-scale=1" />
        <Meta />
        <Links />
      </head>
      <body>
        <AppProvider i18n={english}>
          <Outlet />
        </AppProvider>
        <Scripts nonce={nonce} />
      </body>
    </html>
  );
}
