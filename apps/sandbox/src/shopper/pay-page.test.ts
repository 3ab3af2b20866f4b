import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { press, visit } from './browser.ts';
import { chooseOnPage, shownBy } from './pay-page.ts';

/** The markup of the pay page, as a browser without a script reads it. */
const choose = `<h1 id="heading">How would you like to pay?</h1>
<form method="post" action="/pay/1/choose?lang=en"><input type="hidden" name="account" value="a&amp;b"><button class="way"><strong>Crypto Pay</strong></button></form>
<form method="post" action="/pay/1/choose?lang=en"><input type="hidden" name="account" value="c"><div role="group" aria-label="Center: choose">
<button class="way" name="method" value="trc20">USDT</button><button class="way" name="method" value="btc">BTC</button></div></form>`;
const waiting =
  '<h1>Pay with <bdi>Center</bdi></h1><a class="button" id="outside" href="https://pay.example/?a=1&amp;b=2">on</a>';

const shop = async (): Promise<{ url: string; posted: string[] }> => {
  const posted: string[] = [];
  const server = createServer((request, response) => {
    request.on('data', (part: Buffer) => posted.push(`${request.url} ${part.toString()}`));
    request.on('end', () => {
      if (request.method === 'POST') response.writeHead(303, { location: '/pay/1?chosen' }).end();
      else
        response
          .writeHead(200, { 'content-type': 'text/html; charset=utf-8' })
          .end(request.url === '/pay/1' ? choose : waiting);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => new Promise((resolve) => server.close(() => resolve())));
  // Listening on a port, so the address is no pipe.
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}/pay/1`, posted };
};

test('a shopper chooses a gateway and a network, and is led on', async () => {
  const { url, posted } = await shop();
  const page = await chooseOnPage(url, { title: 'Center', network: 'btc' });
  expect(posted).toEqual(['/pay/1/choose?lang=en account=c&method=btc']);
  expect([shownBy(page), page.link('outside')]).toEqual(['waiting', 'https://pay.example/?a=1&b=2']);
});

test('hidden fields are sent as they are, and a way that is not there is said', async () => {
  const { url, posted } = await shop();
  const page = await visit(url);
  const [form] = page.forms;
  await press(page, form!, form!.buttons[0]!);
  expect(posted).toEqual(['/pay/1/choose?lang=en account=a%26b']);
  await expect(chooseOnPage(url, { title: 'Nobody', network: undefined })).rejects.toThrow(
    'Nobody is not on offer: choose',
  );
});
