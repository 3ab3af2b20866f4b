import * as z from 'zod';
import { type Answer, readAnswer, statusReason } from '../gateways/json-answer.ts';
import type { HttpClient } from '../http/http-client.ts';
import { seconds } from '../identity/clock.ts';
import { parseCurrency } from '../money/currency.ts';
import type { ExactJson } from '../money/exact-json.ts';
import { wireAmount, wireInstant, wireText, wireUnixSeconds } from '../money/wire.ts';
import { type AnsweredRatesSettings, createAnsweredRates, ratesOrNone } from './answered-rates.ts';
import { atPointer, isJsonPointer } from './json-pointer.ts';
import type { RateSource } from './rate-source.ts';
import { directRate, isPlausibleRate, type RateRow } from './rate-table.ts';

/** A checkout waits for it, so it has less time than other calls. */
const timeoutMs = seconds(4);

const code = wireText.transform((text, context) => {
  const parsed = parseCurrency(text);
  if (parsed !== undefined) return parsed;
  context.addIssue({ code: 'custom', message: 'not-a-currency' });
  return z.NEVER;
});
const rateValue = wireAmount.refine(isPlausibleRate, 'not-a-rate');

const rowSchema = z
  .object({ from: code, to: code, value: rateValue, at: z.union([wireInstant, wireUnixSeconds]) })
  .refine(({ from, to }) => from !== to, 'rate-of-a-currency-in-itself');

/** One unreadable row must not hide the others. */
const rows = z.array(z.unknown()).transform((items) =>
  items.flatMap((item): readonly RateRow[] => {
    const row = rowSchema.safeParse(item);
    return row.success ? [row.data] : [];
  }),
);

/** `[{from, to, value, at}, …]`, the same under `rates`, or one such object. */
const rowsAnswer = z.union([
  rows,
  z.object({ rates: rows }).transform((answer) => answer.rates),
  rowSchema.transform((row): readonly RateRow[] => [row]),
]);

/** `TON/USD` → where its rate stands in the answer, for an endpoint with a shape of its own. */
export const ratePointersSchema = z
  .record(z.string(), z.string().refine(isJsonPointer, 'not-a-json-pointer'))
  .transform((pointers, context) =>
    Object.entries(pointers).flatMap(([name, pointer]) => {
      const [from, to, ...rest] = name.split('/').map((part) => parseCurrency(part));
      if (from !== undefined && to !== undefined && from !== to && rest.length === 0)
        return [{ from, to, pointer }];
      context.addIssue({ code: 'custom', message: 'not-a-pair', path: [name] });
      return [];
    }),
  );
export type RatePointers = z.infer<typeof ratePointersSchema>;

/** A picked number carries no time, so it holds from the moment the answer arrived. */
const pickRows = (pointers: RatePointers, body: ExactJson, at: number): readonly RateRow[] =>
  pointers.flatMap(({ from, to, pointer }) => {
    const value = rateValue.safeParse(atPointer(body, pointer));
    return value.success ? [{ from, to, value: value.data, at }] : [];
  });

// parseExactJson made the body, so it is ExactJson; zod only has to carry it.
const anyBody = z.custom<ExactJson>((value) => value !== undefined);

/**
 * Rates of an endpoint that the owner names. Without `pointers` its answer is rows, each with the time it held; with
 * them, the named places of any JSON. Direct, else the inverse; nothing is crossed. The call is sent once and has 4 s;
 * https, the address and the size are the way out's business (invariant 12).
 * @param settings.url never shown anywhere, because it may hold a key; rates carry its host as their source
 */
export const createJsonEndpointRates = (
  settings: AnsweredRatesSettings & {
    readonly url: string;
    readonly http: HttpClient;
    readonly pointers?: RatePointers;
  },
): RateSource => {
  const { url, http, clock, pointers } = settings;
  const read = async (): Promise<Answer<readonly RateRow[]>> => {
    const headers = { Accept: 'application/json' };
    const outcome = await http({ method: 'GET', url, headers, timeoutMs, retry: 'never' });
    if (pointers === undefined) return readAnswer(outcome, rowsAnswer, statusReason);
    const answer = readAnswer(outcome, anyBody, statusReason);
    return answer.outcome === 'ok'
      ? { outcome: 'ok', value: pickRows(pointers, answer.value, clock.now()) }
      : answer;
  };
  return createAnsweredRates({
    ...settings,
    source: URL.parse(url)?.hostname ?? 'endpoint',
    ask: async () => {
      const answer = await read();
      return answer.outcome === 'ok' ? ratesOrNone(answer.value) : { ok: false, reason: answer.reason };
    },
    look: directRate,
  });
};
