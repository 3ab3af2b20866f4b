import { type JobHandler, minutes, type Ports } from '@gatewright/payment-core';
import type { Assembly } from '../assemble.ts';
import { payBasePath } from '../pay/bridge-pages.ts';
import { withShopJobs } from '../woocommerce/shop-jobs.ts';
import { sweepPolicy } from './sweep-orders.ts';
import { createSweeper } from './sweeper.ts';

export const shopJobsOf =
  ({ settings, life, opened, shops }: Assembly, ports: Ports) =>
  (handle: JobHandler): JobHandler =>
    withShopJobs(handle, opened.vault, {
      ports,
      shops: shops.client,
      orders: shops.orders,
      turns: shops.turns,
      clock: settings.clock,
      pageUrl: (page) => `${life.publicUrl}${payBasePath}/${page.id}`,
    });

export const sweeperOf = (
  { settings, life, opened, shops }: Assembly,
  kick: () => void,
): (() => Promise<void>) =>
  createSweeper({
    ledger: opened.ledger,
    vault: opened.vault,
    shops: shops.client,
    clock: settings.clock,
    log: settings.log,
    policy: sweepPolicy,
    kick,
    isClosing: () => life.closing,
    storesMs: minutes(1),
  });
