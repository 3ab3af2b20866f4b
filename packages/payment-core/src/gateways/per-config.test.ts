import { describe, expect, it } from 'vitest';
import { hmacSha256Hex } from '../signature/hmac.ts';
import { perConfig } from './per-config.ts';
import { gatewayById } from './registry.ts';

describe('what is computed once per configuration', () => {
  it('is computed again for another object, though it says the same', () => {
    let computed = 0;
    const length = perConfig(({ secret }: { secret: string }) => {
      computed += 1;
      return secret.length;
    });
    const config = { secret: 'abc' };
    expect([length(config), length(config), length({ secret: 'abcd' }), length({ secret: 'abc' })]).toEqual([
      3, 3, 4, 3,
    ]);
    expect(computed).toBe(3);
  });

  it('keeps undefined too', () => {
    let computed = 0;
    const nothing = perConfig((_config: object) => {
      computed += 1;
      return undefined;
    });
    const config = {};
    expect([nothing(config), nothing(config)]).toEqual([undefined, undefined]);
    expect(computed).toBe(1);
  });

  it("checks a webhook with the configuration's own secret after another account's was used", () => {
    const gateway = gatewayById('teleport-pay');
    const body = new TextEncoder().encode('{"event":"test"}');
    const receive = (config: unknown, secret: string) => {
      const signature = hmacSha256Hex(new TextEncoder().encode(secret), body);
      return gateway?.receiveWebhook(config, {
        headers: [['x-webhook-signature', signature]],
        body,
        receivedAt: 0,
      }).ok;
    };
    const one = { apiKey: 'k', webhookSecret: 'one' };
    const two = { apiKey: 'k', webhookSecret: 'two' };
    expect([receive(one, 'one'), receive(two, 'two'), receive(one, 'one')]).toEqual([true, true, true]);
    expect([receive(one, 'two'), receive(two, 'one')]).toEqual([false, false]);
  });
});
