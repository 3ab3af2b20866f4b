import type { Invoice } from '@gatewright/payment-core';
import type { ReceivedWebhook, WebhookOnWire } from '../journey/receiver.ts';
import type { Seat } from '../journey/seats.ts';
import type { Stage } from '../journey/stage.ts';
import type { FieldPath, WebhookFormat } from './subject.ts';
import { withField } from './webhook-body.ts';

type FieldName = keyof WebhookFormat['fields'];

/** A path that a story has made sure of by `webhookHas`. */
export const pathOf = ({ subject }: Stage, field: FieldName): FieldPath => {
  const path = subject.webhook.fields[field];
  if (!path) throw new Error(`the webhook's format names no ${field}`);
  return path;
};

/** An account's configuration as a record; every schema reads one. */
export const configOf = (seat: Seat): Readonly<Record<string, unknown>> =>
  Object.fromEntries(Object.entries(seat.account.config ?? {}));

/** Signed as only the gateway can, at this moment, for this seat's account. */
export const signed = (stage: Stage, body: Uint8Array, seat: Seat = stage.main): WebhookOnWire =>
  stage.subject.webhook.sign(configOf(seat), body, stage.ports.clock.now());

/** A genuine webhook that says something else, genuinely signed. */
export const saying = (
  stage: Stage,
  webhook: WebhookOnWire,
  fields: Partial<Record<FieldName, string>>,
): WebhookOnWire => {
  let { body } = webhook;
  for (const [field, text] of Object.entries(fields)) {
    // Object.entries of a record of field names gives field names.
    body = withField(body, pathOf(stage, field as FieldName), text);
  }
  return signed(stage, body);
};

/** The webhook that says an invoice is paid, kept from the core and acknowledged: no gateway sends it again. */
export const capturePaid = async (stage: Stage, invoice: Invoice): Promise<ReceivedWebhook> => {
  const webhook = (await stage.capture(() => stage.send(invoice))).at(-1);
  if (!webhook) throw new Error('the gateway sent no webhook');
  return webhook;
};

/** A genuine message about an invoice that nobody has paid: another one's, signed for this payment. */
export const hintAbout = async (stage: Stage, invoice: Invoice): Promise<WebhookOnWire> => {
  const paid = await capturePaid(stage, await stage.checkout({ order: 'paid-one' }));
  const { id, reference } = stage.payment(invoice);
  const carriesReference = stage.subject.webhook.fields.reference && reference !== null;
  return saying(stage, paid, { payment: id, ...(carriesReference ? { reference } : {}) });
};

type Word = keyof WebhookFormat['words'];

/** The gateway signs another word about a payment. */
const say = async (stage: Stage, paid: WebhookOnWire, word: Word) => {
  const text = stage.subject.webhook.words[word];
  if (text === undefined) throw new Error(`no webhook says ${word}`);
  const answer = await stage.deliver(saying(stage, paid, { status: text }));
  await stage.work();
  return answer;
};

/** The order is paid, then the gateway says another word about it. */
export const payAndSay = async (stage: Stage, invoice: Invoice, word: Word) => {
  const paid = await capturePaid(stage, invoice);
  await stage.deliver(paid);
  await stage.work();
  return say(stage, paid, word);
};

/** The other word arrives first, and then the news of the payment. */
export const sayAndPay = async (stage: Stage, invoice: Invoice, word: Word): Promise<void> => {
  const paid = await capturePaid(stage, invoice);
  await say(stage, paid, word);
  await stage.deliver(paid);
  await stage.work();
};
