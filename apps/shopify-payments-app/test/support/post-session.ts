import { Agent, request } from 'node:https';
import type { World } from './world.ts';

export interface Posted {
  readonly status: number;
  readonly text: string;
}

/** Sends a session request as Shopify would, with bytes of the test's own. */
export const postSession = async (
  { app, shopify }: World,
  path: string,
  shop: string,
  body: string,
  port: number = app().sessionPort,
): Promise<Posted> => {
  const identity = await shopify.clientCertificates.credentials();
  const agent = new Agent({ ca: shopify.serverCa, cert: identity?.certificate, key: identity?.key });
  const headers = {
    'content-type': 'application/json',
    'shopify-shop-domain': shop,
    'shopify-request-id': '00000000-0000-4000-8000-000000000000',
    'shopify-api-version': '2026-10',
  };
  const options = { agent, method: 'POST', headers };
  try {
    return await new Promise<Posted>((resolve, reject) => {
      const sent = request(`https://127.0.0.1:${port}/sessions/${path}`, options, (answer) => {
        let text = '';
        answer.setEncoding('utf8');
        answer.on('data', (part: string) => {
          text += part;
        });
        answer.on('end', () => resolve({ status: answer.statusCode ?? 0, text }));
      });
      sent.on('error', reject);
      sent.end(body);
    });
  } finally {
    agent.destroy();
  }
};
