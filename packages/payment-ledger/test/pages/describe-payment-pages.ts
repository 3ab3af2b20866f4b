import { eur, type OpenLedger, pageId } from '@gatewright/conformance';
import {
  cancelOrder,
  days,
  hours,
  minutes,
  openPage,
  orderKeySchema,
  payOnPage,
  readPage,
  storeIdSchema,
  testGatewayNews,
} from '@gatewright/payment-core';
import { describe, expect, it } from 'vitest';
import { openScene, pageRequest, type Scene, urls } from './scene.ts';

type OnScene = (test: (scene: Scene) => Promise<void>) => () => Promise<void>;

const snapshot = async ({ ports }: Scene, id: string) => {
  const read = await readPage(ports, pageId(id));
  if (read === undefined) throw new Error('there is no such page');
  return read;
};

const describeOpening = (on: OnScene): void => {
  it(
    'is made once for an order and brought up to date when the shop asks again',
    on(async (scene) => {
      const first = await openPage(scene.ports, pageRequest);
      expect(first).toMatchObject({ createdAt: scene.clock.now(), updatedAt: scene.clock.now() });
      scene.clock.advance(minutes(5));
      const changed = { ...pageRequest, amount: eur('59.90'), locale: 'tr' };
      const second = await openPage(scene.ports, changed);
      expect(second).toEqual({ ...first, amount: eur('59.90'), locale: 'tr', updatedAt: scene.clock.now() });
      expect((await snapshot(scene, first.id)).page).toEqual(second);
    }),
  );

  it(
    'is made once when the shop asks many times at once',
    on(async ({ ports }) => {
      const pages = await Promise.all(Array.from({ length: 8 }, () => openPage(ports, pageRequest)));
      expect(new Set(pages.map(({ id }) => id)).size).toBe(1);
    }),
  );

  it(
    'is another one under an id of its own, and one id is never taken for another order',
    on(async ({ ports }) => {
      const plain = await openPage(ports, pageRequest);
      const session = { ...pageRequest, page: pageId('session') };
      const own = await openPage(ports, session);
      expect(own.id).toBe(pageId('session'));
      expect((await openPage(ports, session)).id).toBe(own.id);
      expect((await openPage(ports, pageRequest)).id).toBe(plain.id);
      const other = { ...session, orderKey: orderKeySchema.parse('1043') };
      await expect(openPage(ports, other)).rejects.toThrow('another order');
      const stranger = { ...pageRequest, store: storeIdSchema.parse('stranger') };
      await expect(openPage(ports, stranger)).rejects.toThrow('not there');
    }),
  );

  it(
    'is shown until its retention has passed, counted from its last update',
    on(async ({ ports, clock }) => {
      const { id } = await openPage(ports, pageRequest);
      clock.advance(days(180));
      expect(await readPage(ports, id)).toBeDefined();
      clock.advance(1);
      expect(await readPage(ports, id)).toBeUndefined();
      await openPage(ports, pageRequest);
      expect(await readPage(ports, id)).toBeDefined();
      expect(await readPage(ports, pageId('unknown'))).toBeUndefined();
    }),
  );
};

const describePaying = (on: OnScene): void => {
  it(
    'finds the same attempt again, and another account makes the next one',
    on(async (scene) => {
      const page = await openPage(scene.ports, pageRequest);
      const first = await scene.pay(page);
      expect((await scene.pay(page)).id).toBe(first.id);
      scene.clock.advance(1_000);
      const second = await scene.pay(page, scene.accounts[1]);
      expect(second.id).not.toBe(first.id);
      const { attempts, order, claim } = await snapshot(scene, page.id);
      expect(attempts.map(({ id, superseded }) => [id, superseded])).toEqual([
        [first.id, true],
        [second.id, false],
      ]);
      expect(order).toMatchObject({ state: 'open', total: eur('49.90') });
      expect(claim).toBeUndefined();
    }),
  );

  it(
    'goes to the account that the shop chose, whatever a shopper sends',
    on(async ({ ports, accounts }) => {
      const [first, second] = accounts;
      const page = await openPage(ports, { ...pageRequest, account: second.id });
      const forged = { account: first.id, method: 'trc20' };
      expect(await payOnPage(ports, page, forged, urls)).toMatchObject({
        outcome: 'ready',
        invoice: { account: second.id, method: null },
      });
    }),
  );

  it(
    'is over with the order, and the shop can ask for the money again',
    on(async (scene) => {
      const { ports, accounts, clock } = scene;
      const page = await openPage(ports, pageRequest);
      await scene.pay(page);
      await cancelOrder(ports, page.store, page.orderKey);
      const choice = { account: accounts[0].id, method: null };
      const over = { outcome: 'refused', reason: 'order-ended' };
      expect(await payOnPage(ports, page, choice, urls)).toMatchObject(over);
      expect((await snapshot(scene, page.id)).order).toMatchObject({ state: 'ended' });
      clock.advance(hours(2));
      const again = await openPage(ports, pageRequest);
      expect((await snapshot(scene, page.id)).order).toMatchObject({
        state: 'open',
        deadline: clock.now() + minutes(60),
      });
      expect(await payOnPage(ports, again, choice, urls)).toMatchObject({ outcome: 'ready' });
    }),
  );

  it(
    'is over at the deadline of the order, before any attempt and after one',
    on(async ({ ports, accounts, clock }) => {
      const deadline = clock.now() + minutes(10);
      const page = await openPage(ports, { ...pageRequest, orderDeadline: deadline });
      const choice = { account: accounts[0].id, method: null };
      expect(await payOnPage(ports, page, choice, urls)).toMatchObject({ outcome: 'ready' });
      clock.advance(minutes(10));
      const over = { outcome: 'refused', reason: 'order-ended' };
      expect(await payOnPage(ports, page, choice, urls)).toMatchObject(over);
      const unpaid = await openPage(ports, {
        ...pageRequest,
        orderKey: orderKeySchema.parse('1043'),
        orderDeadline: deadline,
      });
      expect(await payOnPage(ports, unpaid, choice, urls)).toMatchObject(over);
    }),
  );
};

const describeTestGateway = (on: OnScene): void => {
  it(
    'pays: the shop settles once, and the page shows it',
    on(async (scene) => {
      const page = await openPage(scene.ports, pageRequest);
      const invoice = await scene.pay(page);
      const before = await scene.stamp(page);
      expect(await scene.press(invoice, 'pay')).toMatchObject({ status: 200, reason: 'accepted' });
      expect(scene.order()).toMatchObject({ status: 'processing', fulfilments: 1 });
      expect(await scene.stamp(page)).not.toBe(before);
      const { claim, attempts } = await snapshot(scene, page.id);
      expect(claim).toMatchObject({ invoice: invoice.id, state: 'acknowledged' });
      expect(attempts).toMatchObject([{ status: 'settled', received: eur('49.90'), exceptions: [] }]);
      const choice = { account: scene.accounts[1].id, method: null };
      expect(await payOnPage(scene.ports, page, choice, urls)).toEqual({
        outcome: 'conflict',
        reason: 'order-paid',
      });
      await openPage(scene.ports, pageRequest);
      expect((await snapshot(scene, page.id)).claim).toMatchObject({ invoice: invoice.id });
    }),
  );

  it(
    'pays twice: the second payment is a duplicate in front of a person',
    on(async (scene) => {
      const page = await openPage(scene.ports, pageRequest);
      const invoice = await scene.pay(page);
      await scene.press(invoice, 'pay');
      await scene.press(invoice, 'pay');
      expect(scene.order()).toMatchObject({ status: 'processing', fulfilments: 1 });
      const reviews = await scene.ledger.transact((tx) =>
        tx.reviews.page(page.store, { state: 'open', limit: 100 }),
      );
      expect(reviews.map(({ kind }) => kind)).toEqual(['duplicate_payment']);
    }),
  );

  it(
    'pays half: the order is held',
    on(async (scene) => {
      const page = await openPage(scene.ports, pageRequest);
      await scene.press(await scene.pay(page), 'pay-less');
      expect(scene.order()).toMatchObject({ status: 'on-hold', fulfilments: 0 });
      expect((await snapshot(scene, page.id)).attempts).toMatchObject([
        { status: 'processing', received: eur('24.95'), exceptions: ['review', 'underpaid'] },
      ]);
      await scene.pass(hours(1));
      expect((await snapshot(scene, page.id)).attempts).toMatchObject([{ status: 'processing' }]);
    }),
  );

  it(
    'cancels: the attempt ends, the order does not, and it can be paid again',
    on(async (scene) => {
      const page = await openPage(scene.ports, pageRequest);
      const invoice = await scene.pay(page);
      await scene.press(invoice, 'cancel');
      expect((await snapshot(scene, page.id)).attempts).toMatchObject([{ status: 'canceled' }]);
      expect(scene.order()).toMatchObject({ status: 'pending' });
      const next = await scene.pay(page);
      expect(next.id).not.toBe(invoice.id);
      await scene.press(next, 'pay');
      expect(scene.order()).toMatchObject({ status: 'processing', fulfilments: 1 });
    }),
  );

  it.each(['by the button', 'by the clock alone'])('expires %s, and the order at its deadline', (how) =>
    on(async (scene) => {
      const page = await openPage(scene.ports, pageRequest);
      const invoice = await scene.pay(page);
      if (how === 'by the button') await scene.press(invoice, 'expire');
      else {
        await scene.pass(minutes(29));
        expect((await snapshot(scene, page.id)).attempts).toMatchObject([{ status: 'open' }]);
        await scene.pass(minutes(2));
      }
      expect((await snapshot(scene, page.id)).attempts).toMatchObject([{ status: 'expired' }]);
      expect(scene.order()).toMatchObject({ status: 'pending' });
      await scene.pass(minutes(61));
      expect(scene.order()).toMatchObject({ status: 'cancelled' });
    })(),
  );

  it(
    'pays late: the order is held',
    on(async (scene) => {
      const page = await openPage(scene.ports, pageRequest);
      const invoice = await scene.pay(page);
      await scene.pass(minutes(31));
      await scene.press(invoice, 'pay');
      expect(scene.order()).toMatchObject({ status: 'on-hold', fulfilments: 0 });
    }),
  );

  it(
    'believes no signature but that of the account, and no account about the invoices of another',
    on(async (scene) => {
      const page = await openPage(scene.ports, pageRequest);
      const invoice = await scene.pay(page);
      const [first, second] = scene.accounts;
      const forged = testGatewayNews(second.config, invoice, 'pay', scene.clock.now(), scene.ports.random);
      if (forged === undefined) throw new Error('no news of this invoice');
      expect(await scene.deliver(first, forged)).toEqual({ status: 401, reason: 'signature-mismatch' });
      expect(await scene.deliver(second, forged)).toMatchObject({ status: 200 });
      expect((await snapshot(scene, page.id)).attempts).toMatchObject([{ status: 'open', received: null }]);
      expect(scene.order()).toMatchObject({ status: 'pending', fulfilments: 0 });
    }),
  );

  it(
    'is refused in a live store, and settles nothing in one that went live meanwhile (invariant 13)',
    on(async (scene) => {
      const page = await openPage(scene.ports, pageRequest);
      const invoice = await scene.pay(page);
      scene.settings.mode = 'live';
      const choice = { account: scene.accounts[1].id, method: null };
      expect(await payOnPage(scene.ports, page, choice, urls)).toMatchObject({
        outcome: 'refused',
        reason: 'mode-mismatch',
      });
      expect(await scene.press(invoice, 'pay')).toMatchObject({ status: 200 });
      expect(scene.order()).toMatchObject({ status: 'pending', fulfilments: 0, notes: [] });
      const { attempts, claim } = await snapshot(scene, page.id);
      expect(attempts).toMatchObject([{ status: 'open', exceptions: ['review'] }]);
      expect(claim).toBeUndefined();
      const reviews = await scene.ledger.transact((tx) =>
        tx.reviews.page(page.store, { state: 'open', limit: 100 }),
      );
      expect(reviews.map(({ kind }) => kind)).toEqual(['review']);
    }),
  );
};

/** The shopper's page and the pseudo-gateway, from the shop's request to the shop's order. */
export const describePaymentPages = (name: string, open: OpenLedger): void => {
  const on: OnScene = (test) => async () => {
    const scene = await openScene(open);
    try {
      await test(scene);
    } finally {
      await scene.close();
    }
  };
  describe(`a payment page on ${name}`, () => {
    describeOpening(on);
    describePaying(on);
  });
  describe(`the pseudo-gateway on ${name}`, () => describeTestGateway(on));
};
