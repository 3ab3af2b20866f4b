import { seconds } from '@gatewright/payment-core';
import { describe, expect, it } from 'vitest';
import { readMarkets } from './markets.ts';
import { hasSharedLocking, workerModeOf } from './medusa-process.ts';
import { reportProcess, type ShopProcess } from './processes.ts';
import { startWorld, type World } from './world.fixture.ts';

const codes = async ({ engine }: World, offline = true): Promise<readonly string[]> =>
  (await engine.findings({ offline })).map(({ code }) => code);

const alive = ({ engine }: World, process: Partial<ShopProcess>): Promise<void> =>
  reportProcess(
    engine.ledger,
    { id: 'other', workerMode: 'shared', sharedLocking: false, ...process },
    engine.ports.clock.now(),
  );

describe('what an owner is told about the set-up', () => {
  it('is nothing in a sandbox with one process and a storefront', async () => {
    expect(await codes(await startWorld())).toEqual([]);
  });

  it('names the storefronts that are missing', async () => {
    expect(await codes(await startWorld({ options: { storefrontUrls: [] } }))).toEqual([
      'storefront-urls-missing',
    ]);
  });

  it('asks for a shared lock as soon as two processes live, and until one has ended', async () => {
    const world = await startWorld();
    await alive(world, {});
    expect(await codes(world)).toEqual(['locking-in-memory']);
    await world.simulators.clock.advance(seconds(61));
    expect(await codes(world)).toEqual([]);
  });

  it('misses a worker where every process only answers', async () => {
    const world = await startWorld({ process: { workerMode: 'server', sharedLocking: true } });
    await alive(world, { workerMode: 'server', sharedLocking: true });
    expect(await codes(world)).toEqual(['no-worker']);
    await alive(world, { id: 'worker', workerMode: 'worker', sharedLocking: true });
    expect(await codes(world)).toEqual([]);
  });

  it('names the account whose mode is another one than the shop’s', async () => {
    const world = await startWorld({ options: { mode: 'live' } });
    expect(
      (await world.engine.findings({ offline: true })).map(({ code, account }) => [code, account]),
    ).toEqual([
      ['mode-mismatch', 'pp_gatewright_crypto-pay'],
      ['mode-mismatch', 'pp_gatewright_test'],
    ]);
  });

  it('names the account that no region offers, and the region whose currency it cannot take', async () => {
    const world = await startWorld({
      gateways: ['cryptopayment-center'],
      markets: () =>
        readMarkets({
          graph: async () => ({
            data: [
              {
                name: 'Euro',
                currency_code: 'eur',
                payment_providers: [{ id: 'pp_gatewright_cryptopayment-center' }],
              },
              {
                name: 'Japan',
                currency_code: 'jpy',
                payment_providers: [{ id: 'pp_gatewright_cryptopayment-center' }, null],
              },
              { name: 'Empty', currency_code: 'usd' },
            ],
          }),
        }),
    });
    const found = await world.engine.findings({ offline: true });
    expect(found.map(({ code, account }) => [code, account])).toEqual([
      ['currency-not-taken', 'pp_gatewright_cryptopayment-center'],
      ['provider-in-no-region', 'pp_gatewright_test'],
    ]);
    expect(found[0]?.cause).toContain('Japan');
  });

  it('shows the rest when the shop cannot be asked for its regions', async () => {
    const world = await startWorld({
      options: { storefrontUrls: [] },
      markets: () => Promise.reject(new Error('no query')),
    });
    expect(await codes(world)).toEqual(['storefront-urls-missing']);
    expect(world.log.join()).toMatch(/regions/);
  });

  it('asks each gateway, and says which account it refused', async () => {
    const world = await startWorld();
    world.simulators.gateways['crypto-pay'].faults.add({ kind: 'status', status: 401, count: 'always' });
    const found = await world.engine.findings();
    expect(found.find(({ code }) => code === 'credentials-refused')?.account).toBe(
      'pp_gatewright_crypto-pay',
    );
    expect(found[0]?.severity).toBe('error');
  });
});

describe('what Medusa’s configuration says of this process', () => {
  it('knows the worker mode, shared where nothing is said', () => {
    expect(workerModeOf({ projectConfig: { workerMode: 'worker' } })).toBe('worker');
    expect(workerModeOf({ projectConfig: {} })).toBe('shared');
    expect(workerModeOf(undefined)).toBe('shared');
  });

  it('takes locks for shared only where a provider of Medusa’s locking module is in use', () => {
    const locking = (providers: readonly unknown[]) => ({ modules: { locking: { options: { providers } } } });
    expect(hasSharedLocking({ modules: { locking: { resolve: '@medusajs/medusa/locking' } } })).toBe(false);
    expect(hasSharedLocking(locking([]))).toBe(false);
    expect(hasSharedLocking(locking([{ id: 'locking-postgres' }]))).toBe(true);
    expect(hasSharedLocking(locking([{ id: 'a' }, { id: 'b' }]))).toBe(false);
    expect(hasSharedLocking(locking([{ id: 'a' }, { id: 'b', is_default: true }]))).toBe(true);
  });
});
