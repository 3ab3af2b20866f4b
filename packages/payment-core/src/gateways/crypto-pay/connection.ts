import type { Clock } from '../../identity/clock.ts';
import type { CryptoPayClient } from './client.ts';
import type { CryptoPayConfig } from './contract.ts';

/** What every call of one account needs. */
export interface Connection {
  readonly client: CryptoPayClient;
  readonly config: CryptoPayConfig;
  readonly clock: Clock;
  readonly sandbox: boolean;
}
