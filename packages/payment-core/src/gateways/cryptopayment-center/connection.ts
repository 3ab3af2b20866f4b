import { type Clock, minutes } from '../../identity/clock.ts';
import type { CryptoPaymentCenterClient } from './client.ts';
import type { CryptoPaymentCenterConfig } from './contract.ts';

/** What every call of one account needs. */
export interface Connection {
  readonly client: CryptoPaymentCenterClient;
  readonly config: CryptoPaymentCenterConfig;
  readonly clock: Clock;
  readonly sandbox: boolean;
}

/** Our clock and theirs may differ this much. */
export const clockSkewMs = minutes(10);
