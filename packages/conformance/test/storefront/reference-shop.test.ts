import { describeStorefront } from '../../src/storefront/describe-storefront.ts';
import { openReferenceShop } from './reference-shop.ts';

describeStorefront({ name: 'the reference shop', readsOrders: true, open: () => openReferenceShop() });
