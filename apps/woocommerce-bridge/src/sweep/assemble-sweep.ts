import type { Assembly } from '../assemble.ts';
import { sweepPolicy } from './schedule.ts';
import { createSweeper } from './sweeper.ts';

export const sweeperOf = (
  { settings, life, opened, shops }: Assembly,
  kick: () => void,
): (() => Promise<number>) =>
  createSweeper({
    ledger: opened.ledger,
    vault: opened.vault,
    shops: shops.client,
    identities: shops.identities,
    clock: settings.clock,
    random: settings.random,
    log: settings.log,
    policy: sweepPolicy,
    kick,
    isClosing: () => life.closing,
  });
