import type { Clock } from '@gatewright/payment-core';
import type { Random } from '../../random.ts';
import { minutes } from '../store/durations.ts';

export interface Authorization {
  readonly shop: string;
  readonly apiKey: string;
  readonly scopes: readonly string[];
}

/** Codes of the OAuth callback: of one use, for a short time. */
export interface AuthorizationCodes {
  issue(authorization: Authorization): string;
  redeem(code: string): Authorization | undefined;
}

export const createAuthorizationCodes = (clock: Clock, random: Random): AuthorizationCodes => {
  const codes = new Map<string, Authorization & { readonly expiresAt: number }>();
  return {
    issue: (authorization) => {
      const code = random.hex(32);
      codes.set(code, { ...authorization, expiresAt: clock.now() + minutes(10) });
      return code;
    },
    redeem: (code) => {
      const found = codes.get(code);
      codes.delete(code);
      return found !== undefined && found.expiresAt > clock.now() ? found : undefined;
    },
  };
};
