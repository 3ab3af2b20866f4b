import { pageIdSchema } from '@gatewright/payment-core';
import type { MedusaRequest, MedusaResponse } from '@medusajs/framework/http';
import { sendResponse } from '@remix-run/node-fetch-server';
import { type MedusaEngine, payBasePath } from '../engine/engine.ts';
import { engineOf } from '../engine/engine-of.ts';
import { clientKey } from './client-key.ts';
import { webRequest } from './web-request.ts';

const sentence = (status: number, text: string): Response =>
  new Response(`${text}\n`, {
    status,
    headers: { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' },
  });

const chooseAddress = new RegExp(`^${payBasePath}/([A-Za-z0-9_-]{22})/choose$`);

/**
 * Medusa has thrown away the session of a page that the shopper still has open. Nothing new is made on it: the page of
 * the newest session takes its place.
 */
const leadOn = async ({ sessions }: MedusaEngine, request: Request): Promise<Response | undefined> => {
  const { pathname } = new URL(request.url);
  const id = pageIdSchema.safeParse(chooseAddress.exec(pathname)?.[1]);
  if (request.method !== 'POST' || !id.success) return undefined;
  const session = await sessions.byPage(id.data);
  if (!session || session.state === 'living') return undefined;
  const newest = (await sessions.ofOrder(session.orderKey)).findLast(({ state }) => state === 'living');
  const to = `${payBasePath}/${(newest ?? session).page}`;
  return new Response(null, { status: 303, headers: { location: to, 'cache-control': 'no-store' } });
};

const answer = async (request: MedusaRequest): Promise<Response> => {
  const engine = await engineOf(request.scope);
  const asked = webRequest(request, engine.settings.publicUrl);
  const clientAddress = request.ip === undefined ? null : clientKey(request.ip);
  const answered =
    (await leadOn(engine, asked)) ?? (await engine.pages.handle(asked, { clientKey: clientAddress }));
  allowListening(engine, asked, answered);
  return answered;
};

/** A storefront of the allow-list may listen to a page's events, as a sign to ask for the session again. */
const allowListening = ({ settings }: MedusaEngine, asked: Request, answered: Response): void => {
  const origin = asked.headers.get('origin');
  if (origin === null || !new URL(asked.url).pathname.endsWith('/events')) return;
  if (!settings.storefrontUrls.some((url) => new URL(url).origin === origin)) return;
  answered.headers.set('access-control-allow-origin', origin);
  answered.headers.append('vary', 'Origin');
};

const answerOrSay = async (request: MedusaRequest): Promise<Response> => {
  try {
    return await answer(request);
  } catch (error) {
    return error instanceof TypeError
      ? sentence(400, 'This request cannot be read.')
      : sentence(503, 'This page cannot be shown at this moment. Please try again in a few seconds.');
  }
};

/** The shopper's pages, with the headers that they set themselves: no parser, CORS or compression of Medusa's between. */
export const servePayPages = async (request: MedusaRequest, response: MedusaResponse): Promise<void> => {
  // Medusa's compression, where an owner has turned it on, would keep a stream's events until its buffer is full.
  request.headers['x-no-compression'] = 'true';
  response.removeHeader('x-powered-by');
  const answered = await answerOrSay(request);
  if (!request.readableEnded && request.method === 'POST') response.set('connection', 'close');
  await sendResponse(response, answered);
};
