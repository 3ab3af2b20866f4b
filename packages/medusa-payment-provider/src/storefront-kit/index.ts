export {
  type PaymentAmount,
  type PaymentState,
  type PaymentStatus,
  readPayment,
  sessionIdOf,
} from './read-payment.ts';
export { type PaymentWish, type StartedPayment, startPayment } from './start-payment.ts';
export type { Answered, StoreApi } from './store-api.ts';
export { type EventStream, type WatchEnd, type WatchOptions, watchPayment } from './watch-payment.ts';
