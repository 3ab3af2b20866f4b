import type { Clock, RandomBytes } from '@gatewright/payment-core';
import type { Engine } from '../engine.ts';
import type { Sealer } from './seal.ts';

/** What every part of the vault works with. */
export interface VaultContext {
  readonly engine: Engine;
  readonly sealer: Sealer;
  readonly clock: Clock;
  readonly random: RandomBytes;
}
