import { compareDecimal, subtractDecimal } from '@gatewright/payment-core';
import * as z from 'zod';
import { exact } from '../../kernel/exact.ts';
import type { GatewayContext } from '../../kernel/gateway.ts';
import type { Reply } from '../../kernel/http/reply.ts';
import { jsonBody, type SimulatorRequest } from '../../kernel/http/request.ts';
import {
  messageReply,
  optionalText,
  pageNumber,
  paginated,
  phpReply,
  requiredAmount,
  validate,
  validationReply,
} from '../../kernel/laravel.ts';
import { ALPHANUMERIC } from '../../kernel/random.ts';
import { dollars, paymentWire } from './payment-wire.ts';
import { type Merchant, type Payment, paymentStatus, refundableOf, totalsOf } from './state.ts';

const DAY_MS = 86_400_000;
const PER_PAGE = 20;
const MOST_PER_PAGE = 100;

const findPayment = (merchant: Merchant, { params: { id = '' } }: SimulatorRequest): Payment | undefined =>
  /^\d{1,15}$/.test(id) ? merchant.payments.get(Number(id)) : undefined;

const notFound = (): Reply => messageReply(404, 'Payment not found.');

export const getPayment = (merchant: Merchant, request: SimulatorRequest): Reply => {
  const payment = findPayment(merchant, request);
  return payment === undefined ? notFound() : phpReply(200, paymentWire(payment));
};

/** Date formats are not documented: a day or an instant is read, and a day as `to` includes all of it. */
const bound = (query: URLSearchParams, name: 'from' | 'to'): number | undefined => {
  const text = query.get(name) ?? '';
  if (text === '') return name === 'from' ? 0 : Number.MAX_SAFE_INTEGER;
  const time = /^\d{4}-\d\d-\d\d/.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(time)) return undefined;
  return name === 'to' && text.length === 10 ? time + DAY_MS - 1 : time;
};

/** Newest first (assumption). There is no record of a session before it is paid (GN-2). */
export const listPayments = (merchant: Merchant, { query }: SimulatorRequest): Reply => {
  const [from, to] = [bound(query, 'from'), bound(query, 'to')];
  if (from === undefined) return validationReply({ from: ['The from field must be a valid date.'] });
  if (to === undefined) return validationReply({ to: ['The to field must be a valid date.'] });
  const perPage = query.get('per_page') ?? String(PER_PAGE);
  if (!/^[1-9]\d{0,3}$/.test(perPage) || Number(perPage) > MOST_PER_PAGE) {
    return validationReply({ per_page: [`The per page field must be between 1 and ${MOST_PER_PAGE}.`] });
  }
  const status = query.get('status') ?? '';
  const matching = [...merchant.payments.values()]
    .reverse()
    .filter((payment) => payment.paidAt >= from && payment.paidAt <= to)
    .filter((payment) => status === '' || status === paymentStatus(payment));
  return phpReply(200, paginated(matching.map(paymentWire), pageNumber(query), Number(perPage)));
};

export const getBalance = (merchant: Merchant): Reply => {
  const { received, refunded } = totalsOf(merchant);
  return phpReply(200, {
    received_total: dollars(received),
    refunded_total: dollars(refunded),
    available_ledger: dollars(subtractDecimal(received, refunded) ?? exact('0')),
  });
};

const refundSchema = z.object({
  amount: requiredAmount('amount', exact('0.01')),
  reason: optionalText('reason', 255),
});

/** GN-5: an Idempotency-Key is not promised here and not honoured: the same call twice refunds twice. */
export const refundPayment = (
  { random }: GatewayContext,
  merchant: Merchant,
  request: SimulatorRequest,
): Reply => {
  const payment = findPayment(merchant, request);
  if (payment === undefined) return notFound();
  const given = validate(refundSchema, jsonBody(request));
  if (!given.ok) return given.reply;
  const { amount } = given.value;
  if (compareDecimal(amount, refundableOf(payment)) > 0) {
    return validationReply({ amount: ['The amount exceeds the refundable amount of this payment.'] });
  }
  const refund = { id: `rf_${random.text(20, ALPHANUMERIC)}`, payment, amount };
  merchant.refunds.push(refund);
  return phpReply(201, { refund_id: refund.id, status: 'completed' });
};
