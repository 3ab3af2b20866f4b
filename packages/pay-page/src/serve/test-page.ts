import { receiveWebhook, testGatewayNews } from '@gatewright/payment-core';
import * as z from 'zod';
import { renderTestPage } from '../page/test-page.ts';
import { testActions } from '../page/view/test-forms.ts';
import { shopperState } from '../state/shopper-state.ts';
import { seeOther, unreadableForm } from './answers.ts';
import type { PageView } from './page-view.ts';
import type { PayPagesParts } from './parts.ts';
import { readForm } from './read-form.ts';
import { languageOf, notFound, pageAnswer, type Visit, viewOf } from './visit.ts';

/** `GET {page}/test`: the built-in page of the gateway `test`; of any other order there is none. */
export const showTestPage = async (parts: PayPagesParts, visit: Visit): Promise<Response> => {
  const { ports, basePath } = parts;
  const view = await viewOf(parts, visit);
  if (view === undefined) return notFound(parts, visit);
  const { snapshot, look } = view;
  const page = renderTestPage({
    snapshot,
    offers: [],
    gatewayOf: ports.gateway,
    now: ports.clock.now(),
    language: languageOf(visit, view),
    look,
    basePath,
    problem: null,
  });
  return page.status === 404 ? notFound(parts, visit) : pageAnswer(page, look);
};

const testForm = z.object({ action: z.enum(testActions) });

/**
 * `POST {page}/test`: what the tester did goes the way of every gateway's news, signed by the account's key. What can
 * no longer be played is shown as it is.
 */
export const playTest = async (
  { ports, kick }: PayPagesParts,
  visit: Visit,
  { snapshot }: PageView,
): Promise<Response> => {
  const form = await readForm(visit.request, testForm);
  if (!form.ok) return unreadableForm(form.status);
  const now = ports.clock.now();
  const state = shopperState(snapshot, now, ports.gateway);
  const invoice = state.kind === 'waiting' ? state.invoice : undefined;
  const account = invoice && (await ports.directory.account(invoice.account));
  const news =
    invoice && account && testGatewayNews(account.config, invoice, form.value.action, now, ports.random);
  if (invoice && news) await receiveWebhook(ports, invoice.gateway, invoice.account, news);
  kick();
  return seeOther(visit.self);
};
