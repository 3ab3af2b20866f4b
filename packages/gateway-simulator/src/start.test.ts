import { createServer } from 'node:http';
import { expect, it } from 'vitest';
import { gatewayIds, startGatewaySimulators } from './index.ts';

it('starts every gateway on loopback ports of its own', async () => {
  const simulators = await startGatewaySimulators();
  try {
    expect(Object.keys(simulators.gateways)).toEqual(gatewayIds);
    const origins = [
      simulators.control.url,
      ...Object.values(simulators.gateways).map(({ baseUrl }) => baseUrl),
    ];
    expect(new Set(origins).size).toBe(gatewayIds.length + 1);
    expect(origins.every((origin) => /^http:\/\/127\.0\.0\.1:\d+$/.test(origin))).toBe(true);
  } finally {
    await simulators.stop();
  }
});

it('gives the same credentials to the same seed, whichever gateways run beside', async () => {
  const secretsOf = async (seed: number, gateways = gatewayIds) => {
    const simulators = await startGatewaySimulators({ seed, gateways });
    await simulators.stop();
    const { baseUrl: _port, ...secrets } = simulators.gateways['crypto-pay'].config;
    return secrets;
  };
  const secrets = await secretsOf(5);
  expect(await secretsOf(5)).toEqual(secrets);
  expect(await secretsOf(5, ['crypto-pay'])).toEqual(secrets);
  expect(await secretsOf(6)).not.toEqual(secrets);
});

it('says why it cannot start on a taken control port, and leaves nothing running', async () => {
  const squatter = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => squatter.once('listening', resolve));
  const address = squatter.address();
  const port = typeof address === 'object' ? (address?.port ?? 0) : 0;
  await expect(startGatewaySimulators({ controlPort: port })).rejects.toThrow('EADDRINUSE');
  squatter.close();
});

it('follows the machine time when asked to', async () => {
  const simulators = await startGatewaySimulators({
    gateways: ['crypto-pay'],
    realTime: true,
    startAt: 1000,
  });
  try {
    const fired = new Promise<number>((resolve) => {
      simulators.clock.at(1050, () => resolve(simulators.clock.now()));
    });
    expect(await fired).toBeGreaterThanOrEqual(1050);
    await simulators.clock.advance(60_000);
    expect(simulators.clock.now()).toBeGreaterThanOrEqual(61_000);
  } finally {
    await simulators.stop();
  }
});
