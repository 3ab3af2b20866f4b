import { type ExactJson, stringifyExactJson } from '@gatewright/payment-core';
import { expect } from 'vitest';
import type { WebhookOnWire } from '../../journey/receiver.ts';
import type { Stage } from '../../journey/stage.ts';
import { signsPartOfBody, signsWholeBody, webhookHas } from '../conditions.ts';
import { expectPaidOnce } from '../expectations.ts';
import { capturePaid, pathOf, signed } from '../signing.ts';
import { stories } from '../story.ts';
import { readBody, withField, withValue, writeBody } from '../webhook-body.ts';
import { asText, withBody } from './forge.ts';
import { refusedStory } from './refused.ts';

const bom = '\uFEFF';
const limit = 1_048_576;

/** The same JSON with white space where no program in use puts it. */
const reserialised = ({ body }: WebhookOnWire): string =>
  stringifyExactJson(readBody(body)).replace(/,"/g, ' ,"').replace(/":/g, '" :');

const text = (stage: Stage, json: string): WebhookOnWire => signed(stage, new TextEncoder().encode(json));

const resigned = (stage: Stage, body: Uint8Array): WebhookOnWire => signed(stage, body);

const inner = (genuine: WebhookOnWire, stage: Stage, value: ExactJson): WebhookOnWire =>
  resigned(stage, withValue(genuine.body, pathOf(stage, 'event'), value));

/** What reaches the parser: bytes changed after they were signed, and rubbish that was genuinely signed. */
export const bodies = stories(
  refusedStory({
    id: 'body-reserialised',
    title: 'the same JSON written differently after it was signed',
    needs: [signsWholeBody],
    status: 401,
    forge: (genuine) => withBody(genuine, reserialised(genuine)),
  }),
  {
    id: 'body-unusual',
    title: 'unusual JSON that the gateway itself signed is accepted',
    needs: [],
    run: async (stage) => {
      const invoice = await stage.checkout();
      const genuine = await capturePaid(stage, invoice);
      expect((await stage.deliver(text(stage, reserialised(genuine)))).status).toBe(200);
      await stage.work();
      await expectPaidOnce(stage, invoice);
    },
  },
  refusedStory({
    id: 'amount-swapped',
    title: 'the amount changed after signing',
    needs: [signsWholeBody, webhookHas('amount')],
    status: 401,
    forge: (genuine, stage) => withBody(genuine, withField(genuine.body, pathOf(stage, 'amount'), '1')),
  }),
  {
    id: 'unsigned-fields-swapped',
    title: 'unsigned fields say what they like: the read alone counts',
    needs: [signsPartOfBody, webhookHas('amount'), webhookHas('reference')],
    run: async (stage) => {
      const other = await stage.checkout({ order: '2' });
      const invoice = await stage.checkout();
      const genuine = await capturePaid(stage, invoice);
      const forged = withField(
        withField(genuine.body, pathOf(stage, 'amount'), '1000000'),
        pathOf(stage, 'reference'),
        other.reference,
      );
      expect((await stage.deliver(withBody(genuine, forged))).status).toBe(200);
      await stage.work();
      await expectPaidOnce(stage, invoice);
      expect((await stage.current(other)).status).toBe('open');
      expect(await stage.reviews()).toEqual([]);
    },
  },
  refusedStory({
    id: 'bom-added',
    title: 'a byte order mark added on the way',
    forge: (genuine) => withBody(genuine, bom + asText(genuine)),
  }),
  refusedStory({
    id: 'bom-signed',
    title: 'a byte order mark that was signed',
    status: 400,
    forge: (genuine, stage) => text(stage, bom + asText(genuine)),
  }),
  refusedStory({
    id: 'garbage-added',
    title: 'garbage behind the body, added on the way',
    forge: (genuine) => withBody(genuine, `${asText(genuine)}x`),
  }),
  refusedStory({
    id: 'garbage-signed',
    title: 'garbage behind the body that was signed',
    status: 400,
    forge: (genuine, stage) => text(stage, `${asText(genuine)}{}`),
  }),
  refusedStory({
    id: 'body-empty',
    title: 'no body under the genuine signature',
    forge: (genuine) => withBody(genuine, ''),
  }),
  refusedStory({
    id: 'body-cut',
    title: 'a signed body that ends in the middle',
    status: 400,
    forge: (genuine, stage) => text(stage, asText(genuine).slice(0, -1)),
  }),
  refusedStory({
    id: 'body-too-large',
    title: 'a signed body of more than 1 MiB',
    status: 413,
    forge: (genuine, stage) => text(stage, asText(genuine).padEnd(limit + 1)),
  }),
  refusedStory({
    id: 'body-too-deep',
    title: 'a signed body with a hundred thousand brackets',
    status: 400,
    forge: (genuine, stage) => {
      const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
      return text(stage, asText(genuine).replace(/\}\s*$/, `,"deep":${deep}}`));
    },
  }),
  refusedStory({
    id: 'body-not-utf8',
    title: 'a signed body that is not UTF-8',
    status: 400,
    forge: (genuine, stage) => {
      const at = genuine.body.lastIndexOf(0x7d);
      const bytes = [...genuine.body.slice(0, at), ...Buffer.from(',"x":"'), 0xff, 0xfe, 0x22, 0x7d];
      return resigned(stage, Uint8Array.from(bytes));
    },
  }),
  refusedStory({
    id: 'proto-key',
    title: 'a signed body with the key `__proto__`',
    status: 400,
    forge: (genuine, stage) =>
      text(stage, asText(genuine).replace(/\}\s*$/, ',"__proto__":{"polluted":true}}')),
  }),
  refusedStory({
    id: 'proto-key-escaped',
    title: 'a signed body with the key `__proto__` in escapes',
    status: 400,
    forge: (genuine, stage) =>
      text(stage, asText(genuine).replace(/\}\s*$/, ',"__\\u0070roto__":{"polluted":true}}')),
  }),
  refusedStory({
    id: 'key-repeated',
    title: 'a signed body with a key twice',
    status: 400,
    forge: (genuine, stage) => {
      const [key = ''] = Object.keys(readBody(genuine.body));
      return text(stage, asText(genuine).replace(/^\s*\{/, `{${JSON.stringify(key)}:"first",`));
    },
  }),
  refusedStory({
    id: 'key-repeated-equally',
    title: 'a signed body with a key twice and the same value',
    status: 400,
    forge: (genuine, stage) => {
      const [entry] = Object.entries(readBody(genuine.body));
      const [key = '', value = null] = entry ?? [];
      const again = `${JSON.stringify(key)}:${stringifyExactJson(value)}`;
      return text(stage, asText(genuine).replace(/^\s*\{/, `{${again},`));
    },
  }),
  refusedStory({
    id: 'array-for-object',
    title: 'a signed array with the object in it',
    forge: (genuine, stage) => resigned(stage, writeBody([readBody(genuine.body)])),
  }),
  refusedStory({
    id: 'string-for-object',
    title: 'a signed string with the object in it',
    forge: (genuine, stage) => resigned(stage, writeBody(asText(genuine))),
  }),
  refusedStory({
    id: 'null-for-object',
    title: 'a signed null',
    forge: (_genuine, stage) => text(stage, 'null'),
  }),
  refusedStory({
    id: 'object-for-text',
    title: 'a signed body with an object where its event stands',
    needs: [webhookHas('event')],
    forge: (genuine, stage) => inner(genuine, stage, { a: 'b' }),
  }),
  refusedStory({
    id: 'array-for-text',
    title: 'a signed body with an array where its event stands',
    needs: [webhookHas('event')],
    forge: (genuine, stage) => inner(genuine, stage, ['payment']),
  }),
  refusedStory({
    id: 'fields-missing',
    title: 'a signed body with nothing but its event',
    needs: [webhookHas('event')],
    forge: (genuine, stage) => {
      const { body } = genuine;
      const [key] = pathOf(stage, 'event');
      return resigned(stage, writeBody({ [key]: readBody(body)[key] ?? null }));
    },
  }),
);
