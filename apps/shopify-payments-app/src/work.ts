import { everyInterval, startBackground } from '@gatewright/operations';
import { minutes, type ReconcileReport, reconcile } from '@gatewright/payment-core';
import type { JobRunner } from '@gatewright/payment-ledger';
import type { App } from './app.ts';
import { type Assembly, createWork } from './assemble.ts';
import { workFollowUps } from './refunds/work-follow-ups.ts';
import { workRejections } from './sessions/work-rejections.ts';

/** Everything that moves without being asked for. */
export interface Work {
  readonly runner: JobRunner;
  /** There is something to do. */
  readonly kick: () => void;
  /** All that is due at the clock's now, and what becomes due by it. */
  readonly drain: () => Promise<void>;
  readonly reconcile: () => Promise<ReconcileReport>;
  /** @returns ends it and waits for what is under way */
  readonly start: (reload: App['reloadCertificates']) => () => Promise<void>;
}

export const workOf = (assembly: Assembly, configure: App['configure']): Work => {
  const { settings, ports, opened } = assembly;
  const { log } = settings;
  const runner = createWork(assembly);
  const failed = (error: unknown): void => log.error({ err: error }, 'refund or rejection failed');
  const rejecting = { ...assembly, ledger: opened.ledger, configure, log };
  const follow = async (): Promise<number> =>
    (await workFollowUps(assembly, failed)) + (await workRejections(rejecting, failed));
  const drain = async (): Promise<void> => {
    await runner.drain();
    while ((await follow()) > 0) await runner.drain();
  };
  const reconcileAndDrain = async (): Promise<ReconcileReport> => {
    const report = await reconcile(ports);
    await drain();
    return report;
  };
  const followSoon = (): void => {
    follow().catch((error: unknown) => log.error({ err: error }, 'refunds not looked at'));
  };
  return {
    runner,
    kick: () => {
      runner.kick();
      if (settings.background === true) followSoon();
    },
    drain,
    reconcile: reconcileAndDrain,
    start: (reload) => {
      const rounds = { reconcile: reconcileAndDrain, refunds: follow };
      const end = startBackground({ runner, rounds, timer: everyInterval, log });
      // Not a certificate of ours: Shopify announces its own a while before.
      const endReload = everyInterval(() => {
        reload().catch((error: unknown) => log.error({ err: error }, 'certificates not read'));
      }, minutes(1));
      return async () => {
        endReload();
        await end();
      };
    },
  };
};
