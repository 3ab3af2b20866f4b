import { createFailureLimit } from '@gatewright/operations';
import { clientKey } from '@gatewright/pay-page';
import { type Clock, modeSchema } from '@gatewright/payment-core';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import * as z from 'zod';
import { type InboundLimits, retryAfterSeconds } from '../http/inbound-limits.ts';
import { rawCall } from '../http/raw-call.ts';
import { type FormAction, registerAccountForms } from './account-forms.ts';
import { sendOn, sendPage } from './answer.ts';
import {
  beginAuthorizing,
  type ConnectDesk,
  firstLook,
  makePairingCode,
  restModeForm,
  setRestMode,
  startSession,
  takeCallback,
  useForm,
  type Visitor,
  viewOf,
  visitorOf,
} from './connect-desk.ts';
import { sessionCode, sessionCookie } from './cookie.ts';
import { formOf } from './form-body.ts';
import {
  type Arrival,
  plainPage,
  type Shown,
  signInPage,
  storePage,
  stylesheet,
  ticketPage,
} from './pages.ts';
import { signInForm } from './sign-in.ts';

/** A form, or WooCommerce's callback. */
const bodyLimit = 8_192;

const queryOf = (request: FastifyRequest): URLSearchParams =>
  URL.parse(rawCall(request).target, 'http://bridge')?.searchParams ?? new URLSearchParams();

/** The plugin writes `store_url`, a person's link `store`. */
const arrivalOf = (query: URLSearchParams): Arrival => ({
  storeUrl: (query.get('store') ?? query.get('store_url') ?? '').slice(0, 2_048),
  returnUrl: (query.get('return_url') ?? '').slice(0, 2_048),
});

/** Browsers say where a form came from; one from another site is none of ours, whatever it holds. */
const isForeign = (request: FastifyRequest): boolean => {
  const line = rawCall(request).headers.find(([name]) => name.toLowerCase() === 'sec-fetch-site');
  return line !== undefined && line[1] !== 'same-origin' && line[1] !== 'none';
};

const refusedSignIn =
  'This token or code is not valid for a shop at this address. Codes work once and for ten minutes; ask whoever runs the bridge for another.';
const tooMany = 'Too many sign-ins were refused for this shop. Wait a minute, then try again.';
const staleForm = 'This form was used before or is too old. Nothing was changed; try again here.';
const notApproved = 'The shop gave no key: the request was not approved.';
const badMethods =
  'The payment methods cannot be used: write their ids, such as bacs, with commas between them.';
const operatorOnly = "Sign in with an operator's token for this.";
const signInAgain = 'Your sign-in has ended.';

const modeForm = z.object({ mode: modeSchema });
const formState = z.object({ state: z.string().max(64) });

export interface ConnectPages {
  readonly desk: ConnectDesk;
  readonly clock: Clock;
  readonly limits: Pick<InboundLimits, 'opening'>;
}

/** The pages on which an owner connects a shop, and the callback by which the shop's keys come. */
export const registerConnect = (app: FastifyInstance, { desk, clock, limits }: ConnectPages): void => {
  const limit = createFailureLimit(clock);
  const visitor = (request: FastifyRequest) =>
    visitorOf(desk, sessionCode(desk.publicUrl(), rawCall(request).headers));

  const showStore = async (reply: FastifyReply, who: Visitor, extras: Shown, status = 200) =>
    sendPage(reply, status, storePage(await viewOf(desk, who, extras)), new URL(who.store.url).origin);

  app.get('/connect/style.css', async (_request, reply) =>
    reply.type('text/css; charset=utf-8').header('cache-control', 'public, max-age=3600').send(stylesheet),
  );

  app.get('/connect', async (request, reply) => {
    const query = queryOf(request);
    const ticket = query.get('ticket') ?? '';
    if (ticket !== '') return sendPage(reply, 200, ticketPage(ticket.slice(0, 64)));
    const who = await visitor(request);
    if (!who) return sendPage(reply, 200, signInPage(arrivalOf(query), null));
    return showStore(reply, who, { problem: query.get('answer') === 'denied' ? notApproved : null });
  });

  app.post('/connect', { bodyLimit }, async (request, reply) => {
    const form = signInForm.safeParse(formOf(request));
    const from = form.success
      ? { storeUrl: form.data.store, returnUrl: form.data.return_url }
      : { storeUrl: '', returnUrl: '' };
    if (!form.success || isForeign(request))
      return sendPage(reply, form.success ? 403 : 400, signInPage(from, staleForm));
    const session = await startSession(desk, form.data);
    if (!session.ok) {
      const waitMs = limit.note(session.key);
      request.log.warn({ limited: waitMs > 0 }, 'sign-in refused');
      return sendPage(reply, waitMs > 0 ? 429 : 401, signInPage(from, waitMs > 0 ? tooMany : refusedSignIn));
    }
    reply.header('set-cookie', sessionCookie(desk.publicUrl(), session.code));
    return sendOn(reply, '/connect');
  });

  const onForm = (path: string, action: FormAction): void => {
    app.post(path, { bodyLimit }, async (request, reply) => {
      const who = await visitor(request);
      if (!who) return sendPage(reply, 401, signInPage({ storeUrl: '', returnUrl: '' }, signInAgain));
      const form = formState.safeParse(formOf(request));
      const isOurs = form.success && !isForeign(request) && (await useForm(desk, who, form.data.state));
      return isOurs ? action(who, request, reply) : showStore(reply, who, { problem: staleForm }, 403);
    });
  };

  const onOperatorForm = (path: string, action: FormAction): void =>
    onForm(path, async (who, request, reply) =>
      who.state.operator === null
        ? showStore(reply, who, { problem: operatorOnly }, 403)
        : action(who, request, reply),
    );

  onForm('/connect/authorize', async (who, _request, reply) =>
    sendOn(reply, await beginAuthorizing(desk, who)),
  );

  onForm('/connect/check', async (who, _request, reply) => {
    await desk.watchdog.look(who.store.id);
    return sendOn(reply, '/connect');
  });

  onForm('/connect/rest-mode', async (who, request, reply) => {
    const form = restModeForm.safeParse(formOf(request));
    // A pairing shows that the shop is meant, not that its operator is here.
    const set = form.success && who.state.operator !== null && (await setRestMode(desk, who, form.data));
    return set ? sendOn(reply, '/connect') : showStore(reply, who, { problem: badMethods }, 422);
  });

  onOperatorForm('/connect/pair', async (who, _request, reply) =>
    showStore(reply, who, { pairingCode: await makePairingCode(desk, who) }),
  );

  onOperatorForm('/connect/mode', async (who, request, reply) => {
    const form = modeForm.safeParse(formOf(request));
    if (!form.success) return showStore(reply, who, { problem: staleForm }, 422);
    await desk.vault.setMode(who.store.id, form.data.mode);
    request.log.warn({ store: who.store.id, mode: form.data.mode }, 'a store changed its mode');
    await desk.watchdog.look(who.store.id);
    return sendOn(reply, '/connect');
  });

  registerAccountForms({ desk, onOperatorForm, showStore });

  onForm('/connect/leave', async (who, _request, reply) => {
    await desk.states.use('session', who.code);
    reply.header('set-cookie', sessionCookie(desk.publicUrl(), ''));
    return sendPage(reply, 200, plainPage('Signed out', 'You have signed out.'));
  });

  app.get('/connect/return', async (request, reply) => {
    const who = await visitor(request);
    if (who) await firstLook(desk, who.store.id);
    return sendOn(reply, queryOf(request).get('success') === '1' ? '/connect' : '/connect?answer=denied');
  });

  app.post('/connect/callback', { bodyLimit }, async (request, reply) => {
    const waitMs = limits.opening(clientKey(request.ip));
    if (waitMs > 0)
      return reply
        .code(429)
        .header('retry-after', String(retryAfterSeconds(waitMs)))
        .send({ ok: false, reason: 'too-many-calls' });
    const taken = await takeCallback(desk, rawCall(request).body);
    if (!taken.ok) {
      request.log.warn({ reason: taken.reason, store: taken.store }, 'keys of a shop refused');
      return reply.code(taken.status).send({ ok: false, reason: taken.reason });
    }
    request.log.info({ store: taken.store }, 'keys of a shop stored');
    // Not awaited: the shop waits for this answer, with one of its few workers.
    desk.watchdog
      .look(taken.store)
      .catch((error: unknown) => request.log.error({ err: error }, 'first look at a shop failed'));
    return reply.code(200).send({ ok: true });
  });
};
