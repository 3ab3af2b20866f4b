import { type GatewayId, gatewayIds } from '@gatewright/gateway-simulator';
import type { HeaderLines } from '@gatewright/payment-core';
import { compare, interleave, type Samples } from '../measure/rounds.ts';
import type { Figure, Target } from '../report/row.ts';
import { type GenuineWebhook, genuineWebhook } from './genuine.ts';
import {
  bareVerify,
  preparedVerify,
  standardWebhooksVerify,
  stripeVerify,
  svixVerify,
  type Verify,
} from './peers.ts';
import { perSecond } from './per-second.ts';

const atLeast = (value: number): Target => ({ of: 'ratio', relation: '≥', value });
const faster: Target = { of: 'ratio', relation: '>', value: 1 };

/** The whole adapter: configuration, signature, exact parse, schema, facts, event key. Throws unless it accepts. */
const accepting = ({ gateway, config, headers, body, sentAt }: GenuineWebhook): Verify => {
  return () => {
    const verdict = gateway.receiveWebhook(config, { headers, body, receivedAt: sentAt });
    if (!verdict.ok) throw new Error(verdict.reason);
    return verdict.facts;
  };
};

/** Every hex digit but the first stays: as well-formed as the genuine one. */
const forge = (headers: HeaderLines): HeaderLines =>
  headers.map(([name, value]) => [
    name,
    value.replace(/[0-9a-f]{64}$/, (hex) => (hex.startsWith('0') ? '1' : '0') + hex.slice(1)),
  ]);

const refusing = ({ gateway, config, headers, body, sentAt }: GenuineWebhook): Verify => {
  const forged = forge(headers);
  return () => {
    const verdict = gateway.receiveWebhook(config, { headers: forged, body, receivedAt: sentAt });
    if (verdict.ok || verdict.layer !== 'signature') throw new Error('a forged webhook was not refused');
    return verdict;
  };
};

const measured = async <Name extends string>(
  work: Readonly<Record<Name, Verify>>,
  rounds: number,
): Promise<Samples<Name>> => {
  const contestants = Object.fromEntries(
    Object.entries<Verify>(work).map(([name, verify]) => [name, () => perSecond(name, verify)]),
  );
  // The same names as `work` has; Object.fromEntries cannot carry that in its type.
  return interleave(contestants as Record<Name, () => number>, rounds);
};

/** (a) and (b) with Crypto Pay, whose webhook is 1 KB as it comes. */
const cryptoPayFigures = async (rounds: number): Promise<readonly Figure[]> => {
  const genuine = await genuineWebhook('crypto-pay');
  const { body } = genuine;
  const samples = await measured(
    {
      ours: accepting(genuine),
      forged: refusing(genuine),
      bare: bareVerify(body),
      prepared: preparedVerify(body),
      svix: svixVerify(body),
      standardwebhooks: standardWebhooksVerify(body),
      stripe: stripeVerify(body),
    },
    rounds,
  );
  const beside = (
    name: string,
    other: Exclude<keyof typeof samples, 'ours'>,
    target: Target | null,
  ): Figure => ({
    name,
    unit: 'per s',
    target,
    ...compare(samples.ours, samples[other]),
  });
  return [
    beside(
      `receive ${body.length} B: beside createHmac + timingSafeEqual + JSON.parse`,
      'bare',
      atLeast(0.35),
    ),
    beside('receive: beside the same with a prepared KeyObject', 'prepared', atLeast(0.35)),
    beside('receive: beside svix', 'svix', faster),
    beside('receive: beside standardwebhooks', 'standardwebhooks', faster),
    beside("receive: beside stripe's constructEvent", 'stripe', null),
    {
      name: 'refuse a forged webhook: beside accepting one',
      unit: 'per s',
      target: atLeast(1.5),
      ...compare(samples.forged, samples.ours),
    },
  ];
};

/** The other gateways' webhooks are shorter, so that what does not depend on the length weighs more. */
const gatewayFigure = async (id: GatewayId, rounds: number): Promise<Figure> => {
  const genuine = await genuineWebhook(id);
  const samples = await measured({ ours: accepting(genuine), bare: bareVerify(genuine.body) }, rounds);
  return {
    name: `receive ${genuine.body.length} B of ${id}: beside the bare check of the same bytes`,
    unit: 'per s',
    target: null,
    ...compare(samples.ours, samples.bare),
  };
};

/** Verifying in one process: no socket and no disk. */
export const verifyFigures = async (rounds: number): Promise<readonly Figure[]> => {
  const figures = [...(await cryptoPayFigures(rounds))];
  for (const id of gatewayIds) {
    if (id !== 'crypto-pay') figures.push(await gatewayFigure(id, Math.ceil(rounds / 2)));
  }
  return figures;
};
