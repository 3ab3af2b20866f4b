import { seconds } from '@gatewright/payment-core';
import axe from 'axe-core';
import type { Locator, Page } from 'playwright-core';
import { beforeAll, describe, expect, inject, it } from 'vitest';
import * as z from 'zod';
import type { MedusaScene, Purchase } from '../../src/medusa/scene.ts';
import { buildAdmin } from './build-admin.ts';
import { useChromium } from './chromium.ts';
import { sceneIn, usePlace, useShop } from './open-shops.ts';

const plainPlace = usePlace();
beforeAll(() => buildAdmin(inject('medusaBase')));
const place = () => {
  const { base, ...rest } = plainPlace();
  return { ...rest, base: { ...base, env: { ...base.env, SHOW_ADMIN: '1' } } };
};
const shop = useShop(place, { name: 'admin_pages', orderTiming: 'before_payment' });
const newPage = useChromium();

/** Serious findings only: some smaller ones are of Medusa's own components. */
const seriousFindings = async (page: Page, within: string): Promise<string[]> => {
  await page.evaluate(axe.source);
  const found = await page.evaluate(`axe
    .run(${JSON.stringify(within)}, { resultTypes: ['violations'] })
    .then(({ violations }) => violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .flatMap(({ id, nodes }) => nodes.map(({ html }) => id + ' ' + html)))`);
  return z.array(z.string()).parse(found);
};

const signIn = async (): Promise<Page> => {
  const { email, password } = inject('medusaBase').login;
  const page = await newPage();
  await page.goto(`${shop().publicUrl}/app/login`);
  await page.fill('input[name=email]', email);
  await page.fill('input[name=password]', password);
  await page.click('button[type=submit]');
  await page.waitForURL('**/app/orders');
  return page;
};

const heading = (page: Page, name: string): Locator => page.getByRole('heading', { name, exact: true });

/** The order's page with our widget, whose element is marked for axe. */
const openOrder = async (page: Page, scene: MedusaScene, purchase: Purchase): Promise<Locator> => {
  const order = await scene.order(purchase);
  await page.goto(`${shop().publicUrl}/app/orders/${order?.id}`);
  await heading(page, 'Gatewright').waitFor();
  const widget = page.locator('div.divide-y', { has: heading(page, 'Gatewright') }).last();
  // Runs in the browser, whose types this project does not have.
  await widget.evaluate((element: object) => Object.assign(element, { id: 'gatewright-widget' }));
  return widget;
};

/** The value beside a name in a list of facts. */
const fact = (within: Locator, name: string): Locator =>
  within.locator('dl > div', { has: within.page().getByText(name, { exact: true }) }).locator('dd');

const underpaid = async () => {
  const scene = sceneIn(place(), shop(), 'cryptopayment-center');
  const purchase = await scene.checkout();
  expect(await scene.act('underpay', purchase)).toEqual({ ok: true });
  await scene.live(5);
  return { scene, purchase };
};

describe("an order's page", () => {
  it('shows the payment, and asks the gateway again', async () => {
    const scene = sceneIn(place(), shop(), 'crypto-pay');
    const purchase = await scene.checkout();
    const page = await signIn();
    const widget = await openOrder(page, scene, purchase);
    await widget.getByText('Waiting for the payment').first().waitFor();
    expect(await seriousFindings(page, '#gatewright-widget')).toEqual([]);
    // No webhook, and nobody looks but the button.
    scene.simulator.faults.add({ kind: 'drop', lost: true });
    expect(await scene.act('pay', purchase)).toEqual({ ok: true });
    // It is asked once in ten seconds for an order.
    await place().pass(seconds(15));
    await widget.getByRole('button', { name: 'Check again' }).click();
    await page.getByText('The gateway was asked just now.').waitFor();
    await fact(widget, 'Paid at').waitFor();
    await scene.live(1);
    await page.reload();
    await heading(page, 'Gatewright').waitFor();
    await page.getByRole('button', { name: 'Record manual refund' }).click();
    const drawer = page.getByRole('dialog');
    await drawer.getByLabel('Sent back in USD').fill('50.01');
    await drawer.getByLabel('Why').fill('one came back broken');
    await drawer.getByRole('button', { name: 'Record the refund' }).click();
    await drawer.getByRole('alert').waitFor();
    await drawer.getByLabel('Sent back in USD').fill('20');
    await drawer.getByRole('button', { name: 'Record the refund' }).click();
    await fact(page.locator('main'), 'Sent back').getByText('20.00 USD').waitFor();
    expect(await scene.outcome(purchase)).toContain('refunded 20.00');
  });

  it('takes a decision with its reason, and the order is paid', async () => {
    const { scene, purchase } = await underpaid();
    const page = await signIn();
    const widget = await openOrder(page, scene, purchase);
    await widget.getByText('Needs your decision').waitFor();
    expect(await fact(widget, 'Missing').innerText()).toBe('5 USDT (tron)');
    await widget.getByRole('button', { name: 'Look and decide' }).click();
    const drawer = page.getByRole('dialog');
    await drawer.getByText('Accept it as paid').click();
    const decide = drawer.getByRole('button', { name: 'Decide' });
    expect(await decide.isDisabled()).toBe(true);
    await drawer.getByLabel('Why').fill('regular customer');
    expect(await seriousFindings(page, '[role=dialog] form')).toEqual([]);
    await decide.click();
    await drawer.waitFor({ state: 'detached' });
    await scene.live(1);
    expect(await scene.outcome(purchase)).toContain('captured');
  });

  it('shows nothing of us where somebody else was paid', async () => {
    const { merchant, seeded } = shop();
    const { draft_order } = await merchant.post(
      '/admin/draft-orders',
      { email: 'shopper@shop.example', region_id: seeded.region, sales_channel_id: seeded.channel },
      z.object({ draft_order: z.object({ id: z.string() }) }),
    );
    const page = await signIn();
    const answered = page.waitForResponse((response) => response.url().includes('/admin/gatewright/orders/'));
    await page.goto(`${shop().publicUrl}/app/orders/${draft_order.id}`);
    expect((await answered).status()).toBe(200);
    expect(await heading(page, 'Gatewright').count()).toBe(0);
  });
});

it('the settings page shows accounts, health and what waits for a person', async () => {
  await underpaid();
  const page = await signIn();
  await page.goto(`${shop().publicUrl}/app/settings/gatewright`);
  await heading(page, 'Accounts').waitFor();
  for (const { id } of shop().entries) await page.getByText(`pp_gatewright_${id}`, { exact: true }).waitFor();
  await page
    .getByRole('row', { name: /Too little was paid/ })
    .first()
    .waitFor();
  await page.getByRole('button', { name: 'Ask the gateways' }).click();
  await page
    .getByText(/every gateway took our key|What to do:/)
    .first()
    .waitFor();
  expect(await seriousFindings(page, 'main')).toEqual([]);
  await page.route('**/admin/gatewright/settings', (route) =>
    route.fulfill({ status: 503, json: { type: 'x', code: 'x', message: 'The ledger cannot be opened.' } }),
  );
  await page.reload();
  await page.getByText('The ledger cannot be opened.').waitFor();
  await page.unroute('**/admin/gatewright/settings');
  await page.getByRole('button', { name: 'Try again' }).click();
  await heading(page, 'Accounts').waitFor();
});
