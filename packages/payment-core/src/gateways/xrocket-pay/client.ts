import type * as z from 'zod';
import type { HttpClient, HttpRequest } from '../../http/http-client.ts';
import { type ExactJson, stringifyExactJson } from '../../money/exact-json.ts';
import { type Answer, readAnswer, statusReason } from '../json-answer.ts';
import {
  appSchema,
  availableCurrenciesSchema,
  envelopeSchema,
  invoiceListSchema,
  type XRocketPayConfig,
  xRocketPayInvoiceSchema,
} from './contract.ts';

/** The fields of a create call that an error can name; no other text of an answer becomes a reason. */
const properties: Readonly<Record<string, string>> = {
  amount: 'amount-invalid',
  currency: 'currency-invalid',
  description: 'description-invalid',
  payload: 'payload-invalid',
  callbackUrl: 'callback-url-invalid',
  expiredIn: 'expired-in-invalid',
  numPayments: 'num-payments-invalid',
};

const errorName = (status: number, body: unknown): string => {
  const envelope = envelopeSchema.safeParse(body);
  if (!envelope.success || envelope.data.success) return statusReason(status);
  const property = envelope.data.errors?.[0]?.property ?? '';
  return (Object.hasOwn(properties, property) ? properties[property] : undefined) ?? statusReason(status);
};

/** A 2xx that says `success: false` is a refusal like a 4xx. */
const unwrap = <T>(answer: Answer<z.infer<typeof envelopeSchema>>, schema: z.ZodType<T>): Answer<T> => {
  if (answer.outcome !== 'ok') return answer;
  if (!answer.value.success) return { outcome: 'refused', reason: errorName(200, answer.value) };
  const data = schema.safeParse(answer.value.data);
  return data.success
    ? { outcome: 'ok', value: data.data }
    : { outcome: 'ambiguous', reason: 'answer-not-understood' };
};

/**
 * The calls of the xRocket Pay API a shop or its owner can use (gateways.md 8.1). Payouts (`/app/transfer`,
 * `/app/withdrawal`, cheques) are left out on purpose: they move the owner's money to whoever is named.
 */
export const createXRocketPayClient = (config: XRocketPayConfig, http: HttpClient) => {
  const headers = { 'Rocket-Pay-Key': config.apiKey, Accept: 'application/json' };

  const send = async (
    request: Pick<HttpRequest, 'method' | 'body' | 'retry'> & { readonly path: string },
  ) => {
    const { path, ...rest } = request;
    const type = request.body === undefined ? {} : { 'Content-Type': 'application/json' };
    const outcome = await http({
      ...rest,
      url: `${config.baseUrl}${path}`,
      headers: { ...headers, ...type },
    });
    return readAnswer(outcome, envelopeSchema, errorName);
  };
  const get = async <T>(path: string, schema: z.ZodType<T>): Promise<Answer<T>> =>
    unwrap(await send({ method: 'GET', path, retry: 'safe' }), schema);

  return {
    /** Neither write is idempotent, so none is ever repeated. */
    createInvoice: async (invoice: ExactJson) =>
      unwrap(
        await send({
          method: 'POST',
          path: '/tg-invoices',
          body: stringifyExactJson(invoice),
          retry: 'never',
        }),
        xRocketPayInvoiceSchema,
      ),
    /** Its answer carries no data. */
    deleteInvoice: async (id: string): Promise<Answer<true>> => {
      const path = `/tg-invoices/${encodeURIComponent(id)}`;
      const answer = await send({ method: 'DELETE', path, retry: 'never' });
      if (answer.outcome !== 'ok') return answer;
      if (!answer.value.success) return { outcome: 'refused', reason: errorName(200, answer.value) };
      return { outcome: 'ok', value: true };
    },
    getInvoice: (id: string) => get(`/tg-invoices/${encodeURIComponent(id)}`, xRocketPayInvoiceSchema),
    /** No filters, and no documented order. */
    listInvoices: (limit: number, offset: number) =>
      get(
        `/tg-invoices?limit=${limit}&offset=${offset}`,
        invoiceListSchema.transform((list) => list.results),
      ),
    getApp: () => get('/app/info', appSchema),
    getAvailableCurrencies: () =>
      get(
        '/currencies/available',
        availableCurrenciesSchema.transform(({ results }) => results),
      ),
  };
};
export type XRocketPayClient = ReturnType<typeof createXRocketPayClient>;
