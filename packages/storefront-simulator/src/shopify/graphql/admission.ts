import { type DocumentNode, GraphQLError, parse } from 'graphql';
import * as z from 'zod';
import { type HttpCall, jsonAnswer, type ServedAnswer } from '../http/call.ts';
import { deployedApp, type Platform, type ShopState } from '../store/platform.ts';

const bodySchema = z.object({
  query: z.string(),
  variables: z.record(z.string(), z.unknown()).nullish(),
  operationName: z.string().nullish(),
});

export type GraphqlBody = z.output<typeof bodySchema>;

const UNKNOWN_TOKEN = '[API] Invalid API key or access token (unrecognized login or wrong password)';
const NON_EXPIRING =
  '[API] Non-expiring access tokens are no longer accepted for the Admin API. Please use expiring offline access tokens.';

export type Admission =
  | { readonly ok: true; readonly scopes: readonly string[] }
  | { readonly ok: false; readonly answer: ServedAnswer };

/** 401 for a token that is unknown here, 403 for one without an end in a public app (rule 12). */
export const authenticate = (platform: Platform, shop: ShopState, call: HttpCall): Admission => {
  const header = call.headers['x-shopify-access-token'];
  const token = shop.tokens.find(typeof header === 'string' ? header : '');
  if (!token.ok || shop.installation === undefined)
    return { ok: false, answer: jsonAnswer(401, { errors: UNKNOWN_TOKEN }) };
  if (!token.expiring && deployedApp(platform).distribution !== 'custom')
    return { ok: false, answer: jsonAnswer(403, { errors: NON_EXPIRING }) };
  return { ok: true, scopes: token.scopes };
};

/** Undefined for what is no GraphQL request in JSON. */
export const readBody = ({ headers, body }: HttpCall): GraphqlBody | undefined => {
  if (headers['content-type']?.split(';')[0]?.trim() !== 'application/json') return undefined;
  try {
    const parsed = bodySchema.safeParse(JSON.parse(body.toString('utf8')));
    return parsed.success ? parsed.data : undefined;
  } catch {
    return undefined;
  }
};

export const parseDocument = (query: string): DocumentNode | GraphQLError => {
  try {
    return parse(query);
  } catch (error) {
    if (error instanceof GraphQLError) return error;
    throw error;
  }
};
