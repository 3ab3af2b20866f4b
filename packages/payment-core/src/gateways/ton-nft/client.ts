import type { HttpClient } from '../../http/http-client.ts';
import { stringifyExactJson } from '../../money/exact-json.ts';
import { type Answer, readAnswer } from '../json-answer.ts';
import {
  createdPaymentSchema,
  type ListedPayment,
  listedPaymentSchema,
  paymentListSchema,
  type TonNftConfig,
} from './contract.ts';

const refusalReason = (status: number): string => {
  if (status === 401 || status === 403) return 'api-key-refused';
  return status >= 300 && status < 400 ? 'redirected' : `http-${status}`;
};

/** Rows we cannot read are absent, which is no fact; when that is all of them, the answer was not understood. */
const readableRows = (rows: readonly unknown[]): Answer<readonly ListedPayment[]> => {
  const readable = rows.flatMap((row) => {
    const parsed = listedPaymentSchema.safeParse(row);
    return parsed.success ? [parsed.data] : [];
  });
  return rows.length > 0 && readable.length === 0
    ? { outcome: 'ambiguous', reason: 'answer-not-understood' }
    : { outcome: 'ok', value: readable };
};

/**
 * Both calls of the document (gateways.md 4.2). Collections, margins, the callback URL and totals exist only in the
 * operator's own pages. Undefined without the API key: its hash verifies webhooks, and opens nothing.
 */
export const createTonNftClient = (config: TonNftConfig, http: HttpClient) => {
  const { apiKey, baseUrl } = config;
  if (apiKey === undefined) return undefined;
  const url = `${baseUrl}/api/payments`;
  const headers = { Authorization: `Bearer ${apiKey}`, Accept: 'application/json' };

  return {
    /** Not idempotent, and nothing in it is ours: never sent twice (NFT-3). `nftAddress` asks for one collectible. */
    createPayment: async (nftAddress?: string) =>
      readAnswer(
        await http({
          method: 'POST',
          url,
          headers: { ...headers, 'Content-Type': 'application/json' },
          body: stringifyExactJson(nftAddress === undefined ? {} : { nftAddress }),
          retry: 'never',
        }),
        createdPaymentSchema,
        refusalReason,
      ),
    /** The most recent payments. Asking also makes the gateway send the webhooks that failed (NFT-4). */
    listPayments: async (): Promise<Answer<readonly ListedPayment[]>> => {
      const outcome = await http({ method: 'GET', url, headers, retry: 'safe' });
      const answer = readAnswer(outcome, paymentListSchema, refusalReason);
      return answer.outcome === 'ok' ? readableRows(answer.value) : answer;
    },
  };
};
export type TonNftClient = NonNullable<ReturnType<typeof createTonNftClient>>;
