import { describeStorefront } from '@gatewright/conformance';
import { openReferenceShop } from './reference-shop.ts';

describeStorefront({ name: 'the reference shop', readsOrders: true, open: () => openReferenceShop() });
