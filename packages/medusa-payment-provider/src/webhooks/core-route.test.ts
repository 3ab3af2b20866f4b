import { expect, it } from 'vitest';
import { coreRoute, coreRoutesOf } from './core-route.ts';
import { accountNamed } from './receive-gateway-webhook.ts';

it.each([
  ['/hooks/payment/gatewright_main', 'gatewright_main'],
  ['/hooks/payment/pp_gatewright_main', 'pp_gatewright_main'],
  ['/hooks/payment/pp_gatewright_main/', 'pp_gatewright_main'],
])('answers %s', (path, name) => {
  expect(coreRoute.exec(path)?.[1]).toBe(name);
  expect(accountNamed(name)).toBe('pp_gatewright_main');
});

it.each([
  '/hooks/payment/stripe_main',
  '/hooks/payment/pp_stripe_gatewright_main',
  '/hooks/payment/gatewright_',
])('leaves %s to its own provider', (path) => {
  expect(coreRoute.test(path)).toBe(false);
});

it('names both addresses of every entry, because core’s parser settings win over a pattern', () => {
  expect(coreRoutesOf(['main', 'ton'])).toEqual([
    '/hooks/payment/gatewright_main',
    '/hooks/payment/pp_gatewright_main',
    '/hooks/payment/gatewright_ton',
    '/hooks/payment/pp_gatewright_ton',
  ]);
});

it('takes no name that is no account', () => {
  expect(accountNamed('gatewright_../../x')).toBeUndefined();
});
