import { connectAccount, minutes } from '@gatewright/payment-core';
import { expect } from 'vitest';
import { signsWholeBody, webhookHas } from '../conditions.ts';
import { expectPaidOnce, expectUnpaid } from '../expectations.ts';
import { capturePaid, saying, signed } from '../signing.ts';
import { stories } from '../story.ts';

/** Whose money it is (invariants 6 and 13). */
export const scope = stories(
  {
    id: 'another-stores-ids',
    title: "another store's ids and references under this store's secret change nothing for either",
    needs: [],
    run: async (stage) => {
      const ours = await stage.checkout();
      const other = await stage.openSeat('other');
      const theirs = await stage.checkout({ order: '2', seat: other });
      const paid = await capturePaid(stage, theirs);
      const { status } = await stage.deliver(signed(stage, paid.body, stage.main), stage.main);
      await stage.work();
      expect([200, 400]).toContain(status);
      expectUnpaid(stage);
      expectUnpaid(stage, '2');
      expect((await stage.current(ours)).status).toBe('open');
      expect((await stage.current(theirs)).status).toBe('open');
      expect(await stage.reviews(other)).toEqual([]);
      await stage.deliver(paid, other);
      await stage.work();
      await expectPaidOnce(stage, theirs, '2');
    },
  },
  {
    id: 'another-stores-webhook',
    title: "another store's genuine webhook at this store's address is refused",
    needs: [],
    run: async (stage) => {
      await stage.checkout();
      const other = await stage.openSeat('other');
      const paid = await capturePaid(stage, await stage.checkout({ order: '2', seat: other }));
      const before = await stage.state();
      expect((await stage.deliver(paid, stage.main)).status).toBe(401);
      await stage.work();
      expect(await stage.state()).toEqual(before);
    },
  },
  {
    id: 'unknown-account',
    title: 'a genuine webhook at the address of no account is refused',
    needs: [],
    run: async (stage) => {
      const paid = await capturePaid(stage, await stage.checkout());
      const before = await stage.state();
      for (const nobody of ['account-nobody', '__proto__', '%00'])
        expect(await stage.receiver.post(nobody, paid)).toEqual({ status: 404, reason: 'account-unknown' });
      await stage.work();
      expect(await stage.state()).toEqual(before);
    },
  },
  {
    id: 'another-systems-invoice',
    title: "another system's payment on the same account is acknowledged and shown once",
    needs: [],
    run: async (stage) => {
      await stage.checkout();
      const connection = await connectAccount(stage.ports, stage.main.account.id);
      if (!connection.ok) throw new Error(connection.reason);
      const { gateway } = stage.subject;
      const known = new Set(stage.main.atGateway.payments().map(({ id }) => id));
      const ours = await stage.state();
      await connection.connected.calls.createInvoice({
        reference: 'of-another-system',
        amount: ours.invoices[0]?.quoted ?? null,
        method: gateway.methods[0] ?? null,
        description: 'of another system',
        returnUrl: 'https://other.example/thanks',
        cancelUrl: 'https://other.example/cart',
        webhookUrl: stage.ports.webhookUrl(stage.main.account),
        customerEmail: null,
        expiresInSeconds: 900,
      });
      const foreign = stage.main.atGateway.payments().find(({ id }) => !known.has(id));
      await stage.bench.shopper.pay(foreign?.id ?? '', foreign?.amount === null ? { amount: '20' } : {});
      await stage.work();
      await stage.live(minutes(2));
      expect(new Set(stage.receiver.answers.map(({ status }) => status))).toEqual(new Set([200]));
      expectUnpaid(stage);
      expect(await stage.reviews()).toEqual(['unmatched']);
    },
  },
  {
    id: 'contradicting-reference',
    title: 'a signed message with the id of one invoice and the reference of another books neither',
    needs: [signsWholeBody, webhookHas('payment'), webhookHas('reference')],
    run: async (stage) => {
      const other = await stage.checkout({ order: '2' });
      const invoice = await stage.checkout();
      const paid = await capturePaid(stage, invoice);
      const { status } = await stage.deliver(saying(stage, paid, { reference: other.reference }));
      await stage.work();
      expect(status).toBe(200);
      expectUnpaid(stage, '2');
      // Where a read confirms, the gateway's own record has the right reference.
      if (stage.subject.gateway.capabilities.confirmByRead === 'preferred')
        await expectPaidOnce(stage, invoice);
      else expect(await stage.reviews()).toEqual(['reference_mismatch']);
      expect(stage.order('2').fulfilments).toBe(0);
    },
  },
  {
    id: 'test-account-live-order',
    title: 'a test account is never offered on a live order',
    needs: [],
    settings: { storeMode: 'live' },
    run: async (stage) => {
      expect(await stage.tryCheckout()).toMatchObject({ outcome: 'refused', reason: 'mode-mismatch' });
      expect(stage.main.atGateway.payments()).toEqual([]);
      expectUnpaid(stage);
    },
  },
);
