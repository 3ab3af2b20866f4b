import { describe, expect, it, onTestFinished } from 'vitest';
import * as z from 'zod';
import { startReceiver } from './support/receiver.ts';
import { type Shop, startShop } from './support/shop.ts';

const API = '/wp-json/wc/v3';
const ORDERS = `${API}/orders`;

const namespaces = z.looseObject({ namespaces: z.array(z.string()) });
const offeredBy = async ({ anonymous }: Shop): Promise<readonly string[]> =>
  namespaces.parse((await anonymous('GET', '/wp-json/')).body).namespaces;

describe('what a shop says about itself', () => {
  it('the index names its namespaces to anybody, the plugin only where it is installed', async () => {
    expect(await offeredBy(await startShop())).toEqual(
      expect.arrayContaining(['wc/v3', 'wc-gatewright/v1', 'wp/v2']),
    );
    expect(await offeredBy(await startShop({ plugin: false }))).not.toContain('wc-gatewright/v1');
  });

  it('system_status gives single fields of its parts when asked for them', async () => {
    const { rest } = await startShop();
    const fields = 'environment.version,environment.wp_cron,settings.currency';
    expect((await rest('GET', `${API}/system_status?_fields=${fields}`)).body).toEqual({
      environment: { version: '11.0.1', wp_cron: true },
      settings: { currency: 'USD' },
    });
  });

  it.each([
    ['8.2.2', '6.4.3', false],
    ['9.4.3', '6.7.1', false],
    ['10.0.2', '6.8.3', true],
    ['10.6.2', '6.9.4', true],
    ['11.0.1', '7.1', true],
  ] as const)(
    'WooCommerce %s runs on WordPress %s, with order tables: %s',
    async (version, wordpress, hpos) => {
      const { rest } = await startShop({ version });
      expect((await rest('GET', `${API}/system_status`)).body).toMatchObject({
        environment: { version, wp_version: wordpress },
        settings: { HPOS_enabled: hpos },
      });
      const order = await rest('POST', ORDERS, { body: {} });
      expect(order.body).toMatchObject({ version });
    },
  );

  it('a shop without the plugin has neither its routes nor its payment method', async () => {
    const { rest } = await startShop({ plugin: false });
    expect(await rest('GET', '/wp-json/wc-gatewright/v1/status')).toMatchObject({
      status: 404,
      body: { code: 'rest_no_route' },
    });
    expect(await rest('GET', `${API}/payment_gateways/gatewright`)).toMatchObject({ status: 404 });
    expect((await rest('GET', `${API}/system_status?_fields=active_plugins`)).body).toMatchObject({
      active_plugins: [{ name: 'WooCommerce' }],
    });
  });

  it('every answer carries the clock of the shop', async () => {
    const shop = await startShop();
    const date = async () => (await shop.rest('GET', ORDERS)).headers.get('date');
    const first = Date.parse((await date()) ?? '');
    expect(first).toBe(Math.floor(shop.clock.now() / 1000) * 1000);
    shop.clock.advance(600_000);
    expect(Date.parse((await date()) ?? '')).toBe(first + 600_000);
  });
});

describe('permalinks (woocommerce.md 5.1)', () => {
  it('plain ones have no /wp-json/: the answer is a page', async () => {
    const { rest } = await startShop({ permalinks: 'plain' });
    const reply = await rest('GET', ORDERS);
    expect(reply.status).toBe(404);
    expect(reply.headers.get('content-type')).toContain('text/html');
  });

  it.each(['pretty', 'plain'] as const)(
    'with %s ones ?rest_route= reaches the API, and no key counts there: 401',
    async (permalinks) => {
      const { anonymous, rest } = await startShop({ permalinks });
      const signed = await rest('GET', '/?rest_route=/wc/v3/orders');
      expect(signed).toMatchObject({ status: 401, body: { code: 'woocommerce_rest_cannot_view' } });
      expect(namespaces.parse((await anonymous('GET', '/?rest_route=/')).body).namespaces).toContain('wc/v3');
    },
  );
});

describe('webhooks of the Blocks checkout by version (woocommerce.md 4.2)', () => {
  const told = async (version: '8.2.2' | '9.4.3' | '11.0.1') => {
    const shop = await startShop({ version });
    const to = await startReceiver();
    onTestFinished(() => to.close());
    for (const topic of ['order.created', 'order.updated'])
      await shop.rest('POST', `${API}/webhooks`, { body: { topic, delivery_url: to.url, secret: 's' } });
    to.received.length = 0;
    const run = async (): Promise<string[]> => {
      to.received.length = 0;
      await shop.woo.runCron();
      return to.received.map(({ headers, body }) => {
        const { status } = z.looseObject({ status: z.string() }).parse(JSON.parse(body));
        return `${String(headers['x-wc-webhook-topic'])} ${status}`;
      });
    };
    shop.woo.shopper.leaveDraft();
    const draft = await run();
    await shop.woo.shopper.placeOrder({ via: 'store-api' });
    return { draft, placed: await run(), agent: to.received[0]?.headers['user-agent'] };
  };

  it('8.2: order.created tells of the draft, and none comes later', async () => {
    const { draft, agent } = await told('8.2.2');
    expect(draft).toEqual(['order.created checkout-draft', 'order.updated checkout-draft']);
    expect(agent).toBe('WooCommerce/8.2.2 Hookshot (WordPress/6.4.3)');
  });

  it.each(['9.4.3', '11.0.1'] as const)(
    '%s: the draft is an update, the placed order both',
    async (version) => {
      expect(await told(version)).toMatchObject({
        draft: ['order.updated checkout-draft'],
        placed: ['order.updated pending', 'order.created pending'],
      });
    },
  );
});

describe('hold stock by version (woocommerce.md 5.8)', () => {
  it.each([
    ['10.0.2', ['checkout']],
    ['10.6.2', ['checkout', 'store-api']],
  ] as const)('%s ends unpaid orders of %j', async (version, ended) => {
    const { woo, clock } = await startShop({ version });
    const placed = new Map<number, string>();
    for (const via of ['checkout', 'store-api'] as const)
      placed.set((await woo.shopper.placeOrder({ via, method: 'bacs' })).id, via);
    clock.advance(61 * 60_000);
    expect((await woo.holdStock()).map((id) => placed.get(id))).toEqual(ended);
  });
});
