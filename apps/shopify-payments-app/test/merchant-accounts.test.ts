import { expect, test } from 'vitest';
import { formOf, pathOf, signIn } from './support/merchant-pages.ts';
import { startWorld } from './support/world.ts';

const connectPath = '/app/accounts/connect/crypto-pay';

const begin = async () => {
  const world = await startWorld({ merchantPages: true });
  const merchant = await signIn(world);
  const { config } = world.simulators.gateways['crypto-pay'].createAccount({ testnet: true });
  return { world, ...merchant, form: formOf(config), secret: String(formOf(config).token) };
};

test('an account is connected, checked, and its secret is never shown again', async () => {
  const { world, installed, get, post, form, secret } = await begin();
  const page = await post(connectPath, form);
  expect(pathOf(page)).toMatch(/^\/app\/accounts\/[\w-]{22}\?did=connected$/);
  const [account] = await world.app().vault.accountsOf(installed.row.test);
  expect(account).toMatchObject({ gateway: 'crypto-pay', mode: 'test', enabled: true });
  expect(page.body).toContain(`/webhooks/gateways/crypto-pay/${account?.id}`);
  const checked = await post(`/app/accounts/${account?.id}`, { intent: 'check' });
  expect(checked.body).toContain('takes the credentials');
  for (const shown of [page, checked, await get('/app/accounts'), await get('/app')])
    expect(shown.body).not.toContain(secret);
});

test('the same credentials twice, as by a double click, are one account', async () => {
  const { world, installed, post, form } = await begin();
  const [first, second] = await Promise.all([post(connectPath, form), post(connectPath, form)]);
  expect(pathOf(await post(connectPath, form))).toBe(pathOf(first));
  expect(pathOf(second)).toBe(pathOf(first));
  expect(await world.app().vault.accountsOf(installed.row.test)).toHaveLength(1);
});

test('what cannot be used is refused with the name of its field, and is not echoed', async () => {
  const { world, installed, post, form } = await begin();
  const page = await post(connectPath, { ...form, token: 'no token: ünusable' });
  expect(page.status).toBe(422);
  expect(page.body).toContain('(token)');
  expect(page.body).not.toContain('ünusable');
  expect(await world.app().vault.accountsOf(installed.row.test)).toEqual([]);
  expect((await post('/app/accounts/connect/nowhere', form)).status).toBe(404);
});

test('wrong credentials are found by the check, and new ones take their place under the same address', async () => {
  const { world, installed, post, form } = await begin();
  await post(connectPath, { ...form, token: '999:AAwrong' });
  const [account] = await world.app().vault.accountsOf(installed.row.test);
  const path = `/app/accounts/${account?.id}`;
  expect((await post(path, { intent: 'check' })).body).toContain('refused the credentials');
  expect(pathOf(await post(path, { ...form, intent: 'renew' }))).toBe(`${path}?did=renewed`);
  expect((await post(path, { intent: 'check' })).body).toContain('takes the credentials');
  expect(await world.app().vault.accountsOf(installed.row.test)).toHaveLength(1);
});

test('Shopify is told when the last account is switched off, and not before', async () => {
  const { world, shop, installed, post, form } = await begin();
  await post(connectPath, form);
  await post('/app/test');
  const [first, second] = await world.app().vault.accountsOf(installed.row.test);
  const activated = await post('/app/activation', { intent: 'activate', handle: "Anna's gateways" });
  expect(pathOf(activated)).toBe('/app/activation?did=activated');
  expect(activated.body).toContain(
    'https://annas.myshopify.com/services/payments_partners/gateways/app-client-id/settings',
  );
  expect(shop.gateway().configuration).toEqual({ ready: true, externalHandle: "Anna's gateways" });
  await post(`/app/accounts/${first?.id}`, { intent: 'disable' });
  expect(shop.gateway().configuration?.ready).toBe(true);
  const last = await post(`/app/accounts/${second?.id}`, { intent: 'disable' });
  expect(pathOf(last)).toContain('did=not-ready');
  expect(shop.gateway().configuration).toEqual({ ready: false, externalHandle: "Anna's gateways" });
});

test('nothing is activated without an account, or when Shopify does not answer', async () => {
  const { world, shop, post, form } = await begin();
  const none = await post('/app/activation', { intent: 'activate', handle: 'Anna' });
  expect(none.body).toContain('Connect an account first');
  await post(connectPath, form);
  world.shopify.faults.add({ kind: 'status', on: 'graphql', status: 503, count: 1 });
  const silent = await post('/app/activation', { intent: 'activate', handle: 'Anna' });
  expect(silent.status).toBe(422);
  expect(silent.body).toContain('Nothing was changed');
  expect(shop.gateway().configuration).toBeUndefined();
});

test('a merchant sees and changes no account of another shop (invariant 6)', async () => {
  const { world, installed, post, form } = await begin();
  await post(connectPath, form);
  const [account] = await world.app().vault.accountsOf(installed.row.test);
  const other = await signIn(world, 'bens');
  const path = `/app/accounts/${account?.id}`;
  expect((await other.get(path)).status).toBe(404);
  for (const intent of ['check', 'disable', 'enable', 'renew'])
    expect((await other.post(path, { intent, ...form })).status, intent).toBe(404);
  expect(await world.app().vault.accountsOf(installed.row.test)).toEqual([account]);
  expect((await other.get('/app/accounts')).body).not.toContain(account?.id);
});
