import type { KeyPermissions } from '../rest/api-key.ts';
import type { StoreSettings } from '../store/settings.ts';

/** What an application asks the owner for at `/wc-auth/v1/authorize` (woocommerce.md 5.9). */
export interface GrantRequest {
  readonly appName: string;
  readonly scope: KeyPermissions;
  /** The application's own word, given back as it is. */
  readonly userId: string;
  readonly returnUrl: string;
  readonly callbackUrl: string;
}

export type GrantRequestResult =
  | { readonly ok: true; readonly request: GrantRequest }
  | { readonly ok: false; readonly error: string };

const REQUIRED = ['app_name', 'user_id', 'return_url', 'callback_url', 'scope'] as const;

const refused = (error: string): GrantRequestResult => ({ ok: false, error });

const urlOf = (text: string): string => (text.includes('://') ? text : `https://${text}`);

const scopeOf = (text: string): KeyPermissions | undefined =>
  text === 'read' || text === 'write' || text === 'read_write' ? text : undefined;

/** Over http only where the double may call local addresses at all, as in a sandbox. */
const isSecureEnough = (callbackUrl: string, { deliveryTargets }: StoreSettings): boolean =>
  /^https:\/\//i.test(callbackUrl) ||
  (deliveryTargets === 'any' && /^http:\/\/(?:127\.0\.0\.1|localhost)[:/]/i.test(callbackUrl));

/** Checks in WooCommerce's order, with its texts [src]. */
export const parseGrantRequest = (query: URLSearchParams, settings: StoreSettings): GrantRequestResult => {
  for (const name of REQUIRED) {
    const value = query.get(name) ?? '';
    if (value === '') return refused(`Missing parameter ${name}`);
    if (name.endsWith('_url') && !URL.canParse(urlOf(value)))
      return refused(`The ${name} is not a valid URL`);
  }
  const field = (name: (typeof REQUIRED)[number]): string => query.get(name) ?? '';
  const scope = scopeOf(field('scope'));
  if (scope === undefined) return refused(`Invalid scope ${field('scope')}`);
  const callbackUrl = urlOf(field('callback_url'));
  if (!isSecureEnough(callbackUrl, settings)) return refused('The callback_url needs to be over SSL');
  return {
    ok: true,
    request: {
      appName: field('app_name'),
      scope,
      userId: field('user_id'),
      returnUrl: urlOf(field('return_url')),
      callbackUrl,
    },
  };
};

/** Where the owner's browser goes in the end. */
export const returnTo = ({ returnUrl, userId }: GrantRequest, granted: boolean): string => {
  const url = new URL(returnUrl);
  url.searchParams.set('success', granted ? '1' : '0');
  url.searchParams.set('user_id', userId);
  return url.href;
};

export const queryOf = ({ appName, scope, userId, returnUrl, callbackUrl }: GrantRequest): URLSearchParams =>
  new URLSearchParams({
    app_name: appName,
    user_id: userId,
    return_url: returnUrl,
    callback_url: callbackUrl,
    scope,
  });
