import type {
  GatewayAccount,
  HeaderLines,
  RegisteredGateway,
  WebhookRequest,
} from '@gatewright/payment-core';
import { describe, expect, it } from 'vitest';
import { checkAgreement } from '../../src/gateway/agreement.ts';
import { playStory } from '../../src/gateway/describe-gateway.ts';
import { dust } from '../../src/gateway/lifecycle/dust.ts';
import { appliesTo } from '../../src/gateway/story.ts';
import { storiesOfGateway } from '../../src/gateway/story-table.ts';
import type { GatewaySubject } from '../../src/gateway/subject.ts';
import { cryptoPay } from './subjects/crypto-pay.ts';
import { cryptoPaymentCenter } from './subjects/cryptopayment-center.ts';
import { gatenoc } from './subjects/gatenoc.ts';
import { teleportPay } from './subjects/teleport-pay.ts';

/** A gateway whose adapter reads something else than what arrived. */
const reading =
  (change: (request: WebhookRequest) => WebhookRequest) =>
  (subject: GatewaySubject): GatewaySubject => ({
    ...subject,
    gateway: {
      ...subject.gateway,
      receiveWebhook: (config, request) => subject.gateway.receiveWebhook(config, change(request)),
    },
  });

const signatureLines =
  (change: (values: readonly string[]) => readonly string[]) =>
  (subject: GatewaySubject): GatewaySubject => {
    const name = subject.webhook.signature.name.toLowerCase();
    const isSignature = ([line]: HeaderLines[number]) => line.toLowerCase() === name;
    return reading((request) => {
      const values = request.headers.filter(isSignature).map(([, value]) => value);
      const others = request.headers.filter((line) => !isSignature(line));
      const lines = change(values).map((value): [string, string] => [name, value]);
      return { ...request, headers: [...others, ...lines] };
    })(subject);
  };

const withGateway = (subject: GatewaySubject, change: Partial<RegisteredGateway>): GatewaySubject => ({
  ...subject,
  gateway: { ...subject.gateway, ...change },
});

const calling =
  (change: (account: GatewayAccount) => Partial<GatewayAccount>) =>
  (subject: GatewaySubject): GatewaySubject =>
    withGateway(subject, {
      connect: (config, context) => {
        const account = subject.gateway.connect(config, context);
        return account && { ...account, ...change(account) };
      },
    });

const utf8 = new TextEncoder();
const textOf = ({ body }: WebhookRequest): string => Buffer.from(body).toString('utf8');

const reparsed = reading((request) => {
  try {
    return { ...request, body: utf8.encode(JSON.stringify(JSON.parse(textOf(request)))) };
  } catch {
    return request;
  }
});

const unknownIsPaid = (subject: GatewaySubject): GatewaySubject =>
  withGateway(subject, {
    receiveWebhook: (config, request) => {
      const verdict = subject.gateway.receiveWebhook(config, request);
      if (!verdict.ok) return verdict;
      const facts = verdict.facts.map((fact) =>
        fact.status === 'unknown'
          ? ({ ...fact, status: 'paid', received: 'attested', final: true } as const)
          : fact,
      );
      return { ...verdict, facts };
    },
  });

const acceptsAll = (subject: GatewaySubject): GatewaySubject =>
  withGateway(subject, {
    receiveWebhook: (config, request) => {
      const verdict = subject.gateway.receiveWebhook(config, request);
      return verdict.ok ? verdict : { ok: true, facts: [], dedupeKey: 'refused', ignored: verdict.reason };
    },
  });

const throwing = (subject: GatewaySubject): GatewaySubject =>
  withGateway(subject, {
    receiveWebhook: (config, request) => {
      const verdict = subject.gateway.receiveWebhook(config, request);
      if (!verdict.ok) throw new RangeError('Input buffers must have the same byte length');
      return verdict;
    },
  });

/** A gateway that lets a fact pass for more than it is. */
const believing = (status: 'processing' | 'open', subject: GatewaySubject): GatewaySubject =>
  calling(({ readInvoices }) => ({
    readInvoices: async (handles) => {
      const read = await readInvoices?.(handles);
      if (read?.outcome !== 'read') return read ?? { outcome: 'unavailable', reason: 'none' };
      const facts = new Map(
        [...read.facts].map(([id, of]) => [
          id,
          of.map((fact) =>
            fact.status === status
              ? ({ ...fact, status: 'paid', received: 'attested', final: true } as const)
              : fact,
          ),
        ]),
      );
      return { ...read, facts };
    },
  }))(subject);

const twice = calling(({ createInvoice, refund }) => ({
  createInvoice: async (request) => {
    const first = await createInvoice(request);
    return first.outcome === 'ambiguous' ? createInvoice(request) : first;
  },
  ...(refund
    ? {
        refund: async (request: Parameters<typeof refund>[0]) => {
          const first = await refund(request);
          return first.outcome === 'ambiguous' ? refund(request) : first;
        },
      }
    : {}),
}));

const defects: readonly (readonly [defect: string, caughtBy: string, planted: GatewaySubject])[] = [
  ['verifies re-serialised JSON (CP-3)', 'body-reserialised', reparsed(cryptoPay)],
  ['refuses what another program serialised (CP-3)', 'body-unusual', reparsed(teleportPay)],
  [
    'stops reading a signature at the first character that is not hex (CP-4)',
    'signature-garbage',
    signatureLines((values) => values.map((value) => value.slice(0, 64)))(cryptoPay),
  ],
  [
    'takes the first of two joined signatures (CP-4)',
    'signature-comma-joined',
    signatureLines((values) => values.map((value) => value.split(',')[0] ?? ''))(cryptoPay),
  ],
  [
    'takes the last of several signature lines',
    'signature-repeated-differently',
    signatureLines((values) => values.slice(-1))(teleportPay),
  ],
  [
    'knows lower-case digits only (NFT-7)',
    'signature-upper-case',
    signatureLines((values) => values.map((value) => (/[A-F]/.test(value) ? 'no' : value)))(cryptoPay),
  ],
  ['throws on a short signature (NFT-7)', 'signature-short', throwing(teleportPay)],
  ['answers 200 to whatever it refuses', 'signature-wrong', acceptsAll(gatenoc)],
  ['takes an unknown status for paid', 'unknown-status', unknownIsPaid(teleportPay)],
  ['takes confirming for paid', 'seen', believing('processing', cryptoPaymentCenter)],
  ['takes any answer of a read for paid', 'signed-but-denied', believing('open', cryptoPaymentCenter)],
  ['sends an unanswered create call again', 'create-lost', twice(teleportPay)],
  ['sends an unanswered refund again', 'refund-unanswered', twice(gatenoc)],
  [
    'has no window for the time under the signature (GN-3)',
    'replay-later',
    reading((request) => {
      const seconds = request.headers.find(([name]) => name.toLowerCase() === 'x-gateway-timestamp')?.[1];
      return { ...request, receivedAt: Number(seconds) * 1_000 };
    })(gatenoc),
  ],
  [
    'creates each invoice twice',
    'same-request',
    calling(({ createInvoice }) => ({
      createInvoice: async (request) => {
        await createInvoice(request);
        return createInvoice(request);
      },
    }))(teleportPay),
  ],
];

describe('a battery that cannot fail proves nothing', () => {
  it.each(defects)('an adapter that %s is caught by %s', async (_defect, caughtBy, planted) => {
    const { lifecycle, hostile } = storiesOfGateway(planted);
    const found = [...lifecycle, ...hostile].find(({ story }) => story.id === caughtBy);
    if (found?.applies !== true) throw new Error(`no such story: ${caughtBy}`);
    await expect(playStory(found.story, planted)).rejects.toThrow();
  });

  it.each(dust.map((story) => [story.id, story] as const))(
    'a store that knows no dust is caught by %s',
    async (_id, story) => {
      const withoutDust = { ...story, settings: { policy: { dustPercent: '0' } } };
      expect(appliesTo(story, cryptoPaymentCenter)).toBe(true);
      await expect(playStory(withoutDust, cryptoPaymentCenter)).rejects.toThrow();
    },
  );

  it('a capability without a call behind it is caught', async () => {
    const { capabilities } = teleportPay.gateway;
    const boasting = withGateway(teleportPay, { capabilities: { ...capabilities, cancel: true } });
    await expect(checkAgreement(boasting)).rejects.toThrow();
  });

  it('a story that is ruled out although the bench can play it is caught', async () => {
    const { happens } = teleportPay;
    const shy = { ...teleportPay, happens: { ...happens, failed: 'we would rather not' } };
    await expect(checkAgreement(shy)).rejects.toThrow();
  });
});
