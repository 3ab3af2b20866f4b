import { X509Certificate } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { days, minutes } from '@gatewright/payment-core';
import { expect, test } from 'vitest';
import { certificateFinding, certificateFindings } from '../src/merchants/certificate-findings.ts';
import { formOf, signIn } from './support/merchant-pages.ts';
import { choose, startSession, startWorld } from './support/world.ts';

test('a certificate is shown from 30 days before its end, and as an error from then on', async () => {
  const { folder } = await startWorld();
  const pem = await readFile(join(folder, 'tls.crt'), 'utf8');
  const ends = Date.parse(new X509Certificate(pem).validTo);
  expect(certificateFinding(pem, 'own', ends - days(30) - 1)).toBeUndefined();
  expect(certificateFinding(pem, 'own', ends - days(30))).toMatchObject({
    code: 'own-certificate-ends-soon',
    severity: 'warning',
  });
  expect(certificateFinding(pem, 'shopify', ends)).toMatchObject({
    code: 'shopify-certificate-ended',
    severity: 'error',
  });
});

test('certificates that cannot be read are said; behind a proxy they are not ours to say', async () => {
  const { folder, caFile, simulators } = await startWorld();
  const paths = { ca: caFile, cert: join(folder, 'tls.crt'), key: join(folder, 'tls.key'), leafAlone: false };
  await writeFile(paths.key, 'half a key');
  const now = simulators.clock.now();
  expect(await certificateFindings({ kind: 'mtls', paths }, now)).toMatchObject([
    { code: 'certificates-unreadable', severity: 'error' },
  ]);
  expect(await certificateFindings({ kind: 'proxy', secret: 'x' }, now)).toEqual([]);
});

const begin = async () => {
  const world = await startWorld({ merchantPages: true });
  const merchant = await signIn(world);
  const simulator = world.simulators.gateways['crypto-pay'];
  const { config, accountId } = simulator.createAccount({ testnet: true });
  const connect = () => merchant.post('/app/accounts/connect/crypto-pay', formOf(config));
  const health = async () => (await merchant.get('/app/health')).body;
  return { world, ...merchant, simulator, accountId, connect, health };
};

test('what is missing is told with its remedy: an account, the activation, the token, the right extension', async () => {
  const { world, installed, post, connect, health } = await begin();
  const { vault, shops } = world.app();
  expect(await health()).toContain('No gateway account is connected yet.');
  await connect();
  expect(await health()).toContain('Shopify has not been told that this shop can be paid.');
  await post('/app/activation', { intent: 'activate', handle: 'Anna' });
  expect(await health()).not.toContain('Shopify has not been told');
  await shops.setExtensionVersion(installed.row.domain, '2025-10');
  expect(await health()).toContain('The payments extension is configured for 2025-10');
  await vault.setStorefrontCredentials(installed.row.live, null, { replace: true });
  expect(await health()).toContain('Open the app once more from your Shopify admin.');
});

test('an account that was paid over without a webhook is named, until one arrives', async () => {
  const { world, shop, installed, post, simulator, accountId, connect, health } = await begin();
  await connect();
  await post('/app/activation', { intent: 'activate', handle: 'Anna' });
  shop.merchant.activate({ testMode: true });
  const [account] = await world.app().vault.accountsOf(installed.row.test);
  if (!account) throw new Error('not connected');
  const buy = async () => {
    const { redirectUrl, sessionId } = await startSession(installed);
    await choose(redirectUrl, account);
    await simulator.shopper.pay(simulator.payments().at(-1)?.id ?? '');
    for (let passed = 0; passed < 3; passed += 1) {
      await world.simulators.clock.advance(minutes(5));
      await world.app().reconcile();
    }
    expect(shop.payment(sessionId)?.state.code).toBe('resolved');
    // The extension's version is learnt from what Shopify sends.
    expect(await health()).not.toContain('The payments extension');
  };
  await buy();
  expect(await health()).toContain('no webhook of it has arrived');
  simulator.setWebhookUrl(accountId, world.app().ports.webhookUrl(account));
  await buy();
  expect(await health()).not.toContain('no webhook of it has arrived');
});
