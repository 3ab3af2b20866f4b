import type { Clock } from '@gatewright/payment-core';
import type { ShopifyOptions } from '../options.ts';
import { hours } from './durations.ts';

export interface Settings {
  readonly oauthClock: Clock;
  readonly deliveryAttempts: number;
  readonly answerTimeoutMs: number;
  readonly webhookTimeoutMs: number;
  readonly pause: (ms: number) => Promise<void>;
  readonly pendingLimitMs: number;
  readonly retryAfterReject: 'refused' | 'allowed';
  readonly requestBudget: { readonly maximumAvailable: number; readonly restoreRate: number };
  readonly magicInputs: boolean;
  readonly loopbackHttp: boolean;
}

export const settingsOf = (options: ShopifyOptions): Settings => ({
  oauthClock: options.oauthClock ?? { now: () => Date.now() },
  deliveryAttempts: options.deliveryAttempts ?? 3,
  answerTimeoutMs: options.answerTimeoutMs ?? 10_000,
  webhookTimeoutMs: options.webhookTimeoutMs ?? 5_000,
  pause: options.pause ?? (() => Promise.resolve()),
  pendingLimitMs: options.pendingLimitMs ?? hours(72),
  retryAfterReject: options.retryAfterReject ?? 'refused',
  requestBudget: options.requestBudget ?? { maximumAvailable: 1_092_000, restoreRate: 54_600 },
  magicInputs: options.magicInputs ?? false,
  loopbackHttp: options.loopbackHttp ?? false,
});
