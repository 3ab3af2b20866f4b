import { gatewayById, gateways } from '@gatewright/payment-core';
import { describe, expect, test } from 'vitest';
import { gatewayForms } from './gateway-forms.ts';
import { readAccountForm } from './read-account-form.ts';

/** Values that each gateway's schema takes. */
const samples: Readonly<Record<string, string>> = {
  token: '12345:AAabcdefghij',
  testnet: 'on',
  acceptedAssets: 'TON, USDT',
  apiKey: 'pk_0123456789abcdef0123',
  apiSecret: 'sk_0123456789abcdef0123',
  appKey: `base64:${Buffer.alloc(32, 5).toString('base64')}`,
  networks: 'trc20 bep20',
  merchantId: '1234',
  webhookSecret: 'whsec_0123456789abcdef0123456789abcdef',
  paymentMethods: 'crypto',
  baseUrl: 'https://gateway.example.com',
  maxTon: '100',
  keyEncoding: 'raw',
};

const formWith = (names: readonly string[]): FormData => {
  const form = new FormData();
  for (const name of names) form.set(name, samples[name] ?? '');
  return form;
};

const cases = gatewayForms(false).map((form) => [form.gateway, form] as const);

describe('the form of a gateway', () => {
  test('exists for every gateway that takes money', () => {
    expect(cases.map(([gateway]) => gateway).sort()).toEqual(
      gateways()
        .map(({ id }) => id)
        .sort(),
    );
  });

  test.each(cases)(
    '%s: all fields together, and the required ones alone, are a configuration',
    (id, { fields }) => {
      const gateway = gatewayById(id);
      for (const names of [fields, fields.filter(({ required }) => required)]) {
        const config = readAccountForm(fields, formWith(names.map(({ name }) => name)));
        expect(gateway?.readConfig(config), JSON.stringify(config)).toEqual({ ok: true });
      }
    },
  );

  test.each(cases)(
    '%s: without a required field it is refused, and the refusal names it',
    (id, { fields }) => {
      for (const missing of fields.filter(({ required }) => required)) {
        const rest = fields.filter(({ name, required }) => required && name !== missing.name);
        const config = readAccountForm(fields, formWith(rest.map(({ name }) => name)));
        const words = missing.name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
        expect(gatewayById(id)?.readConfig(config)).toEqual({ ok: false, reason: `config-${words}` });
      }
    },
  );

  test('asks for the address of a simulator in a sandbox only', () => {
    const asking = (sandbox: boolean) =>
      gatewayForms(sandbox).filter(({ fields }) => fields.some(({ name }) => name === 'baseUrl')).length;
    expect([asking(false), asking(true)]).toEqual([1, cases.length]);
  });
});

test('a list is words, an empty field is absent, a switch is on or absent, white space goes', () => {
  const fields = gatewayForms(false).find(({ gateway }) => gateway === 'crypto-pay')?.fields ?? [];
  const form = new FormData();
  form.set('token', '  12345:AA ');
  form.set('acceptedAssets', 'TON; USDT,  BTC');
  expect(readAccountForm(fields, form)).toEqual({
    token: '12345:AA',
    acceptedAssets: ['TON', 'USDT', 'BTC'],
  });
  form.set('acceptedAssets', ' ');
  form.set('testnet', 'on');
  expect(readAccountForm(fields, form)).toEqual({ token: '12345:AA', testnet: true });
});
