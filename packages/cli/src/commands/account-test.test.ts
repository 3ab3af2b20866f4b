import { startGatewaySimulators } from '@gatewright/gateway-simulator';
import { describe, expect, it } from 'vitest';
import { commandLine } from './command-line.fixture.ts';

const { gatewright, addStore, addAccount } = commandLine();

describe('account test and store test', () => {
  it('say whether the gateway takes the credentials', async () => {
    const simulators = await startGatewaySimulators({ gateways: ['crypto-pay'], seed: 3 });
    try {
      const { config } = simulators.gateways['crypto-pay'].createAccount({ testnet: true });
      const store = await addStore('test', 'http://127.0.0.1:9');
      const good = (await addAccount(store, config)).out.trim();
      const bad = (await addAccount(store, { ...config, token: '1:wrong' })).out.trim();
      expect(await gatewright(['account', 'test', good, '--sandbox'])).toMatchObject({
        code: 0,
        out: `Crypto Pay ${good}: ok\n`,
      });
      const refused = await gatewright(['account', 'test', bad, '--sandbox']);
      expect(refused).toMatchObject({ code: 1, out: expect.stringContaining('error credentials-refused') });
      expect(refused.out + refused.err).not.toContain('1:wrong');
      const whole = await gatewright(['store', 'test', store, '--sandbox']);
      expect(whole.code).toBe(1);
      for (const code of [
        'store-unreachable',
        'plugin-not-paired',
        'credentials-missing',
        'credentials-refused',
      ]) {
        expect(whole.out).toContain(`error ${code}`);
      }
    } finally {
      await simulators.stop();
    }
  });

  it('invariant 12: without --sandbox this machine is not called', async () => {
    const store = await addStore('test', 'http://127.0.0.1:9');
    const id = (await addAccount(store, { token: '1:a', baseUrl: 'http://127.0.0.1:9/api' })).out.trim();
    const { out } = await gatewright(['account', 'test', id]);
    expect(out).toContain('blocked-url');
  });
});
