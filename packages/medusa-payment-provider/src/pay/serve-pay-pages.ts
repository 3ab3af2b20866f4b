import { clientKey } from '@gatewright/pay-page';
import type { MedusaRequest, MedusaResponse } from '@medusajs/framework/http';
import { sendResponse } from '@remix-run/node-fetch-server';
import type { MedusaEngine } from '../engine/engine.ts';
import { engineOf } from '../engine/engine-of.ts';
import { endWithServer } from './end-with-server.ts';
import { leadOn } from './lead-on.ts';
import { webRequest } from './web-request.ts';

const sentence = (status: number, text: string): Response =>
  new Response(`${text}\n`, {
    status,
    headers: { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' },
  });

const asWebRequest = (request: MedusaRequest, origin: string): Request | undefined => {
  try {
    return webRequest(request, origin);
  } catch {
    // A header or an address that no web request may have.
    return undefined;
  }
};

/** A storefront of the allow-list may listen to a page's events, as a sign to ask for the session again. */
const allowListening = ({ settings }: MedusaEngine, asked: Request, answered: Response): void => {
  const origin = asked.headers.get('origin');
  if (!settings.storefrontUrls.some((url) => new URL(url).origin === origin)) return;
  answered.headers.set('access-control-allow-origin', String(origin));
  answered.headers.append('vary', 'Origin');
};

const isStream = (answered: Response): boolean =>
  answered.headers.get('content-type')?.startsWith('text/event-stream') === true;

const answer = async (request: MedusaRequest, response: MedusaResponse): Promise<Response> => {
  const engine = await engineOf(request.scope);
  const asked = asWebRequest(request, engine.settings.publicUrl);
  if (!asked) return sentence(400, 'This request cannot be read.');
  const clientAddress = request.ip === undefined ? null : clientKey(request.ip);
  const answered =
    (await leadOn(engine, asked.method, new URL(asked.url).pathname)) ??
    (await engine.pages.handle(asked, { clientKey: clientAddress }));
  if (isStream(answered)) {
    allowListening(engine, asked, answered);
    void endWithServer(engine, request, response);
  }
  return answered;
};

const outOfOrder = (): Response =>
  sentence(503, 'This page cannot be shown at this moment. Please try again in a few seconds.');

/** The shopper's pages, with the headers that they set themselves: no parser, CORS or compression of Medusa's between. */
export const servePayPages = async (request: MedusaRequest, response: MedusaResponse): Promise<void> => {
  // Medusa's compression, where an owner has turned it on, would keep a stream's events until its buffer is full.
  request.headers['x-no-compression'] = 'true';
  response.removeHeader('x-powered-by');
  const answered = await answer(request, response).catch(outOfOrder);
  // What nobody read of a form that is too long would be taken for the next request.
  if (!request.readableEnded && request.method === 'POST') response.set('connection', 'close');
  await sendResponse(response, answered);
};
