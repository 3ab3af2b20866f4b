import type { Clock } from '@gatewright/payment-core';
import type { Random } from '../../random.ts';
import { days, hours } from '../store/durations.ts';
import type { TokenAnswer } from './tokens.ts';

const ACCESS_SECONDS = 3_600;
const REFRESH_SECONDS = 90 * 86_400;

interface AccessToken {
  readonly scopes: readonly string[];
  /** Ms since the epoch; undefined: it does not expire. */
  readonly expiresAt: number | undefined;
}

interface RefreshToken {
  readonly scopes: readonly string[];
  readonly expiresAt: number;
  readonly predecessor: RefreshToken | undefined;
  /** Ms since the epoch: a used token may be tried again until its replacement is used, 30 days at most. */
  firstUsedAt: number | undefined;
  retired: boolean;
}

export type TokenLookUp =
  | { readonly ok: true; readonly expiring: boolean; readonly scopes: readonly string[] }
  | { readonly ok: false };

/** The offline tokens of one installation (rule 12). */
export interface TokenVault {
  grant(scopes: readonly string[], expiring: boolean): TokenAnswer;
  /** Undefined: the refresh token is unknown, too old or retired. */
  refresh(refreshToken: string): TokenAnswer | undefined;
  find(accessToken: string): TokenLookUp;
  /** Uninstalled: nothing works any more. */
  revokeAll(): void;
}

export const createTokenVault = (clock: Clock, random: Random): TokenVault => {
  const access = new Map<string, AccessToken>();
  const refreshable = new Map<string, RefreshToken>();

  const hand = (scopes: readonly string[], predecessor: RefreshToken | undefined): TokenAnswer => {
    const accessToken = `shpat_${random.hex(32)}`;
    const refreshToken = `shprt_${random.hex(32)}`;
    access.set(accessToken, { scopes, expiresAt: clock.now() + hours(1) });
    refreshable.set(refreshToken, {
      scopes,
      expiresAt: clock.now() + days(90),
      predecessor,
      firstUsedAt: undefined,
      retired: false,
    });
    return {
      access_token: accessToken,
      scope: scopes.join(','),
      expires_in: ACCESS_SECONDS,
      refresh_token: refreshToken,
      refresh_token_expires_in: REFRESH_SECONDS,
    };
  };

  const usable = ({ expiresAt, firstUsedAt, retired }: RefreshToken): boolean =>
    !retired &&
    expiresAt > clock.now() &&
    (firstUsedAt === undefined || firstUsedAt + days(30) > clock.now());

  return {
    grant: (scopes, expiring) => {
      if (expiring) return hand(scopes, undefined);
      const accessToken = `shpat_${random.hex(32)}`;
      access.set(accessToken, { scopes, expiresAt: undefined });
      return { access_token: accessToken, scope: scopes.join(',') };
    },
    refresh: (text) => {
      const token = refreshable.get(text);
      if (token === undefined || !usable(token)) return undefined;
      token.firstUsedAt ??= clock.now();
      if (token.predecessor !== undefined) token.predecessor.retired = true;
      return hand(token.scopes, token);
    },
    find: (text) => {
      const token = access.get(text);
      if (token === undefined) return { ok: false };
      if (token.expiresAt !== undefined && token.expiresAt <= clock.now()) return { ok: false };
      return { ok: true, expiring: token.expiresAt !== undefined, scopes: token.scopes };
    },
    revokeAll: () => {
      access.clear();
      refreshable.clear();
    },
  };
};
