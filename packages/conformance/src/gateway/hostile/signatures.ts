import { days } from '@gatewright/payment-core';
import { expect } from 'vitest';
import { signatureInBody, signsTime } from '../conditions.ts';
import { expectPaidOnce } from '../expectations.ts';
import { capturePaid, configOf, signed } from '../signing.ts';
import { stories } from '../story.ts';
import { withDigits, withoutSignature, withSignatureJson, withSignatureValue } from './forge.ts';
import { refusedStory } from './refused.ts';

/** Signatures that are none, and the one unusual one that is. */
export const signatures = stories(
  refusedStory({
    id: 'signature-missing',
    title: 'no signature',
    status: 401,
    forge: (genuine, { subject }) => withoutSignature(genuine, subject.webhook),
  }),
  refusedStory({
    id: 'signature-empty',
    title: 'an empty signature',
    status: 401,
    forge: (genuine, { subject }) => withSignatureValue(genuine, subject.webhook, () => ''),
  }),
  refusedStory({
    id: 'signature-short',
    title: 'a signature that lacks a digit',
    status: 401,
    forge: (genuine, { subject }) => withDigits(genuine, subject.webhook, (hex) => hex.slice(0, -1)),
  }),
  refusedStory({
    id: 'signature-stump',
    title: 'a signature of two digits',
    status: 401,
    forge: (genuine, { subject }) => withDigits(genuine, subject.webhook, (hex) => hex.slice(0, 2)),
  }),
  refusedStory({
    id: 'signature-long',
    title: 'a signature with a digit too many',
    status: 401,
    forge: (genuine, { subject }) => withDigits(genuine, subject.webhook, (hex) => `${hex}a`),
  }),
  refusedStory({
    id: 'signature-garbage',
    title: 'a signature with garbage behind it',
    status: 401,
    forge: (genuine, { subject }) => withDigits(genuine, subject.webhook, (hex) => `${hex}zz`),
  }),
  refusedStory({
    id: 'signature-not-hex',
    title: 'a signature of 64 characters that are not hexadecimal',
    status: 401,
    forge: (genuine, { subject }) => withDigits(genuine, subject.webhook, () => 'g'.repeat(64)),
  }),
  refusedStory({
    id: 'signature-not-ascii',
    title: 'a signature of characters beyond ASCII',
    status: 401,
    forge: (genuine, { subject }) => withDigits(genuine, subject.webhook, () => 'é'.repeat(64)),
  }),
  refusedStory({
    id: 'signature-wrong',
    title: 'a signature with one digit changed',
    status: 401,
    forge: (genuine, { subject }) =>
      withDigits(genuine, subject.webhook, (hex) => `${hex.startsWith('0') ? '1' : '0'}${hex.slice(1)}`),
  }),
  refusedStory({
    id: 'signature-comma-joined',
    title: 'two signatures joined by a comma',
    status: 401,
    forge: (genuine, { subject }) => withDigits(genuine, subject.webhook, (hex) => `${hex}, ${hex}`),
  }),
  refusedStory({
    id: 'signature-repeated',
    title: 'the signature twice',
    status: 401,
    forge: (genuine, { subject }) =>
      withDigits(
        genuine,
        subject.webhook,
        (hex) => hex,
        (hex) => hex,
      ),
  }),
  refusedStory({
    id: 'signature-repeated-differently',
    title: 'a wrong signature before the right one',
    status: 401,
    forge: (genuine, { subject }) =>
      withDigits(
        genuine,
        subject.webhook,
        () => '0'.repeat(64),
        (hex) => hex,
      ),
  }),
  ...(['null', '["a"]', '{"a":1}', '5', 'true'] as const).map((json) =>
    refusedStory({
      id: `signature-json-${json.replace(/\W/g, '') || 'other'}`,
      title: `a signature field that holds \`${json}\``,
      needs: [signatureInBody],
      status: 401,
      forge: (genuine, { subject }) => withSignatureJson(genuine, subject.webhook, json),
    }),
  ),
  {
    id: 'signature-upper-case',
    title: 'upper-case digits are accepted: one rule for all gateways',
    needs: [],
    run: async (stage) => {
      const invoice = await stage.checkout();
      const genuine = await capturePaid(stage, invoice);
      const upper = withDigits(genuine, stage.subject.webhook, (hex) => hex.toUpperCase());
      expect((await stage.deliver(upper)).status).toBe(200);
      await stage.work();
      await expectPaidOnce(stage, invoice);
    },
  },
  refusedStory({
    id: 'another-secret',
    title: "signed with another account's secret",
    status: 401,
    forge: async (genuine, stage) => signed(stage, genuine.body, await stage.openSeat('other')),
  }),
  refusedStory({
    id: 'empty-secret',
    title: 'signed with an empty secret',
    status: 401,
    forge: ({ body }, { subject: { webhook }, main, ports }) =>
      webhook.sign({ ...configOf(main), [webhook.secret]: '' }, body, ports.clock.now()),
  }),
  {
    id: 'configured-empty-secret',
    title: 'an account whose secret is empty believes nobody, least of all who signs with nothing',
    needs: [],
    run: async (stage) => {
      const { gateway, webhook } = stage.subject;
      const invoice = await stage.checkout();
      const { body, at } = await capturePaid(stage, invoice);
      for (const empty of ['', ' ', '\n']) {
        const config = { ...configOf(stage.main), [webhook.secret]: empty };
        expect(gateway.readConfig(config).ok).toBe(false);
        const forged = webhook.sign(config, body, at);
        expect(gateway.receiveWebhook(config, { ...forged, receivedAt: at })).toMatchObject({ ok: false });
      }
    },
  },
  {
    id: 'signed-for-tomorrow',
    title: 'genuinely signed for a time that has not come: refused, and nothing is taken from it',
    needs: [signsTime],
    run: async (stage) => {
      const invoice = await stage.checkout();
      const { body } = await capturePaid(stage, invoice);
      const tomorrow = stage.ports.clock.now() + days(1);
      const before = await stage.state();
      const early = stage.subject.webhook.sign(configOf(stage.main), body, tomorrow);
      expect((await stage.deliver(early)).status).toBe(401);
      expect(await stage.state()).toEqual(before);
    },
  },
);
