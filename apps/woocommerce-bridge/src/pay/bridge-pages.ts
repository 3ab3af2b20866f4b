import { everyInterval } from '@gatewright/operations';
import { createPayPages, type PageHost, type PayPages } from '@gatewright/pay-page';
import type { PageChanges, Ports } from '@gatewright/payment-core';
import type { Vault } from '@gatewright/payment-ledger';
import type { Logger } from 'pino';
import { ownLook, storeLook } from './store-look.ts';

/** Where the bridge serves the shopper's pages. */
export const payBasePath = '/pay';

export interface BridgePagesParts {
  readonly host: PageHost;
  readonly changes: PageChanges;
  readonly vault: Vault;
  readonly kick: () => void;
  readonly log: Logger;
}

/** @param origin as shoppers reach this bridge; known once it listens */
export const pageHost = (
  ports: Ports,
  origin: () => string,
  sleep: (ms: number) => Promise<void>,
): PageHost => ({ ports, origin, basePath: payBasePath, sleep });

/** The pages of this bridge's stores. */
export const createBridgePages = ({ host, changes, vault, kick, log }: BridgePagesParts): PayPages =>
  createPayPages({
    ...host,
    changes,
    lookOf: storeLook(vault),
    ownLook,
    every: everyInterval,
    kick,
    onError: (error) => log.error({ err: error }, 'pay page failed'),
  });
