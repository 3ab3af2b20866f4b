import { setTimeout as wait } from 'node:timers/promises';
import { orderKeySchema } from '@gatewright/payment-core';
import { expect, inject, test } from 'vitest';
import { type AppProcess, startProcess } from './support/app-process.ts';
import { formOf, signIn } from './support/merchant-pages.ts';
import { postSession } from './support/post-session.ts';
import { sessionBody } from './support/session-body.ts';
import { choose, installShop, openAccount, startSession, startWorld, type World } from './support/world.ts';

/** Two processes as an operator starts them, behind one public address, on one PostgreSQL. */
const twoProcesses = async (world: World): Promise<readonly [AppProcess, AppProcess]> => {
  const { publicUrl } = world.app();
  await world.app().stop();
  const one = await startProcess(world, { PUBLIC_URL: publicUrl });
  const two = await startProcess(world, { PUBLIC_URL: publicUrl, PORT: '0', SESSION_PORT: '0' });
  return [one, two];
};

const refreshes = ({ shopify }: World): number =>
  shopify.journal.filter((entry) => entry.kind === 'token' && entry.grant === 'refresh').length;

test('twenty equal session requests at once over two processes are one session and one answer', async () => {
  const world = await startWorld({
    realTime: true,
    seed: 'twenty',
    env: { DATABASE_URL: inject('postgresDatabases').shopify },
  });
  const { shop, row } = await installShop(world, 'twenty');
  const processes = await twoProcesses(world);
  const group = 'dHdlbnR5';
  const body = sessionBody({ group });
  const answers = await Promise.all(
    Array.from({ length: 20 }, (_, i) =>
      postSession(world, 'payment', shop.domain, body, processes[i % 2]?.sessionPort),
    ),
  );
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
  expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
  await Promise.all(processes.map((each) => each.kill()));
  await world.restart();
  expect(await world.app().sessions.ofGroup(row.test, orderKeySchema.parse(group))).toHaveLength(1);
}, 180_000);

test('three payments at once over two processes refresh an ended token once, and are all resolved', async () => {
  const world = await startWorld({
    realTime: true,
    seed: 'refresh',
    env: { DATABASE_URL: inject('postgresDatabases').shopify },
  });
  const installed = await installShop(world, 'refresh');
  const account = await openAccount(world, installed, 'crypto-pay');
  const { vault } = world.app();
  const { live } = installed.row;
  const credentials = await vault.storefrontCredentials(live);
  await vault.setStorefrontCredentials(
    live,
    { ...(credentials as object), accessExpiresAt: 0 },
    { replace: true },
  );
  const processes = await twoProcesses(world);
  const { payments, shopper } = world.simulators.gateways['crypto-pay'];
  for (const amount of ['10.00', '11.00', '12.00'])
    await choose((await startSession(installed, amount)).redirectUrl, account);
  const before = refreshes(world);
  await Promise.all(payments().map(({ id }) => shopper.pay(id)));
  const open = () => installed.shop.payments().some(({ state }) => state.code === 'open');
  while (open()) await wait(50);
  expect(installed.shop.payments().map(({ state }) => state.code)).toEqual([
    'resolved',
    'resolved',
    'resolved',
  ]);
  expect(refreshes(world) - before).toBe(1);
  expect(processes).toHaveLength(2);
}, 180_000);

test('a double click on Connect over two processes is one account, and both clicks lead to it', async () => {
  const world = await startWorld({
    realTime: true,
    seed: 'doubleclick',
    merchantPages: true,
    env: { DATABASE_URL: inject('postgresDatabases').shopify },
  });
  const { installed, cookie } = await signIn(world, 'doubleclick');
  const { config } = world.simulators.gateways['crypto-pay'].createAccount({ testnet: true });
  const processes = await twoProcesses(world);
  const { publicUrl } = world.app();
  const click = async ({ listening }: AppProcess) => {
    const response = await fetch(`${listening}/app/accounts/connect/crypto-pay`, {
      method: 'POST',
      redirect: 'manual',
      headers: { cookie, origin: publicUrl },
      body: new URLSearchParams(formOf(config)),
    });
    return { status: response.status, location: response.headers.get('location') };
  };
  const answers = await Promise.all([...processes, ...processes, ...processes].map(click));
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([303]));
  expect(new Set(answers.map(({ location }) => location)).size).toBe(1);
  await Promise.all(processes.map((each) => each.kill()));
  await world.restart();
  const accounts = await world.app().vault.accountsOf(installed.row.test);
  expect(accounts).toHaveLength(1);
  expect(answers[0]?.location).toContain(accounts[0]?.id);
}, 180_000);

test('test payments that begin at once over two processes make one built-in test account', async () => {
  const world = await startWorld({
    realTime: true,
    seed: 'firsttest',
    env: { DATABASE_URL: inject('postgresDatabases').shopify },
  });
  const { shop, row } = await installShop(world, 'firsttest');
  const processes = await twoProcesses(world);
  const answers = await Promise.all(
    Array.from({ length: 12 }, (_, i) =>
      postSession(
        world,
        'payment',
        shop.domain,
        sessionBody({ id: `first-${i}`, group: `Z3JvdXA${i}` }),
        processes[i % 2]?.sessionPort,
      ),
    ),
  );
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
  await Promise.all(processes.map((each) => each.kill()));
  await world.restart();
  expect(await world.app().vault.accountsOf(row.test)).toHaveLength(1);
}, 180_000);
