import type { IncomingMessage, ServerResponse } from 'node:http';
import { accessLog } from '@gatewright/operations';
import { rawHeaderLines, webhookBodyLimit } from '@gatewright/payment-core';
import { readBody } from '../http/read-body.ts';
import type { Door, ServerSettings } from '../http/server.ts';
import { answerWebhook, type GatewayWebhooks, type WebhookReply } from './answer-webhook.ts';

const route = '/webhooks/:gateway/:account';
const address = /^\/webhooks\/([^/?#]{1,256})\/([^/?#]{1,256})(?:\?.*)?$/;

const send = (response: ServerResponse, { status, reason }: WebhookReply, close: boolean): void => {
  const body = JSON.stringify({ ok: status === 200, reason });
  response.writeHead(status, {
    'content-type': 'application/json; charset=utf-8',
    'content-length': body.length,
    'x-content-type-options': 'nosniff',
    ...(close ? { connection: 'close' } : {}),
  });
  response.end(body);
};

/**
 * `POST /webhooks/:gateway/:account` without the router and its hooks, which cost a burst more than the check of a
 * signature: the same caps, time limits, measures and lines as every other route of the server has.
 */
export const createWebhookDoor = (webhooks: GatewayWebhooks, settings: ServerSettings): Door => {
  const { log, isClosing, requestId, observe } = settings;
  const answered = accessLog(log);

  const serve = async (request: IncomingMessage, response: ServerResponse, names: readonly string[]) => {
    const begun = performance.now();
    const reqId = requestId();
    // One byte more, so that the core itself says what is too large at the edge.
    const body = await readBody(request, webhookBodyLimit + 1);
    if (!body.ok && body.reason === 'gone') return;
    const [gateway = '', account = ''] = names;
    const reply = body.ok
      ? await answerWebhook(
          webhooks,
          { gateway, account, headers: rawHeaderLines(request.rawHeaders), body: body.bytes },
          { reqId, log },
        )
      : ({ status: 413, reason: 'body-too-large' } as const);
    send(response, reply, !body.ok || isClosing());
    const ms = performance.now() - begun;
    observe({ method: 'POST', route, status: reply.status, seconds: ms / 1_000 });
    answered({ reqId, method: 'POST', route, status: reply.status, ms: Math.round(ms) });
  };

  return (request, response) => {
    const [, ...names] = (request.method === 'POST' && address.exec(request.url ?? '')) || [];
    if (names.length === 0) return false;
    serve(request, response, names).catch((error: unknown) => {
      log.error({ err: error }, 'webhook failed');
      response.destroy();
    });
    return true;
  };
};
