import { type Job, type JobHandler, type JobResult, seconds } from '@gatewright/payment-core';
import type { Vault } from '@gatewright/payment-ledger';
import { type OfferParts, offerPayment } from '../rest-mode/offer-payment.ts';
import { reviewRefunds } from '../rest-mode/refund-review.ts';
import { readStoreSettings } from '../storefront/store-settings.ts';
import { endPage, unstartedPage } from './unstarted-page.ts';

type Follow = Extract<Job, { kind: 'follow-order' }>;

const follows = (job: Job): job is Follow => job.kind === 'follow-order';

/** A shopper may still have the page of an order for which nothing was ever started at a gateway. */
const followPage = async ({ ports }: OfferParts, { store, orderKey }: Follow): Promise<JobResult> => {
  const page = await unstartedPage(ports, store, orderKey);
  if (!page || !ports.storefront.readOrder) return { done: true };
  const answer = await ports.storefront.readOrder(store, orderKey);
  if (answer.outcome === 'unavailable')
    return { done: false, again: answer.retryAfterMs ?? seconds(30), reason: answer.reason };
  if (answer.order.state !== 'open') await endPage(ports, page);
  return { done: true };
};

/** The ledger's jobs, and what "an order changed" means for a WooCommerce shop beside them. */
export const withShopJobs =
  (handle: JobHandler, vault: Pick<Vault, 'store'>, parts: OfferParts): JobHandler =>
  async (job) => {
    if (!follows(job)) return handle(job);
    const { store, orderKey } = job;
    const { restOnly } = readStoreSettings((await vault.store(store))?.settings);
    const first =
      restOnly === null ? await followPage(parts, job) : await offerPayment(parts, store, orderKey);
    if (!first.done) return first;
    const followed = await handle(job);
    if (followed.done && restOnly !== null) await reviewRefunds(parts.ports, store, orderKey);
    return followed;
  };
