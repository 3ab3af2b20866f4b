import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { MedusaRequest, MedusaResponse } from '@medusajs/framework/http';
import { expect, expectTypeOf, it, onTestFinished } from 'vitest';
import { GET as sessionRoute } from '../api/store/gatewright/sessions/[id]/route.ts';
import { mustStart, startWorld, type World } from '../engine/world.fixture.ts';
import { fakeShop } from '../fulfilment/fake-shop.fixture.ts';
import { type StoreSession, storeSessionSchema } from '../storefront/session-shape.ts';
import { type PaymentStatus, readPayment, sessionIdOf } from './read-payment.ts';
import type { StoreApi } from './store-api.ts';
import { type EventStream, type WatchOptions, watchPayment } from './watch-payment.ts';

/** The plugin's own store route over a real connection; what it is given of Medusa is a request with a scope. */
const serve = async (world: World, shop: ReturnType<typeof fakeShop>['shop']): Promise<StoreApi> => {
  const parts: Record<string, unknown> = {
    gatewright: { engine: async () => world.engine },
    query: shop.query,
    workflows: shop.workflows,
  };
  const scope = { resolve: (name: string) => parts[name] };
  const server = createServer((request, answer) => {
    const id = /^\/store\/gatewright\/sessions\/([^/]+)$/.exec(request.url ?? '')?.[1];
    const known = request.headers['x-publishable-api-key'] === 'pk_1';
    if (!known || id === undefined) {
      answer.writeHead(400).end('{"type":"not_allowed","message":"A valid publishable key is required"}');
      return;
    }
    const response = {
      set: (name: string, value: string) => answer.setHeader(name, value),
      status: (status: number) => {
        answer.statusCode = status;
        return response;
      },
      json: (body: unknown) => answer.end(JSON.stringify(body)),
    };
    // The parts of Medusa's request and response that the route uses.
    void sessionRoute(
      { params: { id }, scope } as unknown as MedusaRequest,
      response as unknown as MedusaResponse,
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  // A TCP server's address is this form.
  const { port } = server.address() as AddressInfo;
  return { backendUrl: `http://127.0.0.1:${port}/`, publishableKey: 'pk_1' };
};

const scene = async () => {
  const world = await startWorld();
  const { shop, state } = fakeShop();
  const { row } = await mustStart(world.start());
  const api = await serve(world, shop);
  const pay = async () => {
    const cryptoPay = world.simulators.gateways['crypto-pay'];
    expect(await cryptoPay.shopper.pay(cryptoPay.payments()[0]?.id ?? '')).toEqual({ ok: true });
    await world.engine.work();
  };
  return { world, state, row, api, pay };
};

/** A browser's event stream, rung by the test. */
const bell = () => {
  const listeners = new Set<() => void>();
  const opened: string[] = [];
  let closed = 0;
  const openEvents = (url: string): EventStream => {
    opened.push(url);
    return {
      readyState: 1,
      addEventListener: (_type, listener) => listeners.add(listener),
      close: () => {
        closed += 1;
      },
    };
  };
  return { openEvents, opened, closed: () => closed, ring: () => listeners.forEach((each) => void each()) };
};

/** Nothing passes but what the test lets happen: each pause runs the next step. */
const stepped = (steps: (() => Promise<unknown>)[]) => {
  const pauses: number[] = [];
  const wait: NonNullable<WatchOptions['wait']> = async (ms) => {
    pauses.push(ms);
    await steps.shift()?.();
  };
  return { pauses, wait };
};

it('follows a payment to its order, and says each change once', async () => {
  const { api, row, pay, state } = await scene();
  const { openEvents, opened, closed } = bell();
  const seen: PaymentStatus[] = [];
  const order = async () => {
    state.order = { status: 'pending', total: '24.99' };
  };
  const { wait, pauses } = stepped([async () => undefined, pay, order]);
  const end = await watchPayment(api, row.id, { onStatus: (status) => seen.push(status), openEvents, wait });
  expect(end).toMatchObject({ end: 'final', status: { state: 'paid', order_id: 'order_1' } });
  expect(seen.map(({ state: each, order_id }) => [each, order_id])).toEqual([
    ['waiting', null],
    ['paid', null],
    ['paid', 'order_1'],
  ]);
  expect(pauses).toEqual([15_000, 15_000, 1_000]);
  expect(opened).toEqual([seen[0]?.events_url]);
  expect(closed()).toBe(1);
});

it('asks again at once when an event comes', async () => {
  const { api, row, pay, state } = await scene();
  const { openEvents, ring } = bell();
  const onStatus = async (status: PaymentStatus) => {
    if (status.state !== 'waiting') return;
    state.order = { status: 'pending', total: '24.99' };
    await pay();
    ring();
  };
  const end = await watchPayment(api, row.id, { onStatus: (status) => void onStatus(status), openEvents });
  expect(end).toMatchObject({ end: 'final', status: { state: 'paid', order_id: 'order_1' } });
});

it('asks every three seconds where there are no events, also while Medusa is away', async () => {
  const { api, row, pay, state } = await scene();
  const { wait, pauses } = stepped([
    async () => undefined,
    async () => {
      state.order = { status: 'pending', total: '24.99' };
      await pay();
    },
  ]);
  let calls = 0;
  const failing: typeof fetch = async (...given) => {
    calls += 1;
    if (calls === 1) throw new TypeError('fetch failed');
    return fetch(...given);
  };
  const watched = { ...api, fetch: failing };
  const end = await watchPayment(watched, row.id, {
    onStatus: () => undefined,
    openEvents: () => undefined,
    wait,
  });
  expect(end).toMatchObject({ end: 'final' });
  expect(pauses).toEqual([3_000, 3_000]);
});

it('goes on with the session that took the place of the first', async () => {
  const { api, row, world } = await scene();
  const next = await mustStart(world.start({ amount: '30' }));
  await world.engine.sessions.markGone(row.id, world.engine.ports.clock.now());
  const left = new AbortController();
  const seen: string[] = [];
  const end = await watchPayment(api, row.id, {
    signal: left.signal,
    openEvents: () => undefined,
    onStatus: ({ id }) => {
      seen.push(id);
      left.abort();
    },
  });
  expect(end).toEqual({ end: 'stopped' });
  expect(seen).toEqual([next.row.id]);
});

it('ends for a session that is none of ours, and for a key that Medusa does not take', async () => {
  const { api, row } = await scene();
  const none = { onStatus: () => expect.unreachable(), openEvents: () => undefined };
  expect(await watchPayment(api, 'payses_nobody', none)).toMatchObject({ end: 'refused' });
  expect(await watchPayment({ ...api, publishableKey: 'pk_2' }, row.id, none)).toEqual({
    end: 'refused',
    message: 'A valid publishable key is required',
  });
});

it('reads exactly what the route answers', async () => {
  expectTypeOf<keyof PaymentStatus>().toEqualTypeOf<keyof StoreSession['session']>();
  expectTypeOf<StoreSession['session']>().toExtend<PaymentStatus>();
  const { api, row } = await scene();
  const raw: unknown = await (
    await fetch(`${api.backendUrl}store/gatewright/sessions/${row.id}`, {
      headers: { 'x-publishable-api-key': 'pk_1' },
    })
  ).json();
  const read = await readPayment(api, row.id);
  expect(read).toEqual({ ok: true, value: storeSessionSchema.parse(raw).session });
});

it('finds the session in the address that the shopper came back to', () => {
  expect(sessionIdOf('https://shop.example/thanks?lang=de&gatewright_session=payses_1')).toBe('payses_1');
  expect(sessionIdOf('https://shop.example/thanks')).toBeNull();
});
