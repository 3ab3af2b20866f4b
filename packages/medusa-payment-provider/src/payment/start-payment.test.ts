import { minutes, orderKeySchema } from '@gatewright/payment-core';
import { describe, expect, it } from 'vitest';
import { mustStart, startWorld, type World } from '../engine/world.fixture.ts';
import { leaveSession } from './leave-payment.ts';
import { sessionOf } from './session-data.ts';
import { standingOf } from './standing.ts';

const attemptsOf = ({ engine }: World, orderKey = 'cart_01ABCDEFGH') =>
  engine.ledger.transact((tx) =>
    tx.invoices.ofOrder(engine.settings.store.id, orderKeySchema.parse(orderKey)),
  );

describe('a payment session', () => {
  it('gets a page and an invoice at the gateway, and nothing secret in its data', async () => {
    const world = await startWorld();
    const { row, data } = await mustStart(world.start({ data: { theme: 'dark' } }));
    const [invoice] = await attemptsOf(world);
    expect(data).toEqual({
      theme: 'dark',
      session_id: 'payses_1',
      page_id: row.page,
      gateway: 'crypto-pay',
      amount: '24.99',
      currency_code: 'eur',
      checkout_url: `${world.engine.settings.publicUrl}/gatewright/pay/${row.page}`,
      invoice_id: invoice?.id,
      invoice_status: 'open',
      expires_at: new Date(invoice?.expiresAt ?? 0).toISOString(),
    });
    expect(world.simulators.gateways['crypto-pay'].payments()).toHaveLength(1);
    const { token } = world.simulators.gateways['crypto-pay'].config;
    expect(JSON.stringify(data)).not.toContain(token);
  });

  it('overwrites every key that a shopper wrote under our names', async () => {
    const world = await startWorld();
    const first = await mustStart(world.start());
    const { data } = await mustStart(
      world.start({
        collection: 'paycol_2',
        cart: 'cart_02ZZZZZZZZ',
        data: { ...first.data, amount: '0.01' },
      }),
    );
    expect(data).toMatchObject({ session_id: 'payses_2', amount: '24.99' });
    expect(data.page_id).not.toBe(first.data.page_id);
    expect(data.invoice_id).not.toBe(first.data.invoice_id);
  });

  it('is found by its own page only, so that nobody acts on a stranger’s session', async () => {
    const world = await startWorld();
    const mine = await mustStart(world.start());
    const other = await mustStart(world.start({ cart: 'cart_02ZZZZZZZZ', collection: 'paycol_2' }));
    const forged = { ...mine.data, session_id: other.row.id };
    expect(await sessionOf(world.engine, forged)).toBeUndefined();
    expect((await sessionOf(world.engine, mine.data))?.id).toBe(mine.row.id);
    for (const data of [undefined, {}, { session_id: other.row.id }, { session_id: 7, page_id: [] }])
      expect(await sessionOf(world.engine, data)).toBeUndefined();
  });

  it('that is made again for the same amount finds the same invoice (contract 2.2, #15589)', async () => {
    const world = await startWorld();
    const first = await mustStart(world.start());
    const second = await mustStart(world.start());
    await leaveSession(world.engine, first.row);
    expect(second.data.invoice_id).toBe(first.data.invoice_id);
    await world.simulators.clock.advance(minutes(2));
    await world.engine.reconcile();
    expect((await attemptsOf(world)).map(({ status }) => status)).toEqual(['open']);
    expect(world.simulators.gateways['crypto-pay'].payments()).toHaveLength(1);
  });

  it('is refused where its cart has had thirty invoices within an hour; what is live already goes on', async () => {
    const world = await startWorld();
    const { payments } = world.simulators.gateways['crypto-pay'];
    for (let made = 1; made <= 30; made += 1) await mustStart(world.start({ amount: `${made}.00` }));
    expect(await world.start({ amount: '1.00' })).toMatchObject({
      ok: false,
      reason: 'not-available',
      message: expect.stringContaining('too often'),
      owner: expect.stringContaining('cart_01ABCDEFGH'),
    });
    await mustStart(world.start({ amount: '30.00' }));
    expect(payments()).toHaveLength(30);
    await mustStart(world.start({ cart: 'cart_02ZZZZZZZZ', collection: 'paycol_2' }));
    await world.simulators.clock.advance(minutes(61));
    await mustStart(world.start({ amount: '1.00' }));
    expect(payments()).toHaveLength(32);
  });

  it('is made for an order that is paid, however many invoices it had: Medusa makes one again by itself', async () => {
    const world = await startWorld();
    const { payments, shopper } = world.simulators.gateways['crypto-pay'];
    for (let made = 1; made <= 30; made += 1) await mustStart(world.start({ amount: `${made}.00` }));
    expect(await shopper.pay(payments().at(-1)?.id ?? '')).toEqual({ ok: true });
    await world.engine.work();
    const again = await mustStart(world.start({ amount: '30.00' }));
    expect(again.data).toMatchObject({ invoice_status: 'settled' });
  });

  it('of another amount takes the old invoice’s place, which is cancelled at the gateway', async () => {
    const world = await startWorld();
    const first = await mustStart(world.start());
    const second = await mustStart(world.start({ amount: '19.99' }));
    await leaveSession(world.engine, first.row);
    await world.engine.work();
    expect(second.data.invoice_id).not.toBe(first.data.invoice_id);
    expect((await attemptsOf(world)).map(({ status, superseded }) => [status, superseded])).toEqual([
      ['canceled', true],
      ['open', false],
    ]);
  });

  it('that is gone leaves its invoice a minute later, when no living one wants it', async () => {
    const world = await startWorld();
    const { row } = await mustStart(world.start());
    await leaveSession(world.engine, row);
    await world.engine.reconcile();
    expect((await attemptsOf(world))[0]?.status).toBe('open');
    await world.simulators.clock.advance(minutes(1));
    await world.engine.reconcile();
    expect((await attemptsOf(world))[0]?.status).toBe('canceled');
    expect(await world.engine.sessions.byId(row.id)).toMatchObject({ state: 'gone' });
  });

  it('that is gone takes no payment on its page, until the next session opens the order again', async () => {
    const world = await startWorld();
    const { engine } = world;
    const { row, data } = await mustStart(world.start());
    const click = () =>
      engine.pages.handle(
        new Request(`${String(data.checkout_url)}/choose`, {
          method: 'POST',
          headers: { origin: engine.settings.publicUrl, 'content-type': 'application/x-www-form-urlencoded' },
          body: new URLSearchParams({ account: row.account }),
        }),
      );
    await leaveSession(engine, row);
    const page = await engine.pages.handle(new Request(String(data.checkout_url)));
    expect(await page.text()).toMatch(/can no longer be paid/);
    await click();
    expect(await attemptsOf(world)).toHaveLength(1);
    const next = await mustStart(world.start());
    expect(next.data.invoice_status).toBe('open');
    expect(await standingOf(engine, next.row)).toMatchObject({ status: 'requires_more' });
  });

  it('of a draft order is kept under its collection', async () => {
    const world = await startWorld();
    const { row } = await mustStart(world.start({ cart: null, collection: 'paycol_draft' }));
    expect(row).toMatchObject({ orderKey: 'paycol_draft', cart: null });
    expect(await attemptsOf(world, 'paycol_draft')).toHaveLength(1);
  });

  it('sends shoppers back to the storefront only, with the session named', async () => {
    const world = await startWorld();
    const data = { return_url: 'https://shop.example/thanks?step=2', locale: 'pt_BR' };
    const { row } = await mustStart(world.start({ data }));
    const page = await world.engine.ledger.transact((tx) => tx.pages.byId(row.page));
    expect(page).toMatchObject({
      returnUrl: 'https://shop.example/thanks?step=2&gatewright_session=payses_1',
      cancelUrl: 'https://shop.example/thanks?step=2&gatewright_session=payses_1',
      locale: 'pt-BR',
      customerEmail: null,
    });
    for (const key of ['return_url', 'cancel_url'])
      expect(await world.start({ data: { [key]: 'https://evil.example/' } })).toMatchObject({
        ok: false,
        reason: 'return-url',
      });
  });

  it('of a zero-decimal currency is asked for exactly, and of one that cannot be taken is refused in words', async () => {
    const world = await startWorld({ gateways: ['cryptopayment-center'] });
    const refused = await world.start({ gateway: 'cryptopayment-center', amount: '2004', currency: 'JPY' });
    expect(refused).toMatchObject({ ok: false, reason: 'not-available' });
    if (!refused.ok) expect(refused.owner).toMatch(/rate/);
    expect(await mustStart(world.start({ gateway: 'test', amount: '2004', currency: 'JPY' }))).toMatchObject({
      data: { amount: '2004', currency_code: 'jpy' },
    });
  });

  it('whose network is not chosen yet gets a page without an invoice; a network in the data starts one', async () => {
    const world = await startWorld({ gateways: ['cryptopayment-center'] });
    const open = await mustStart(world.start({ gateway: 'cryptopayment-center' }));
    expect(open.data).toMatchObject({ invoice_id: null, expires_at: null });
    const gateway = world.engine.ports.gateway('cryptopayment-center');
    const [account] = world.engine.settings.accounts;
    const [method] = gateway?.methodsOf(account?.config) ?? [];
    const chosen = await mustStart(world.start({ gateway: 'cryptopayment-center', data: { method } }));
    expect(chosen.data.invoice_id).not.toBeNull();
    const unknown = await mustStart(world.start({ gateway: 'cryptopayment-center', data: { method: 'x' } }));
    expect(unknown.data.invoice_id).toBeNull();
  });

  it('survives a gateway that is down: the page stands and goes on asking', async () => {
    const world = await startWorld();
    world.simulators.gateways['crypto-pay'].faults.add({ kind: 'status', status: 503, count: 'always' });
    const { data } = await mustStart(world.start());
    expect(data).toMatchObject({ invoice_id: null });
    expect(data.checkout_url).toEqual(expect.stringContaining('/gatewright/pay/'));
  });

  it('does not wait for a gateway that is slow; its invoice stands on the page when it comes', async () => {
    const world = await startWorld({ impatient: true });
    world.simulators.gateways['crypto-pay'].faults.add({ kind: 'latency', ms: 300 });
    const { data } = await mustStart(world.start());
    expect(data).toMatchObject({ invoice_id: null, invoice_status: null, expires_at: null });
    await expect.poll(async () => (await attemptsOf(world))[0]?.status, { timeout: 10_000 }).toBe('open');
  });

  it('of a provider that medusa-config no longer has is refused by name', async () => {
    const world = await startWorld();
    expect(await world.start({ gateway: 'gatenoc' })).toMatchObject({
      ok: false,
      reason: 'account-unknown',
      message: expect.stringContaining('pp_gatewright_gatenoc'),
    });
  });
});
