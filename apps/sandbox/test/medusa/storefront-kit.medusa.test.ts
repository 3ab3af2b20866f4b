import { readFileSync } from 'node:fs';
import { createRequire, stripTypeScriptTypes } from 'node:module';
import { dirname, join } from 'node:path';
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import * as z from 'zod';
import { useChromium } from './chromium.ts';
import { sceneIn, usePlace, useShop } from './open-shops.ts';

const place = usePlace();
const shop = useShop(place, { name: 'storefront', orderTiming: 'before_payment' });
const newPage = useChromium();

const kit = new URL('../../../../packages/medusa-payment-provider/src/storefront-kit/', import.meta.url);

const { resolve } = createRequire(new URL('../../package.json', kit));

/** React's own builds for browsers, and the one module that the kit imports by name. */
const html = `<!doctype html><title>Storefront</title><main></main>
<script type="importmap">{ "imports": { "react": "/react/hooks" } }</script>
<script src="/react/react"></script><script src="/react/react-dom"></script>`;

const script = (pathname: string): string => {
  const [, kind = '', name = ''] = /^\/(kit|react)\/(.+)$/.exec(pathname) ?? [];
  if (kind === 'kit') return stripTypeScriptTypes(readFileSync(new URL(name, kit), 'utf8'));
  if (name === 'hooks') return 'export const { useEffect, useState } = window.React;';
  return readFileSync(join(dirname(resolve(`${name}/package.json`)), `umd/${name}.development.js`), 'utf8');
};

/** A storefront of another origin whose pages load the kit as it is written. */
const openStorefront = async (path: string): Promise<Page> => {
  const page = await newPage();
  await page.route(`${shop().storefrontUrl}/**`, async (route) => {
    const { pathname } = new URL(route.request().url());
    const isScript = /^\/(kit|react)\//.test(pathname);
    return isScript
      ? route.fulfill({ contentType: 'text/javascript', body: script(pathname) })
      : route.fulfill({ contentType: 'text/html', body: html });
  });
  await page.goto(`${shop().storefrontUrl}${path}`);
  return page;
};

/** Runs in the storefront's page, with the kit and the store's address at hand. */
const inPage = (page: Page, script: string): Promise<unknown> => {
  const api = JSON.stringify({
    backendUrl: shop().publicUrl,
    publishableKey: shop().seeded.publishableKey,
  });
  return page.evaluate(`import('/kit/index.ts').then(async (kit) => { const api = ${api}; ${script} })`);
};

const started = z.object({
  ok: z.literal(true),
  value: z.object({ sessionId: z.string(), checkoutUrl: z.url(), orderId: z.string() }),
});

it('a storefront starts a payment, and its return page follows it live to the paid order', async () => {
  const scene = sceneIn(place(), shop(), 'crypto-pay');
  const simulator = place().simulators.gateways['crypto-pay'];
  const known = new Set(simulator.payments().map(({ id }) => id));
  const cartId = await shop().shopper.fillCart();
  const back = `${shop().storefrontUrl}/thanks`;
  const wish = { cartId, providerId: 'pp_gatewright_crypto-pay', returnUrl: back, placeOrder: true };
  const checkout = await openStorefront('/checkout');
  const { value } = started.parse(
    await inPage(checkout, `return kit.startPayment(api, ${JSON.stringify(wish)})`),
  );
  expect(value.checkoutUrl).toContain(`${shop().publicUrl}/gatewright/pay/`);

  const thanks = await openStorefront(`/thanks?gatewright_session=${value.sessionId}`);
  const listening = thanks.waitForResponse((response) => response.url().endsWith('/events'));
  const watching = inPage(
    thanks,
    `window.seen = [];
    return kit.watchPayment(api, kit.sessionIdOf(location.href), { onStatus: ({ state }) => window.seen.push(state) });`,
  );
  expect((await (await listening).allHeaders())['access-control-allow-origin']).toBe(shop().storefrontUrl);
  const payment = simulator.payments().find(({ id }) => !known.has(id));
  expect(await simulator.shopper.pay(payment?.id ?? '')).toEqual({ ok: true });
  await scene.live(1);
  expect(await watching).toMatchObject({
    end: 'final',
    status: { state: 'paid', order_id: value.orderId, cart_id: cartId },
  });
  const seen = z.array(z.string()).parse(await thanks.evaluate('window.seen'));
  expect([seen[0], seen.at(-1)]).toEqual(['waiting', 'paid']);
});

it('a storefront is told why a payment cannot be started', async () => {
  const cartId = await shop().shopper.fillCart();
  const page = await openStorefront('/checkout');
  const start = (wish: object) => inPage(page, `return kit.startPayment(api, ${JSON.stringify(wish)})`);
  const wish = { cartId, providerId: 'pp_gatewright_crypto-pay', returnUrl: `${shop().storefrontUrl}/x` };
  expect(await start({ ...wish, returnUrl: 'https://thief.example/' })).toMatchObject({
    ok: false,
    reason: 'refused',
  });
  expect(await start({ ...wish, providerId: 'pp_nobody_1' })).toMatchObject({ ok: false });
  expect(await inPage(page, `return kit.readPayment(api, 'payses_nobody')`)).toMatchObject({
    ok: false,
    reason: 'unknown',
  });
});

it('a React page shows the payment live', async () => {
  const scene = sceneIn(place(), shop(), 'crypto-pay');
  const purchase = await scene.checkout();
  const page = await openStorefront(`/react?gatewright_session=${purchase.session}`);
  await inPage(
    page,
    `const { usePayment } = await import('/kit/react.ts');
    const Thanks = () => {
      const { status } = usePayment(api, kit.sessionIdOf(location.href));
      return status ? status.state + ' ' + status.order_id : 'asking';
    };
    ReactDOM.createRoot(document.querySelector('main')).render(React.createElement(Thanks));`,
  );
  await page.getByText(/^waiting order_/).waitFor();
  expect(await scene.act('pay', purchase)).toEqual({ ok: true });
  await scene.live(1);
  await page.getByText(/^paid order_/).waitFor();
});
