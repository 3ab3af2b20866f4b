import { setTimeout as wait } from 'node:timers/promises';
import { addDecimal, type Decimal, parseDecimal } from '@gatewright/payment-core';
import * as z from 'zod';
import type { Stage } from '../stage.ts';

const amount = z.string().transform((text, context): Decimal => {
  const decimal = parseDecimal(text);
  if (decimal === undefined) context.addIssue('not an amount');
  return decimal ?? zero;
});
const page = z.object({
  data: z.array(z.object({ id: z.union([z.string(), z.number()]), refunded_amount: amount })),
  last_page: z.number(),
});

// A plain number is a decimal.
export const zero = '0' as Decimal;

/** One page of the merchant's own list, asked again while the gateway is made to fail. */
const askPage = async ({ simulators }: Stage, n: number): Promise<z.output<typeof page>> => {
  const { merchantId, apiKey, baseUrl } = simulators.gateways.gatenoc.config;
  const headers = { authorization: `Bearer ${apiKey}`, merchant: merchantId };
  for (let tries = 1; tries <= 50; tries += 1) {
    const url = `${baseUrl}/payments?per_page=100&page=${n}`;
    const answer = await fetch(url, { headers }).catch(() => undefined);
    if (answer?.status === 200) return page.parse(await answer.json());
    await wait(100);
  }
  throw new Error('chaos: the list of payments at Gatenoc cannot be read');
};

/** What Gatenoc itself says it has paid back, by the id of the payment. */
export const refundedAtGatenoc = async (stage: Stage): Promise<ReadonlyMap<string, Decimal>> => {
  const byRecord = new Map<string, Decimal>();
  for (let n = 1, last = 1; n <= last; n += 1) {
    const { data, last_page } = await askPage(stage, n);
    for (const { id, refunded_amount } of data) byRecord.set(String(id), refunded_amount);
    last = last_page;
  }
  return new Map(
    stage.simulators.gateways.gatenoc
      .payments()
      .map(({ id, records = [] }) => [
        id,
        records.map((record) => byRecord.get(record) ?? zero).reduce(addDecimal, zero),
      ]),
  );
};
