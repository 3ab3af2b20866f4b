import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { storeIdSchema } from '@gatewright/payment-core';
import { describe, expect, it, onTestFinished } from 'vitest';
import { commandLine } from './command-line.fixture.ts';

const { gatewright, addStore, openVault } = commandLine();

/** A site that answers these paths with JSON, and every other one with a page that says "not found". */
const siteWith = async (answers: Readonly<Record<string, unknown>>): Promise<string> => {
  const server: Server = createServer(({ url = '' }, response) => {
    const body = answers[url];
    if (body === undefined) response.writeHead(404, { 'content-type': 'text/html' }).end('<html>Not found');
    else response.end(JSON.stringify(body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  // A server that listens on a port has an AddressInfo.
  const { port } = server.address() as AddressInfo;
  return `http://127.0.0.1:${port}`;
};

const everything = { namespaces: ['wp/v2', 'wc/v3', 'wc-gatewright/v1'] };
const withoutPlugin = { namespaces: ['wp/v2', 'wc/v3'] };

const tested = async (site: string, change?: (store: string) => Promise<void>) => {
  const store = await addStore('test', site);
  await change?.(store);
  const { code, out } = await gatewright(['store', 'test', store, '--sandbox']);
  const codes = [...out.matchAll(/: (?:error|warning|info) ([\w-]+)$/gm)].map(([, found]) => found);
  return { code, out, codes };
};

const inVault = async (work: (vault: Awaited<ReturnType<typeof openVault>>['vault']) => Promise<unknown>) => {
  const opened = await openVault();
  await work(opened.vault);
  await opened.close();
};

const credentials = { consumerKey: `ck_${'a'.repeat(40)}`, consumerSecret: `cs_${'a'.repeat(40)}` };

const connect = async (store: string): Promise<void> => {
  const id = storeIdSchema.parse(store);
  await inVault(async (vault) => {
    await vault.setStorefrontCredentials(id, credentials, { replace: false });
    await vault.setPluginKey(id, { keyId: 'plugin', secret: 's'.repeat(32) });
  });
  await gatewright(['account', 'add', '--store', store, '--gateway', 'test']);
};

const goRestOnly = (store: string) =>
  inVault((vault) => vault.setSettings(storeIdSchema.parse(store), { restOnly: { methods: ['bacs'] } }));

describe('store test', () => {
  it('has nothing to say about a shop that is connected and has an account', async () => {
    const { code, out } = await tested(await siteWith({ '/wp-json/': everything }), connect);
    expect({ code, out }).toEqual({
      code: 0,
      out: expect.stringMatching(/^Shop \S+: ok\nTest payment \S+: ok\n$/),
    });
  });

  it.each([
    [
      'a site without WooCommerce',
      { '/wp-json/': { namespaces: ['wp/v2'] } },
      ['no-woocommerce', 'plugin-missing'],
    ],
    ['a shop without the plugin', { '/wp-json/': withoutPlugin }, ['plugin-missing']],
    ['plain permalinks', { '/?rest_route=/': everything }, ['plain-permalinks']],
    ['a site that is no WordPress', {}, ['store-unreachable']],
    ['an index without namespaces', { '/wp-json/': { name: 'x' } }, ['store-unreachable']],
  ])('finds %s, with cause, effect and remedy', async (_what, answers, found) => {
    const { code, out, codes } = await tested(await siteWith(answers), connect);
    expect({ code, codes }).toEqual({ code: 1, codes: found });
    expect(out).toMatch(/error [\w-]+\n {2}cause: .+\n {2}effect: .+\n {2}remedy: .+\n/);
  });

  it('finds what the ledger has not got: pairing, REST key and account', async () => {
    const { code, codes } = await tested(await siteWith({ '/wp-json/': everything }));
    expect({ code, codes }).toEqual({
      code: 1,
      codes: ['plugin-not-paired', 'credentials-missing', 'no-account'],
    });
  });

  it('misses no plugin in REST-only mode, and warns of one that is there', async () => {
    const restOnly = async (store: string) => {
      await gatewright(['account', 'add', '--store', store, '--gateway', 'test']);
      await inVault((vault) =>
        vault.setStorefrontCredentials(storeIdSchema.parse(store), credentials, { replace: false }),
      );
      await goRestOnly(store);
    };
    expect(await tested(await siteWith({ '/wp-json/': withoutPlugin }), restOnly)).toMatchObject({
      code: 0,
      codes: [],
    });
    expect(await tested(await siteWith({ '/wp-json/': everything }), restOnly)).toMatchObject({
      code: 0,
      codes: ['plugin-beside-rest-only'],
    });
  });
});
