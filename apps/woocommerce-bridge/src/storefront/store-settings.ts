import * as z from 'zod';

const defaultLinkText = 'Please pay {amount} for order {order} here: {link}';

/** A payment method's id in WooCommerce, such as `bacs`. */
const methodId = z.string().regex(/^[\w-]{1,64}$/);

/**
 * What the bridge reads from a WooCommerce store's settings in the vault. Other keys belong to others and are kept.
 * `restOnly` is off unless the owner switched it on: it names the payment methods that stand for ours at checkout.
 */
const settingsSchema = z.object({
  restOnly: z
    .object({
      methods: z.array(methodId).min(1).max(10),
      /** How long an order waits for its money, from the link on. */
      deadlineHours: z.number().int().min(1).max(720).default(72),
      /** What the customer reads; {link} is the page, {order} and {amount} as they say. */
      linkText: z.string().max(500).includes('{link}').default(defaultLinkText),
    })
    .nullish()
    .transform((value) => value ?? null),
});
export type StoreSettings = z.output<typeof settingsSchema>;
export type RestOnly = NonNullable<StoreSettings['restOnly']>;
/** As it is asked for: what is left out has its default. */
export type RestOnlyWish = Partial<RestOnly> & Pick<RestOnly, 'methods'>;

const plain: StoreSettings = { restOnly: null };

/** Settings that cannot be read count as none: the plugin's way is the one that can be fenced. */
export const readStoreSettings = (settings: unknown): StoreSettings => {
  const parsed = settingsSchema.safeParse(settings ?? {});
  return parsed.success ? parsed.data : plain;
};

/** The same settings with REST-only mode on or off. */
export const withRestOnly = (
  settings: unknown,
  restOnly: RestOnlyWish | null,
): Readonly<Record<string, unknown>> => {
  const before = z.record(z.string(), z.unknown()).safeParse(settings);
  return { ...(before.success ? before.data : {}), restOnly };
};
