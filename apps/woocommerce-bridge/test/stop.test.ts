import { Agent, request } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { openAccount } from './support/accounts.ts';
import { cryptoPayOf } from './support/crypto-pay.ts';
import { openShop, startWorld } from './support/world.ts';

interface Kept {
  readonly status: number | undefined;
  readonly connection: string | undefined;
}

/** A request over a connection that its client wants to keep. */
const keepAlive = (agent: Agent, url: string): Promise<Kept> =>
  new Promise((resolve, reject) => {
    const call = request(url, { agent }, (response) => {
      response.resume();
      response.on('end', () =>
        resolve({ status: response.statusCode, connection: response.headers.connection }),
      );
    });
    call.on('error', reject);
    call.end();
  });

test('toolchain 10.3: a stop answers the request under way, closes kept connections and lets nobody in', async () => {
  const world = await startWorld();
  const { woo, store } = await openShop(world);
  await openAccount(world, store, 'crypto-pay');
  const agent = new Agent({ keepAlive: true });
  onTestFinished(() => agent.destroy());
  const { publicUrl } = world.bridge;
  expect(await keepAlive(agent, `${publicUrl}/healthz`)).toEqual({ status: 200, connection: 'keep-alive' });

  cryptoPayOf(world).faults.add({ kind: 'latency', ms: 300 });
  const { id } = await woo.shopper.placeOrder({ total: '49.90' });
  const paying = woo.shopper.pay(id);
  await wait(150);
  const from = performance.now();
  const stopping = world.bridge.stop();
  await expect(paying).resolves.toMatchObject({ invoice: expect.any(String) });
  await stopping;
  // Without `connection: close` on the last answer it takes the five seconds of an idle connection.
  expect(performance.now() - from).toBeLessThan(3_000);
  await expect(fetch(`${publicUrl}/healthz`)).rejects.toThrow();
  await expect(fetch(`${world.bridge.operatorUrl}/healthz`)).rejects.toThrow();
  expect(world.log()).toContain('"route":"/v1/checkouts","status":200');
});

test('stopping twice is stopping once', async () => {
  const { bridge } = await startWorld();
  await Promise.all([bridge.stop(), bridge.stop()]);
});
