import type { Ports } from '@gatewright/payment-core';
import type { Assembly } from '../assemble.ts';
import { checkStore } from '../findings/check-store.ts';
import { watchPolicy } from './schedule.ts';
import { createWatchdog, type Watchdog } from './watchdog.ts';

export const watchdogOf = ({ settings, life, opened, shops }: Assembly, ports: Ports): Watchdog => {
  const { clock, random, log } = settings;
  const { ledger, vault } = opened;
  const parts = { ports, vault, shops: shops.client, publicUrl: () => life.publicUrl };
  return createWatchdog({
    ledger,
    vault,
    clock,
    random,
    log,
    policy: watchPolicy,
    isClosing: () => life.closing,
    check: (store) => checkStore(parts, store),
  });
};
