import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { gatewayById, type RegisteredGateway } from '../../../src/gateways/registry.ts';
import { refuse, type WebhookRequest, type WebhookVerdict } from '../../../src/gateways/webhook.ts';
import type { ViolationKind } from '../check/violation.ts';
import { field, readTree, textOf } from '../input/json-tree.ts';
import { subjects } from '../subjects/index.ts';

type Receive = RegisteredGateway['receiveWebhook'];

/** A verifier with one mistake, most of them seen in published code (gateways.md section 9). */
export interface PlantedBug {
  readonly name: string;
  readonly found: ViolationKind;
  readonly gateway: RegisteredGateway;
}

const genuine = (id: string): RegisteredGateway => {
  const gateway = gatewayById(id);
  if (gateway === undefined) throw new Error(`no gateway ${id}`);
  return gateway;
};

const bug = (
  id: string,
  name: string,
  found: ViolationKind,
  receive: (honest: Receive) => Receive,
): PlantedBug => {
  const gateway = genuine(id);
  return { name, found, gateway: { ...gateway, receiveWebhook: receive(gateway.receiveWebhook) } };
};

const mapLines = (
  request: WebhookRequest,
  name: string,
  change: (value: string) => string,
): WebhookRequest => ({
  ...request,
  headers: request.headers.map(([line, value]): readonly [string, string] =>
    line.toLowerCase() === name ? [line, change(value)] : [line, value],
  ),
});

const lineOf = ({ headers }: WebhookRequest, name: string): string | undefined =>
  headers.find(([line]) => line.toLowerCase() === name)?.[1];

/** The token of the account that is asked; the planted verifiers below sign on their own. */
const cryptoPayKey = (config: unknown): Buffer => {
  const token =
    typeof config === 'object' && config !== null && 'token' in config ? String(config.token) : '';
  return createHash('sha256').update(token).digest();
};

const firstAccountOf = (id: string): unknown =>
  subjects.find(({ gateway }) => gateway === id)?.accounts[0].config;

/** Signs what JSON.parse and JSON.stringify leave of the body, then hands it on as if it had come like that. */
const overReserialised =
  (honest: Receive): Receive =>
  (config, request) => {
    const tree = readTree(request.body);
    if (tree === undefined) return honest(config, request);
    const text = JSON.stringify(JSON.parse(Buffer.from(request.body).toString('utf8')));
    const verdict = honest(config, { ...request, body: Buffer.from(text) });
    return verdict;
  };

const withFacts = (verdict: WebhookVerdict, change: (fact: object) => object): WebhookVerdict =>
  // A planted bug builds facts that the types would not let it build.
  verdict.ok ? { ...verdict, facts: verdict.facts.map(change) as typeof verdict.facts } : verdict;

export const plantedBugs: readonly PlantedBug[] = [
  bug(
    'crypto-pay',
    'CP-4: hex is read up to the first character that is none',
    'accepted-unsigned',
    (honest) => (config, request) =>
      honest(
        config,
        mapLines(request, 'crypto-pay-api-signature', (value) => Buffer.from(value, 'hex').toString('hex')),
      ),
  ),
  bug(
    'crypto-pay',
    'CP-4: a signature of another length makes it throw',
    'threw',
    (honest) => (config, request) => {
      const mac = createHmac('sha256', cryptoPayKey(config)).update(request.body).digest();
      const given = Buffer.from(lineOf(request, 'crypto-pay-api-signature') ?? '', 'hex');
      return timingSafeEqual(mac, given)
        ? honest(config, request)
        : refuse('signature', 'signature-mismatch');
    },
  ),
  bug('crypto-pay', 'CP-3: the re-serialised body is verified', 'accepted-unsigned', overReserialised),
  bug(
    'crypto-pay',
    'CP-3: a genuine body in another serialisation is refused',
    'refused-genuine',
    overReserialised,
  ),
  bug(
    'ton-nft',
    'upper-case hex is refused',
    'refused-genuine',
    (honest) => (config, request) =>
      /[A-F]/.test(lineOf(request, 'x-signature') ?? '')
        ? refuse('signature', 'signature-malformed')
        : honest(config, request),
  ),
  bug(
    'ton-nft',
    'NFT-6: the unsigned header is not compared',
    'accepted-unsigned',
    (honest) => (config, request) =>
      honest(config, {
        ...request,
        headers: request.headers.filter(([name]) => name.toLowerCase() !== 'x-payment-id'),
      }),
  ),
  bug(
    'teleport-pay',
    "invariant 6: every account is verified with the first one's secret",
    'accepted-unsigned',
    (honest) => (_config, request) => honest(firstAccountOf('teleport-pay'), request),
  ),
  bug(
    'teleport-pay',
    'invariant 7: the amount goes through a float',
    'fact-differs',
    (honest) => (config, request) =>
      withFacts(honest(config, request), (fact) => {
        if (!('quoted' in fact) || typeof fact.quoted !== 'object' || fact.quoted === null) return fact;
        const amount = 'amount' in fact.quoted ? String(fact.quoted.amount) : '0';
        return { ...fact, quoted: { ...fact.quoted, amount: Number(amount).toFixed(2) } };
      }),
  ),
  bug(
    'cryptopayment-center',
    'CPC-1: the unsigned status is believed',
    'fact-differs',
    (honest) => (config, request) =>
      withFacts(honest(config, request), (fact) => {
        const status = textOf(field(readTree(request.body), 'status'));
        return status === 'confirmed' ? { ...fact, status: 'paid' } : fact;
      }),
  ),
  bug(
    'cryptopayment-center',
    'CPC-1: the unsigned transaction is taken over',
    'fact-differs',
    (honest) => (config, request) =>
      withFacts(honest(config, request), (fact) => ({
        ...fact,
        transaction: textOf(field(readTree(request.body), 'txid')) ?? null,
      })),
  ),
  bug('gatenoc', 'GN-3: a stale request is taken', 'accepted-unsigned', (honest) => (config, request) => {
    const time = Number(lineOf(request, 'x-gateway-timestamp')) * 1_000;
    const inTime = { ...request, receivedAt: Number.isFinite(time) ? time : request.receivedAt };
    return withFacts(honest(config, inTime), (fact) => ({ ...fact, asOf: request.receivedAt }));
  }),
  bug(
    'gatenoc',
    'GN-3: what nobody signed is worth a read',
    'hint-unsigned',
    (honest) => (config, request) => {
      const verdict = honest(config, request);
      const reference = textOf(field(readTree(request.body), 'note')) ?? null;
      return verdict.ok || reference === null
        ? verdict
        : { ...verdict, hint: { gatewayPaymentId: null, reference } };
    },
  ),
  bug(
    'crypto-pay',
    'a text that PostgreSQL refuses is passed on',
    'fact-unstorable',
    (honest) => (config, request) =>
      withFacts(honest(config, request), (fact) => ({ ...fact, transaction: 'a\u0000b' })),
  ),
  bug('ton-nft', 'invariant 16: the answer depends on what came before', 'not-pure', (honest) => {
    let calls = 0;
    return (config, request) => {
      const verdict = honest(config, request);
      calls += 1;
      return verdict.ok ? { ...verdict, dedupeKey: `${verdict.dedupeKey}-${calls}` } : verdict;
    };
  }),
  bug('gatenoc', 'the first try is refused, the next one taken', 'inbox-differs', (honest) => {
    const seen = new WeakSet<Uint8Array>();
    return (config, request) => {
      const verdict = honest(config, request);
      if (seen.has(request.body)) return verdict;
      seen.add(request.body);
      return refuse('schema', 'not-yet');
    };
  }),
];

/** Longest run of equal bytes, which the planted bug below looks for from every place anew. */
const longestRun = (body: Uint8Array): number => {
  let longest = 0;
  let run = 0;
  for (let at = 0; at < body.length; at += 1) {
    run = at > 0 && body[at] === body[at - 1] ? run + 1 : 1;
    longest = Math.max(longest, run);
  }
  return longest;
};

/** Takes time in the square of a run's length: a million steps a millisecond, on a clock that counts the steps. */
export const quadraticBug = (): { readonly gateway: RegisteredGateway; readonly now: () => number } => {
  let ms = 0;
  const { gateway } = bug('gatenoc', 'quadratic', 'slow', (honest) => (config, request) => {
    ms += longestRun(request.body) ** 2 / 2 / 1_000_000;
    return honest(config, request);
  });
  return { gateway, now: () => ms };
};
