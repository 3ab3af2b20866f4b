import {
  type AccountId,
  accountIdSchema,
  type ReceiveResult,
  rawHeaderLines,
  receiveWebhook,
  seconds,
  webhookBodyLimit,
} from '@gatewright/payment-core';
import type { MedusaRequest, MedusaResponse } from '@medusajs/framework/http';
import type { MedusaEngine } from '../engine/engine.ts';
import { engineOf } from '../engine/engine-of.ts';
import { readRawBody } from './read-raw-body.ts';

/** Core's route takes a provider with or without `pp_` (contract 3.1); the account is the provider with it. */
export const accountNamed = (name: string): AccountId | undefined =>
  accountIdSchema.safeParse(name.startsWith('pp_') ? name : `pp_${name}`).data;

const notStored: ReceiveResult = { status: 503, reason: 'not-stored' };

const receive = async (
  engine: MedusaEngine,
  account: AccountId,
  request: MedusaRequest,
): Promise<ReceiveResult> => {
  const { ports } = engine;
  const known = await ports.directory.account(account);
  if (!known) return { status: 404, reason: 'account-unknown' };
  const body = await readRawBody(request, webhookBodyLimit);
  if (!body) return { status: 400, reason: 'body-unreadable' };
  const headers = rawHeaderLines(request.rawHeaders);
  return receiveWebhook(ports, known.gateway, account, { headers, body, receivedAt: ports.clock.now() });
};

/** Anybody can have a webhook refused, so refusals of an account are noted seldom. */
const refusalEveryMs = seconds(10);
const refusalNoted = new WeakMap<MedusaEngine, Map<AccountId, number>>();

const isWorthNoting = (engine: MedusaEngine, account: AccountId, status: number, now: number): boolean => {
  if (status === 200) return true;
  const noted = refusalNoted.get(engine) ?? new Map<AccountId, number>();
  refusalNoted.set(engine, noted);
  if (now - (noted.get(account) ?? Number.NEGATIVE_INFINITY) < refusalEveryMs) return false;
  noted.set(account, now);
  return true;
};

/** The owner sees when an account was last heard of, and why it was refused; a webhook is right without it. */
const noteArrival = (engine: MedusaEngine, account: AccountId, { status, reason }: ReceiveResult): void => {
  const now = engine.ports.clock.now();
  if (status === 404 || !isWorthNoting(engine, account, status, now)) return;
  if (status !== 200)
    engine.log.warn(`Gatewright: a webhook for ${account} was refused: ${status} ${reason}.`);
  engine.arrivals.note({ account, at: now, status, reason }).catch(() => {
    engine.log.warn(`Gatewright: the time of a webhook of ${account} could not be noted.`);
  });
};

const received = async (request: MedusaRequest, account: AccountId | undefined): Promise<ReceiveResult> => {
  if (!account) return { status: 404, reason: 'account-unknown' };
  try {
    const engine = await engineOf(request.scope);
    const result = await receive(engine, account, request);
    noteArrival(engine, account, result);
    if (result.status === 200) engine.kick();
    return result;
  } catch {
    return notStored;
  }
};

/**
 * Answers one webhook: verified and stored before the answer, applied by the job runner (invariant 1). Core's own route
 * answers 200 before it has looked at anything and forgets on restart (contract 3.1); this takes its place.
 */
export const receiveGatewayWebhook = async (
  request: MedusaRequest,
  response: MedusaResponse,
  name: string,
): Promise<void> => {
  const { status, reason } = await received(request, accountNamed(name));
  // What was not read of a body that is too long would be taken for the next request.
  if (!request.readableEnded && !request.readableDidRead) response.set('connection', 'close');
  if (status === 413) response.set('connection', 'close');
  response.set('cache-control', 'no-store');
  response.status(status).json({ ok: status === 200, reason });
};
