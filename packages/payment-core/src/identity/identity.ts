import * as z from 'zod';

/** One shop on a storefront platform. Everything else is scoped by it (architecture.md, invariant 6). */
export const storeIdSchema = z
  .string()
  .regex(/^[A-Za-z0-9_-]{1,64}$/)
  .brand<'StoreId'>();
export type StoreId = z.infer<typeof storeIdSchema>;

/** One set of gateway credentials of one store. It stands in webhook URLs, so it carries 128 random bits. */
export const accountIdSchema = z
  .string()
  .regex(/^[A-Za-z0-9_-]{1,64}$/)
  .brand<'AccountId'>();
export type AccountId = z.infer<typeof accountIdSchema>;

/** Our record of one attempt; opaque, 128 random bits, safe in URLs. */
export const invoiceIdSchema = z
  .string()
  .regex(/^[A-Za-z0-9_-]{16,64}$/)
  .brand<'InvoiceId'>();
export type InvoiceId = z.infer<typeof invoiceIdSchema>;

/** A shopper's payment page; opaque, 128 random bits, safe in URLs. */
export const pageIdSchema = z
  .string()
  .regex(/^[A-Za-z0-9_-]{22}$/)
  .brand<'PageId'>();
export type PageId = z.infer<typeof pageIdSchema>;

/** What may be fulfilled once: an order id, a cart id, shop + group (architecture.md, Words). */
export const orderKeySchema = z.string().min(1).max(200).brand<'OrderKey'>();
export type OrderKey = z.infer<typeof orderKeySchema>;

export type RandomBytes = (count: number) => Uint8Array;

const poolBytes = 4_096;

/** Draws many bytes at once and gives each of them once: for a system that takes longer to be asked than to answer. */
export const pooledRandom = (random: RandomBytes): RandomBytes => {
  let pool: Uint8Array = new Uint8Array();
  return (count) => {
    if (count > poolBytes) return random(count);
    if (count > pool.length) pool = random(poolBytes);
    const given = pool.subarray(0, count);
    pool = pool.subarray(count);
    return given;
  };
};

/** A number from 0 up to, without, 1: for jitter, never for ids. */
export const randomFraction = (random: RandomBytes): number =>
  Buffer.from(random(4)).readUInt32BE() / 2 ** 32;

const freshToken = (random: RandomBytes): string => Buffer.from(random(16)).toString('base64url');

export const newInvoiceId = (random: RandomBytes): InvoiceId => invoiceIdSchema.parse(freshToken(random));
export const newPageId = (random: RandomBytes): PageId => pageIdSchema.parse(freshToken(random));
export const newAccountId = (random: RandomBytes): AccountId => accountIdSchema.parse(freshToken(random));
export const newStoreId = (random: RandomBytes): StoreId => storeIdSchema.parse(freshToken(random));
/**
 * A row id that begins with its time: rows that are written together stand together in every index, so that a burst
 * changes a few of its pages and not one for each row.
 */
export const newTimedRowId = (random: RandomBytes, now: number): string =>
  `${now.toString(36).padStart(9, '0')}${freshToken(random)}`;
/** An id for rows nobody names in code (instructions, jobs, reviews): 128 random bits, base64url. */
export const newRowId = (random: RandomBytes): string => freshToken(random);
