import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as wait } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { startProcess } from './support/app-process.ts';
import { choose, installShop, openAccount, startSession, startWorld, type World } from './support/world.ts';

const until = async (holds: () => boolean): Promise<void> => {
  while (!holds()) await wait(20);
};

/** As if the minutes of every lease had passed. */
const endAllLeases = ({ folder }: World): void => {
  const ledger = new DatabaseSync(join(folder, 'ledger.db'));
  ledger.exec('update jobs set due_at = 0, leased = 0');
  ledger.close();
};

test.each([
  ['before Shopify did it', 'before-commit'],
  ['after Shopify did it', 'after-commit'],
] as const)(
  'a process that is killed in the middle of the resolve, %s, has its successor resolve it, once',
  async (_, when) => {
    const world = await startWorld({ realTime: true });
    const installed = await installShop(world);
    const account = await openAccount(world, installed, 'crypto-pay');
    await world.app().stop();
    const first = await startProcess(world);
    const { sessionId, redirectUrl } = await startSession(installed);
    await choose(redirectUrl, account);
    world.shopify.faults.add({ kind: 'hang', on: 'graphql', when, operation: 'paymentSessionResolve' });
    const { shopper, payments } = world.simulators.gateways['crypto-pay'];
    expect(await shopper.pay(payments().at(-1)?.id ?? '')).toEqual({ ok: true });
    await until(() => world.shopify.faults.pending().length === 0);
    await first.kill();
    endAllLeases(world);
    await startProcess(world);
    const resolves = () =>
      world.shopify.journal.filter(
        (entry) => entry.kind === 'graphql' && entry.operations.includes('paymentSessionResolve'),
      ).length;
    await until(() => resolves() === 2);
    expect(installed.shop.payment(sessionId)?.state).toEqual({ code: 'resolved' });
    expect(installed.shop.orders()).toMatchObject([{ financialStatus: 'paid', payments: [sessionId] }]);
  },
  90_000,
);
