import * as z from 'zod';
import { cannot, expects, told } from '../../stories/story.ts';
import type { MedusaScene } from '../scene.ts';
import { addProduct } from '../shop/seed.ts';
import { type MedusaStory, mustHappen, onlyAfterPayment } from './medusa-story.ts';

/** Medusa throws the session away; the shopper pays what the tab still shows. */
const cartChanged: MedusaStory = {
  name: 'cart changed, old invoice paid',
  expected: ({ cancel }, ways) =>
    onlyAfterPayment(ways, () =>
      cancel ? expects('no order, could not be paid', 'ended') : expects('no order, in review', 'held'),
    ),
  play: async (scene) => {
    const purchase = await scene.checkout();
    await scene.shop.shopper.addToCart(purchase.cart, scene.shop.seeded.bulb);
    await scene.live(5);
    const paid = await scene.act('pay', purchase);
    await scene.live(10);
    const [outcome = '', page = ''] = (await scene.outcome(purchase)).split('; page: ');
    return told(`${outcome}${paid.ok ? '' : ', could not be paid'}`, page);
  },
};

/** One piece is left, and the merchant sells it over the counter while the shopper is at the gateway. */
const sellOut = async ({ shop }: MedusaScene, variant: string): Promise<void> => {
  const items = z.object({
    variant: z.object({ inventory_items: z.array(z.object({ inventory_item_id: z.string() })).min(1) }),
  });
  const { merchant, seeded } = shop;
  const products = await merchant.get(
    `/admin/product-variants?id=${variant}&fields=*inventory_items`,
    z.object({ variants: z.array(items.shape.variant).min(1) }),
  );
  const item = products.variants[0]?.inventory_items[0]?.inventory_item_id;
  const level = `/admin/inventory-items/${item}/location-levels/${seeded.location}`;
  await merchant.post(level, { stocked_quantity: 0 }, z.unknown());
};

const outOfStock: MedusaStory = {
  name: 'out of stock after payment',
  expected: (_, ways) => onlyAfterPayment(ways, () => expects('no order, in review', 'held')),
  play: async (scene) => {
    const { merchant, seeded } = scene.shop;
    const variant = await addProduct(merchant, seeded, {
      title: `Last one ${crypto.randomUUID()}`,
      price: 50,
      stock: 1,
    });
    const purchase = await scene.checkout([variant]);
    await sellOut(scene, variant);
    mustHappen(await scene.act('pay', purchase));
    await scene.live(10);
    return scene.outcome(purchase);
  },
};

const cancelled: MedusaStory = {
  name: 'order cancelled before payment',
  expected: ({ cancel }, { timing }) =>
    timing === 'before_payment'
      ? expects('canceled', cancel ? 'cancelled' : 'ended')
      : cannot('there is no order before the payment'),
  play: async (scene) => {
    const purchase = await scene.checkout();
    const deed = await scene.cancelOrder(purchase);
    if (!deed.ok) throw new Error(deed.message);
    await scene.live(5);
    return scene.outcome(purchase);
  },
};

/** Refunds that no gateway made are refused with a text that says what to do. */
const refundText = (deeds: readonly { readonly ok: boolean; readonly message?: string }[]): string => {
  const refused = deeds.find(({ ok }) => !ok);
  if (refused === undefined) return '';
  return /by hand/.test(refused.message ?? '') ? ', refund by hand' : `, refund failed: ${refused.message}`;
};

const refundedInParts: MedusaStory = {
  name: 'refunded in two parts',
  expected: ({ refund }) =>
    refund === 'partial' ? expects('refunded', 'refunded') : expects('captured, refund by hand', 'paid'),
  play: async (scene) => {
    const purchase = await scene.checkout();
    mustHappen(await scene.act('pay', purchase));
    await scene.live(5);
    const deeds = [await scene.refund(purchase, 20.5)];
    if (deeds[0]?.ok) deeds.push(await scene.refund(purchase, 29.5));
    await scene.live(5);
    const [outcome = '', page = ''] = (await scene.outcome(purchase)).split('; page: ');
    return told(`${outcome}${refundText(deeds)}`, page);
  },
};

/** Medusa refunds a paid order that an admin cancels, and cancels it all the same where the refund was refused (#15623). */
const cancelledPaid: MedusaStory = {
  name: 'paid order cancelled',
  expected: ({ refund }) =>
    refund === 'none' ? expects('canceled, keeps 50.00, in review', 'paid') : expects('canceled', 'refunded'),
  play: async (scene) => {
    const purchase = await scene.checkout();
    mustHappen(await scene.act('pay', purchase));
    await scene.live(5);
    const deed = await scene.cancelOrder(purchase);
    if (!deed.ok) throw new Error(deed.message);
    await scene.live(5);
    return scene.outcome(purchase);
  },
};

/** The stories in which the shop, its owner or the cart changes around a payment. */
export const shopChanges: readonly MedusaStory[] = [
  cartChanged,
  outOfStock,
  cancelled,
  refundedInParts,
  cancelledPaid,
];
