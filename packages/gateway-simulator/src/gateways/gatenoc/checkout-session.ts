import * as z from 'zod';
import { exact } from '../../kernel/exact.ts';
import type { GatewayContext } from '../../kernel/gateway.ts';
import type { Reply } from '../../kernel/http/reply.ts';
import { headerOf, jsonBody, type SimulatorRequest } from '../../kernel/http/request.ts';
import { isoOffset } from '../../kernel/instant.ts';
import { optionalText, phpReply, requiredAmount, validate } from '../../kernel/laravel.ts';
import { isLoopbackHost } from '../../kernel/loopback.ts';
import { ALPHANUMERIC } from '../../kernel/random.ts';
import type { Merchant, Session } from './state.ts';

/** "Often about 30 minutes". */
const TOKEN_LIFE_MS = 30 * 60_000;
const IDEMPOTENCY_MS = 24 * 3_600_000;
/** There is a minimum, but it is not documented: an assumption. */
const LEAST_USD = exact('1.00');

const optionalUrl = (label: string, allowed: (url: URL) => boolean) =>
  optionalText(label, 2048).refine(
    (text) => text === undefined || (URL.canParse(text) && allowed(new URL(text))),
    `The ${label} field must be a valid URL.`,
  );

/** https, and http to this machine, since this is a simulator. */
const isNotifyUrl = ({ protocol, hostname }: URL): boolean =>
  protocol === 'https:' || (protocol === 'http:' && isLoopbackHost(hostname));

const sessionSchema = z.object({
  amount: requiredAmount('amount', LEAST_USD),
  note: optionalText('note', 255),
  username: optionalText('username', 255),
  notify_url: optionalUrl('notify url', isNotifyUrl),
  success_url: optionalUrl('success url', ({ protocol }) => protocol === 'https:' || protocol === 'http:'),
});

export const checkoutUrlOf = (origin: string, session: Session): string =>
  `${origin}/checkout?cs=${session.token}`;

const openSession = (
  { clock, hostUrl, random }: GatewayContext,
  merchant: Merchant,
  request: SimulatorRequest,
): Reply => {
  const given = validate(sessionSchema, jsonBody(request));
  if (!given.ok) return given.reply;
  const { amount, note, username, notify_url: notifyUrl, success_url: successUrl } = given.value;
  const now = clock.now();
  const session: Session = {
    token: `cs_${random.text(40, ALPHANUMERIC)}`,
    merchant,
    amount,
    note: note ?? username,
    notifyUrl,
    successUrl,
    createdAt: now,
    expiresAt: now + TOKEN_LIFE_MS,
    payments: [],
  };
  merchant.sessions.set(session.token, session);
  const url = checkoutUrlOf(hostUrl('gateway'), session);
  return phpReply(201, { checkout_url: url, invoice_url: url, expires_at: isoOffset(session.expiresAt) });
};

/** GN-11: the same Idempotency-Key gives the same answer for 24 hours, whatever the body says by then. */
export const createCheckoutSession = (
  context: GatewayContext,
  merchant: Merchant,
  request: SimulatorRequest,
): Reply => {
  const key = headerOf(request, 'idempotency-key');
  const now = context.clock.now();
  const before = key === undefined ? undefined : merchant.idempotent.get(key);
  if (before !== undefined && now - before.at < IDEMPOTENCY_MS) return before.reply;
  const reply = openSession(context, merchant, request);
  // A refusal made no session, so it is not remembered (assumption).
  if (key !== undefined && reply.status === 201) merchant.idempotent.set(key, { at: now, reply });
  return reply;
};
