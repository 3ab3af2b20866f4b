import { type GatewayId, gatewayIds } from '@gatewright/gateway-simulator';
import type { Budget } from '../budget.ts';
import { compare, interleave, type Samples } from '../measure/rounds.ts';
import type { Figure, Target } from '../report/row.ts';
import { type GenuineWebhook, genuineWebhook } from './genuine.ts';
import { paddedTo1Kb } from './pad.ts';
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

const otherDigit = (mac: string): string => (mac.startsWith('0') ? '1' : '0') + mac.slice(1);

/** Every hex digit but the first stays: as well-formed as the genuine one, wherever the signature stands. */
const forge = ({ headers, body }: GenuineWebhook): Pick<GenuineWebhook, 'headers' | 'body'> => ({
  headers: headers.map(([name, value]) => [name, value.replace(/[0-9a-f]{64}$/, otherDigit)]),
  body: Buffer.from(
    Buffer.from(body)
      .toString('utf8')
      .replace(/(?<="signature": ?")[0-9a-f]{64}/, otherDigit),
  ),
});

const refusing = (genuine: GenuineWebhook): Verify => {
  const { gateway, config, sentAt } = genuine;
  const forged = forge(genuine);
  return () => {
    const verdict = gateway.receiveWebhook(config, { ...forged, receivedAt: sentAt });
    if (verdict.ok || verdict.reason !== 'signature-mismatch')
      throw new Error('a forged webhook was not refused');
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

/** Beside what others do: Crypto Pay's webhook, which is 1 KB as it comes and has the most fields. */
const peerFigures = async (rounds: number): Promise<readonly Figure[]> => {
  const genuine = await genuineWebhook('crypto-pay');
  const { body } = genuine;
  const samples = await measured(
    {
      ours: accepting(genuine),
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
  ): Figure => ({ name, unit: 'per s', target, ...compare(samples.ours, samples[other]) });
  return [
    beside('verify crypto-pay: beside svix, which gives no facts', 'svix', faster),
    beside('verify crypto-pay: beside standardwebhooks, which gives no facts', 'standardwebhooks', faster),
    beside("verify crypto-pay: beside stripe's constructEvent", 'stripe', null),
    beside('verify crypto-pay: beside the bare check with a prepared KeyObject', 'prepared', null),
  ];
};

/** (a) and (b) for one gateway. */
const gatewayFigures = async (id: GatewayId, rounds: number): Promise<readonly Figure[]> => {
  const genuine = paddedTo1Kb(id, await genuineWebhook(id));
  const { body } = genuine;
  const forged = refusing(genuine);
  const samples = await measured({ ours: accepting(genuine), bare: bareVerify(body), forged }, rounds);
  return [
    {
      name: `verify ${id}, ${body.length} B: beside createHmac + timingSafeEqual + JSON.parse`,
      unit: 'per s',
      target: atLeast(0.35),
      ...compare(samples.ours, samples.bare),
    },
    {
      name: `refuse a forged webhook of ${id}: beside accepting one`,
      unit: 'per s',
      target: atLeast(1.5),
      ...compare(samples.forged, samples.ours),
      ...(id === 'cryptopayment-center'
        ? { note: 'its signature is a field of the body, which is parsed first' }
        : {}),
    },
  ];
};

/** Verifying in one process: no socket and no disk. */
export const verifyFigures = async ({ rounds }: Budget): Promise<readonly Figure[]> => {
  const figures: Figure[] = [];
  for (const id of gatewayIds) figures.push(...(await gatewayFigures(id, rounds)));
  return [...figures, ...(await peerFigures(rounds))];
};
