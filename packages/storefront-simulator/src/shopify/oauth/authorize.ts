import { escapeHtml, page } from '../checkout/html.ts';
import { type HttpCall, type ServedAnswer, seeOther } from '../http/call.ts';
import type { AppRegistration } from '../options.ts';
import type { Platform, ShopState } from '../store/platform.ts';
import { queryHmac } from './hmac.ts';

/** The extension of an approved app brings these; the toml must not name them at first (shopify.md 2.1). */
const PAYMENT_SCOPES = ['write_payment_gateways', 'write_payment_sessions'];

export const grantedScopes = (
  { approved = true }: AppRegistration,
  requested: readonly string[],
): readonly string[] =>
  approved
    ? [...new Set([...requested, ...PAYMENT_SCOPES])]
    : requested.filter((scope) => !PAYMENT_SCOPES.includes(scope));

interface AuthorizeRequest {
  readonly app: AppRegistration;
  readonly scopes: readonly string[];
  readonly redirectUri: string;
  readonly state: string;
}

const refuse = (message: string): ServedAnswer =>
  page(400, 'Oauth error', `<p>Oauth error ${escapeHtml(message)}</p>`);

const readRequest = ({ app }: Platform, { query }: HttpCall): AuthorizeRequest | ServedAnswer => {
  if (app === undefined || query.get('client_id') !== app.apiKey)
    return refuse('invalid_request: Could not find Shopify API application with this api_key');
  const redirectUri = query.get('redirect_uri') ?? '';
  if (!app.redirectUrls.includes(redirectUri))
    return refuse('invalid_request: The redirect_uri is not whitelisted');
  if (query.getAll('grant_options[]').includes('per-user'))
    return refuse('invalid_request: this simulator grants offline access only');
  const scopes = (query.get('scope') ?? '').split(',').filter((scope) => scope !== '');
  return { app, scopes, redirectUri, state: query.get('state') ?? '' };
};

const hasAll = ({ installation }: ShopState, scopes: readonly string[]): boolean =>
  installation !== undefined && scopes.every((scope) => installation.scopes.includes(scope));

const consentPage = ({ domain }: ShopState, granted: readonly string[]): ServedAnswer =>
  page(
    200,
    'Install app',
    `<p>Install app on ${escapeHtml(domain)}? It asks for:</p>
<ul>${granted.map((scope) => `<li>${escapeHtml(scope)}</li>`).join('')}</ul>
<form method="post"><button name="consent" value="yes">Install</button></form>`,
  );

/** The signed way back into the app; `state` as the app gave it. */
const callbackUrl = (
  platform: Platform,
  shop: ShopState,
  { app, scopes, redirectUri, state }: AuthorizeRequest,
): string => {
  const code = platform.codes.issue({ shop: shop.domain, apiKey: app.apiKey, scopes });
  const query = {
    code,
    host: Buffer.from(`${shop.domain}/admin`).toString('base64'),
    shop: shop.domain,
    state,
    timestamp: `${Math.floor(platform.settings.oauthClock.now() / 1_000)}`,
  };
  const signed = { ...query, hmac: queryHmac(app.apiSecret, query) };
  const url = new URL(redirectUri);
  for (const [name, value] of Object.entries(signed)) url.searchParams.set(name, value);
  return url.href;
};

/** `/admin/oauth/authorize`: asks the merchant unless all scopes are granted already (rule 14). */
export const serveAuthorize = (platform: Platform, shop: ShopState, call: HttpCall): ServedAnswer => {
  const request = readRequest(platform, call);
  if ('status' in request) return request;
  const granted = grantedScopes(request.app, request.scopes);
  if (call.method !== 'POST' && !hasAll(shop, granted)) return consentPage(shop, granted);
  return seeOther(callbackUrl(platform, shop, request), 302);
};
