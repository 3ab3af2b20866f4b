import type { Job, JobHandler } from '@gatewright/payment-core';
import type { Vault } from '@gatewright/payment-ledger';
import { readStoreSettings } from '../storefront/store-settings.ts';
import { type OfferParts, offerPayment } from './offer-payment.ts';
import { reviewRefunds } from './refund-review.ts';

const follows = (job: Job): job is Extract<Job, { kind: 'follow-order' }> => job.kind === 'follow-order';

/** The ledger's jobs, and for stores in REST-only mode what "an order changed" means beside it. */
export const withRestMode =
  (handle: JobHandler, vault: Pick<Vault, 'store'>, parts: OfferParts): JobHandler =>
  async (job) => {
    if (!follows(job)) return handle(job);
    const { store, orderKey } = job;
    const { restOnly } = readStoreSettings((await vault.store(store))?.settings);
    if (restOnly === null) return handle(job);
    const offered = await offerPayment(parts, store, orderKey);
    if (!offered.done) return offered;
    const followed = await handle(job);
    if (followed.done) await reviewRefunds(parts.ports, store, orderKey);
    return followed;
  };
