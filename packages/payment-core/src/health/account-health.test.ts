import { describe, expect, it } from 'vitest';
import { minutes, seconds } from '../identity/clock.ts';
import { accountIdSchema } from '../identity/identity.ts';
import { createAccountHealth, shownByCheck, shownByCreate } from './account-health.ts';

const account = accountIdSchema.parse('account');
const other = accountIdSchema.parse('other');
const now = 1_700_000_000_000;

describe('the health of an account', () => {
  it('is good until its credentials are refused, for some minutes, and only for this account', () => {
    const health = createAccountHealth();
    expect(health.troubleOf(account, now)).toBeUndefined();
    health.learn(account, 'credentials-refused', now);
    expect(health.troubleOf(account, now)).toBe('account-refused');
    expect(health.troubleOf(account, now + minutes(3) - 1)).toBe('account-refused');
    expect(health.troubleOf(account, now + minutes(3))).toBeUndefined();
    expect(health.troubleOf(other, now)).toBeUndefined();
  });

  it('takes three silences in a row for an outage, for a minute, and the next one prolongs it', () => {
    const health = createAccountHealth();
    health.learn(account, 'silent', now);
    health.learn(account, 'silent', now);
    expect(health.troubleOf(account, now)).toBeUndefined();
    health.learn(account, 'silent', now);
    expect(health.troubleOf(account, now)).toBe('gateway-unreachable');
    expect(health.troubleOf(account, now + minutes(1))).toBeUndefined();
    health.learn(account, 'silent', now + minutes(5));
    expect(health.troubleOf(account, now + minutes(5) + seconds(59))).toBe('gateway-unreachable');
  });

  it('is good again after any answer, and silences count from none', () => {
    const health = createAccountHealth();
    for (const showing of ['silent', 'silent', 'answered', 'silent', 'silent'] as const)
      health.learn(account, showing, now);
    expect(health.troubleOf(account, now)).toBeUndefined();
    health.learn(account, 'silent', now);
    health.learn(account, 'credentials-refused', now);
    health.learn(account, 'answered', now);
    expect(health.troubleOf(account, now)).toBeUndefined();
  });

  it('keeps saying that credentials were refused while the gateway is silent', () => {
    const health = createAccountHealth();
    health.learn(account, 'credentials-refused', now);
    for (let i = 0; i < 4; i += 1) health.learn(account, 'silent', now + seconds(i));
    expect(health.troubleOf(account, now + seconds(5))).toBe('account-refused');
  });
});

describe('what an outcome shows', () => {
  const refused = (reason: string) => shownByCreate({ outcome: 'refused', reason });

  it('of a create call: credentials by their own reasons, anything else refused is about the invoice', () => {
    expect(['unauthorized', 'forbidden', 'api-key-refused'].map(refused)).toEqual([
      'credentials-refused',
      'credentials-refused',
      'credentials-refused',
    ]);
    expect(['invalid-request', 'amount-too-small', 'http-409'].map(refused)).toEqual([
      'answered',
      'answered',
      'answered',
    ]);
    expect(shownByCreate({ outcome: 'unavailable', reason: 'dns' })).toBe('silent');
    expect(shownByCreate({ outcome: 'ambiguous', reason: 'timeout' })).toBe('silent');
  });

  it('of an account check: every refusal is one of the credentials', () => {
    expect(shownByCheck({ outcome: 'refused', reason: 'settlement-currency-missing' })).toBe(
      'credentials-refused',
    );
    expect(shownByCheck({ outcome: 'unavailable', reason: 'dns' })).toBe('silent');
    expect(shownByCheck({ outcome: 'ok', mode: 'live', identity: null, webhookUrl: null })).toBe('answered');
  });
});
