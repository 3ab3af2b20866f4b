import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { startShop } from './support/shop.ts';

const ORDERS = '/wp-json/wc/v3/orders';

const nested = (depth: number): string => `${'['.repeat(depth)}${']'.repeat(depth)}`;

describe('hostile input never makes a 500', () => {
  it.each([
    ['as many levels as PHP reads', 510, 201],
    ['more levels than PHP reads', 600, 400],
    ['very many levels', 200_000, 400],
  ])('%s of JSON', async (_name, depth, status) => {
    const { rest } = await startShop();
    const rawBody = `{"meta_data":[{"key":"k","value":${nested(depth - 2)}}]}`;
    expect((await rest('POST', ORDERS, { rawBody })).status).toBe(status);
  });

  it.each([
    '?dp=100000',
    '?dp=-1',
    '?page=999999999999999&per_page=100',
    '?__proto__[0]=x',
    '?status[__proto__]=any',
  ])('a list with %s', async (query) => {
    const { rest, woo } = await startShop();
    await woo.shopper.placeOrder();
    expect((await rest('GET', ORDERS + query)).status).toBeLessThan(500);
  });

  it('a topic with a line break is no topic', async () => {
    const { rest } = await startShop();
    const body = { topic: 'action.wc_x\r\nX-Evil: 1', delivery_url: 'http://127.0.0.1:9/' };
    expect((await rest('POST', '/wp-json/wc/v3/webhooks', { body })).status).toBe(400);
  });

  it('any JSON as the body of any write', async () => {
    const { rest, woo } = await startShop();
    const { id } = await woo.shopper.placeOrder({ method: 'bacs' });
    const fields = [
      'status',
      'line_items',
      'billing',
      'meta_data',
      'set_paid',
      'currency',
      'id',
      'amount',
      'note',
    ];
    const body = fc.oneof(
      fc.jsonValue(),
      fc.dictionary(
        fc.constantFrom(...fields, 'create', 'update', 'delete', 'topic', '__proto__'),
        fc.jsonValue(),
      ),
    );
    const target = fc.constantFrom(
      `PUT ${ORDERS}/${id}`,
      `POST ${ORDERS}`,
      `POST ${ORDERS}/batch`,
      `POST ${ORDERS}/${id}/notes`,
      'POST /wp-json/wc/v3/webhooks',
      'PUT /wp-json/wc/v3/payment_gateways/bacs',
      `POST /wp-json/wc-gatewright/v1/orders/${id}/settle`,
    );
    await fc.assert(
      fc.asyncProperty(target, body, async (line, value) => {
        const [method = '', path = ''] = line.split(' ');
        const reply = await rest(method, path, { rawBody: JSON.stringify(value) });
        // 501 is the double's own "not kept here".
        expect(reply.status === 501 || reply.status < 500, `${line} ${JSON.stringify(value)}`).toBe(true);
      }),
      { seed: 11, numRuns: 300 },
    );
  });
});
