import * as z from 'zod';
import { type HttpCall, jsonAnswer, type Served, type ServedAnswer } from '../http/call.ts';
import type { TokenEntry } from '../journal.ts';
import { deployedApp, type Platform, type ShopState } from '../store/platform.ts';
import { grantedScopes } from './authorize.ts';
import type { TokenAnswer } from './tokens.ts';

const client = { client_id: z.string(), client_secret: z.string() };
const bodySchema = z.union([
  z.object({ ...client, grant_type: z.literal('refresh_token'), refresh_token: z.string() }),
  z.object({
    ...client,
    code: z.string(),
    expiring: z.union([z.literal('0'), z.literal('1'), z.literal(0), z.literal(1), z.boolean()]).optional(),
  }),
]);

type TokenBody = z.output<typeof bodySchema>;

const readBody = ({ headers, body }: HttpCall): TokenBody | undefined => {
  const text = body.toString('utf8');
  try {
    const isForm = headers['content-type']?.startsWith('application/x-www-form-urlencoded') === true;
    const raw: unknown = isForm ? Object.fromEntries(new URLSearchParams(text)) : JSON.parse(text);
    return bodySchema.safeParse(raw).data;
  } catch {
    return undefined;
  }
};

const refuse = (error: string, description: string): ServedAnswer =>
  jsonAnswer(400, { error, error_description: description });

const install = (shop: ShopState, scopes: readonly string[]): void => {
  const { configuration, active = false, testMode = false } = shop.installation ?? {};
  shop.installation = { scopes, configuration, active, testMode };
};

/** Installs the app, or widens its scopes, and hands out a token. */
export const grant = (
  platform: Platform,
  shop: ShopState,
  requested: readonly string[],
  expiring: boolean,
): TokenAnswer => {
  const scopes = grantedScopes(deployedApp(platform), requested);
  install(shop, scopes);
  return shop.tokens.grant(scopes, expiring);
};

const exchange = (platform: Platform, shop: ShopState, body: TokenBody): ServedAnswer => {
  const { app } = platform;
  if (body.client_id !== app?.apiKey || body.client_secret !== app.apiSecret)
    return refuse('application_cannot_be_found', 'The application could not be found or its secret is wrong');
  if ('refresh_token' in body) {
    const answer = shop.tokens.refresh(body.refresh_token);
    return answer === undefined
      ? refuse('invalid_grant', 'Token has been expired or revoked.')
      : jsonAnswer(200, answer);
  }
  const authorization = platform.codes.redeem(body.code);
  if (authorization?.shop !== shop.domain || authorization.apiKey !== app.apiKey)
    return refuse('invalid_request', 'The authorization code was not found or was already used');
  const expiring = body.expiring === '1' || body.expiring === 1 || body.expiring === true;
  return jsonAnswer(200, grant(platform, shop, authorization.scopes, expiring));
};

const grantOf = (body: TokenBody | undefined): TokenEntry['grant'] => {
  if (body === undefined) return 'unknown';
  return 'refresh_token' in body ? 'refresh' : 'authorization-code';
};

const unread = refuse('invalid_request', 'Neither an authorization code nor a refresh token');

const answer = (
  platform: Platform,
  shop: ShopState,
  body: TokenBody | undefined,
): { served: Served; granted: boolean } => {
  const fault = platform.faults.takeApi('token', []);
  const grantNow = (): ServedAnswer => (body === undefined ? unread : exchange(platform, shop, body));
  if (fault === undefined || fault.kind === 'throttled') {
    const served = grantNow();
    return { served, granted: served.status === 200 };
  }
  const granted = fault.when === 'after-commit' && grantNow().status === 200;
  if (fault.kind === 'status') return { served: jsonAnswer(fault.status, { errors: 'fault' }), granted };
  return { served: fault.kind === 'drop' ? 'cut' : 'hang', granted };
};

/** `POST /admin/oauth/access_token`: codes and refresh tokens for offline tokens (rules 12 and 14). */
export const serveToken = (platform: Platform, shop: ShopState, call: HttpCall): Served => {
  const body = readBody(call);
  const { served, granted } = answer(platform, shop, body);
  platform.journal.push({
    kind: 'token',
    at: platform.clock.now(),
    shop: shop.domain,
    grant: grantOf(body),
    status: typeof served === 'string' ? undefined : served.status,
    granted,
  });
  return served;
};
