import type { JobHandler, Ports } from '@gatewright/payment-core';
import type { Assembly } from '../assemble.ts';
import { payBasePath } from '../pay/bridge-pages.ts';
import { withShopJobs } from '../woocommerce/shop-jobs.ts';

export const shopJobsOf =
  ({ settings, life, opened, shops }: Assembly, ports: Ports) =>
  (handle: JobHandler): JobHandler =>
    withShopJobs(handle, opened.vault, {
      ports,
      shops: shops.client,
      orders: shops.orders,
      turns: shops.turns,
      identities: shops.identities,
      clock: settings.clock,
      pageUrl: (page) => `${life.publicUrl}${payBasePath}/${page.id}`,
    });
