import { hash } from 'node:crypto';
import * as z from 'zod';
import type { Order } from '../orders/order.ts';

/** Which order is meant by a number: numbers come again after a restored database, order keys do not. */
export const orderKeyHash = ({ orderKey }: Order): string => hash('sha256', orderKey);

/** Absent: a bridge that does not know of order keys. */
export const orderKeyHashField = z
  .string()
  .regex(/^[0-9a-f]{64}$/)
  .optional();

/** Whether the call means this very order. */
export const isMeant = (order: Order, hash: string | undefined): boolean =>
  hash === undefined || hash === orderKeyHash(order);
