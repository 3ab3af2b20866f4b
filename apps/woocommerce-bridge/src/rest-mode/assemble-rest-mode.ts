import type { JobHandler, Ports } from '@gatewright/payment-core';
import type { Assembly } from '../assemble.ts';
import { payBasePath } from '../pay/bridge-pages.ts';
import { withRestMode } from './rest-jobs.ts';

export const restModeOf =
  ({ settings, life, opened, shops }: Assembly, ports: Ports) =>
  (handle: JobHandler): JobHandler =>
    withRestMode(handle, opened.vault, {
      ports,
      shops: shops.client,
      orders: shops.orders,
      turns: shops.turns,
      clock: settings.clock,
      pageUrl: (page) => `${life.publicUrl}${payBasePath}/${page.id}`,
    });
