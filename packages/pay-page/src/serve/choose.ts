import { accountIdSchema } from '@gatewright/payment-core';
import * as z from 'zod';
import { seeOther, unreadableForm } from './answers.ts';
import type { PageView } from './page-view.ts';
import type { PayPagesParts } from './parts.ts';
import { payPatiently, problemOf } from './pay-patiently.ts';
import { readForm } from './read-form.ts';
import { renderView } from './rendering.ts';
import { languageOf, notFound, pageAnswer, type Visit, viewOf } from './visit.ts';

/** An account, and the network or asset where its gateway has several. */
const chooseForm = z.object({
  account: accountIdSchema,
  method: z
    .string()
    .max(64)
    .transform((text) => (text === '' ? null : text))
    .default(null),
});
type Choice = z.output<typeof chooseForm>;

/** Starts what was chosen. The answer is the page again: with the payment, or with what stood in its way. */
const start = async (
  parts: PayPagesParts,
  visit: Visit,
  view: PageView,
  choice: Choice,
): Promise<Response> => {
  const problem = problemOf(await payPatiently(parts, view.snapshot.page, choice));
  // A superseded attempt is cancelled at its gateway by a job.
  parts.kick();
  if (problem === null) return seeOther(visit.self);
  const after = await viewOf(parts, visit);
  if (after === undefined) return notFound(parts, visit);
  return pageAnswer(await renderView(parts, after, languageOf(visit, after), problem), after.look);
};

/** `POST {page}/choose`: the only way a page makes something at a gateway. */
export const choose = async (parts: PayPagesParts, visit: Visit, view: PageView): Promise<Response> => {
  const form = await readForm(visit.request, chooseForm);
  return form.ok ? start(parts, visit, view, form.value) : unreadableForm(form.status);
};
