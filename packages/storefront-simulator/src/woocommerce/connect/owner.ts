import type { RestAuth } from '../rest/authenticate.ts';
import type { Store } from '../store/store.ts';
import { type GrantResult, grant } from './grant.ts';
import { parseGrantRequest, returnTo } from './grant-request.ts';

/** What the owner does when an application asks for access. */
export interface ConnectingOwner {
  /** Follows the link to `/wc-auth/v1/authorize` and clicks "Approve". `redirect` is where the browser goes then. */
  approve(authorizeUrl: string): Promise<GrantResult>;
  /** Clicks "Deny" instead. */
  deny(authorizeUrl: string): GrantResult;
}

export const connectingOwner = (store: Store, auth: RestAuth): ConnectingOwner => {
  const read = (authorizeUrl: string) =>
    parseGrantRequest(new URL(authorizeUrl, store.settings.homeUrl).searchParams, store.settings);
  return {
    approve: async (authorizeUrl) => {
      const parsed = read(authorizeUrl);
      return parsed.ok ? grant(store, auth, parsed.request) : parsed;
    },
    deny: (authorizeUrl) => {
      const parsed = read(authorizeUrl);
      return parsed.ok ? { ok: true, redirect: returnTo(parsed.request, false) } : parsed;
    },
  };
};
