import * as z from 'zod';
import type { HttpClient, HttpRequest } from '../../http/http-client.ts';
import { type ExactJson, stringifyExactJson } from '../../money/exact-json.ts';
import { type Answer, readAnswer } from '../json-answer.ts';
import {
  createdInvoiceSchema,
  currenciesSchema,
  keyInfoSchema,
  paymentMethodsSchema,
  successSchema,
  type TeleportPayConfig,
} from './contract.ts';

/** Fields of our own request: the only words of an error body that are repeated (its schema is undocumented). */
const requestFields = [
  'amount',
  'currency',
  'order_id',
  'description',
  'customer_email',
  'return_url',
  'cancel_url',
  'webhook_url',
  'payment_methods',
  'name',
];

const refusedField = (body: unknown): string | undefined => {
  const fields = z.looseObject({ errors: z.looseObject({}).optional() }).safeParse(body);
  if (!fields.success) return undefined;
  const named = { ...fields.data.errors, ...fields.data };
  return requestFields.find((field) => Object.hasOwn(named, field));
};

const refusalReason = (status: number, body: unknown): string => {
  if (status === 401 || status === 403) return 'api-key-refused';
  // A redirect is never followed: a POST would lose its body and another host would get the key.
  if (status >= 300 && status < 400) return 'redirected';
  const field = status === 400 || status === 422 ? refusedField(body) : undefined;
  return field === undefined ? `http-${status}` : `${field.replaceAll('_', '-')}-refused`;
};

const unlessRefused = <T>(answer: Answer<unknown>, schema: z.ZodType<T>): Answer<T> => {
  if (answer.outcome !== 'ok') return answer;
  if (successSchema.safeParse(answer.value).success) return { outcome: 'refused', reason: 'not-successful' };
  const value = schema.safeParse(answer.value);
  return value.success
    ? { outcome: 'ok', value: value.data }
    : { outcome: 'ambiguous', reason: 'answer-not-understood' };
};

/**
 * Every call of the document (gateways.md 3.1); it has none to read, list, cancel or refund. Every path ends with a
 * slash. `updateKey` changes the key for every shop that uses it, so nothing calls it by itself (TP-9); its
 * answer is undocumented.
 */
export const createTeleportPayClient = (config: TeleportPayConfig, http: HttpClient) => {
  const call = async <T>(
    request: Pick<HttpRequest, 'method' | 'retry'> & {
      readonly path: `/${string}/`;
      readonly body?: ExactJson;
    },
    schema: z.ZodType<T>,
  ): Promise<Answer<T>> => {
    const { method, path, retry, body } = request;
    const headers = { 'X-API-Key': config.apiKey, Accept: 'application/json' };
    const outcome = await http({
      method,
      url: `${config.baseUrl}${path}`,
      retry,
      ...(body === undefined
        ? { headers }
        : { headers: { ...headers, 'Content-Type': 'application/json' }, body: stringifyExactJson(body) }),
    });
    return unlessRefused(readAnswer(outcome, z.unknown(), refusalReason), schema);
  };

  return {
    paymentMethods: () =>
      call({ method: 'GET', path: '/payment-methods/', retry: 'safe' }, paymentMethodsSchema),
    currencies: () => call({ method: 'GET', path: '/currencies/', retry: 'safe' }, currenciesSchema),
    /** Not idempotent: never sent twice (TP-6). */
    createInvoice: (body: { readonly [field: string]: ExactJson }) =>
      call({ method: 'POST', path: '/invoice/create/', retry: 'never', body }, createdInvoiceSchema),
    keyInfo: () => call({ method: 'GET', path: '/key/info/', retry: 'safe' }, keyInfoSchema),
    updateKey: (settings: { readonly webhook_url?: string; readonly name?: string }) =>
      call({ method: 'PATCH', path: '/key/update/', retry: 'safe', body: { ...settings } }, z.unknown()),
  };
};
export type TeleportPayClient = ReturnType<typeof createTeleportPayClient>;
