import type {
  CheckoutResult,
  Invoice,
  JobQueue,
  Mode,
  Policy,
  Ports,
  RefundResult,
  ReviewRow,
} from '@gatewright/payment-core';
import type { BenchPay, BenchPayment, GatewayBench } from '../gateway/bench.ts';
import type { GatewaySubject } from '../gateway/subject.ts';
import type { MovingRates } from './rates.ts';
import type { ReceivedWebhook, Receiver, WebhookOnWire } from './receiver.ts';
import type { Seat, SeatName } from './seats.ts';
import type { ReferenceShop, ShopOrder } from './shop.ts';
import type { StageState } from './state.ts';
import type { Wire } from './wire.ts';

export interface StageSettings {
  readonly policy?: Partial<Policy>;
  /** Default: as the account's host says. */
  readonly storeMode?: Mode;
  /** Whether the accounts are live or test, whatever host the bench is on. Default: as the adapter says. */
  readonly accountMode?: Mode;
}

/** What is taken to checkout. */
export interface Wanted {
  /** Order key; default "1". It is placed when it is new. */
  readonly order?: string;
  readonly currency?: string;
  readonly seat?: Seat;
}

/** The core's use cases over a ledger, real HTTP to a gateway's bench and back, and the reference shop. */
export interface Stage {
  readonly subject: GatewaySubject;
  readonly bench: GatewayBench;
  readonly ports: Ports;
  readonly jobs: JobQueue;
  readonly shop: ReferenceShop;
  readonly rates: MovingRates;
  readonly wire: Wire;
  readonly receiver: Receiver;
  readonly main: Seat;
  openSeat(name: SeatName): Promise<Seat>;
  /** The owner of the main store goes live, or back to test. */
  storeBecomes(mode: Mode): void;
  order(orderKey?: string): ShopOrder;
  /** The order is placed in the shop, if it is new, and taken to checkout as it is now. */
  tryCheckout(wanted?: Wanted): Promise<CheckoutResult>;
  /** The same, for what must succeed. */
  checkout(wanted?: Wanted): Promise<Invoice>;
  /** The gateway's side of an invoice. */
  payment(invoice: Invoice): BenchPayment;
  /** What the shopper has to send for an invoice, times `factor`. */
  share(invoice: Invoice, factor: string): string;
  /** The shopper sends money; webhooks arrive, nothing else is done. */
  send(invoice: Invoice, how?: BenchPay): Promise<void>;
  /** The shopper sends money, and the worker runs. */
  pay(invoice: Invoice, how?: BenchPay): Promise<void>;
  current(invoice: Pick<Invoice, 'id'>): Promise<Invoice>;
  /** What stands in front of a person. */
  reviews(seat?: Seat): Promise<readonly ReviewRow['kind'][]>;
  /** Runs due jobs until none is due. */
  work(): Promise<void>;
  /** Ten seconds with the worker running, so that what the core puts off for some seconds is done. */
  moment(): Promise<void>;
  /** Lets time pass with worker and poller running every minute, as a living bridge would. */
  live(ms: number): Promise<void>;
  /** Lets time pass at the gateway while nothing of ours runs. */
  sleep(ms: number): Promise<void>;
  /** One read of the invoice, as an owner or a returning shopper asks for it. */
  recheck(invoice: Pick<Invoice, 'id'>): Promise<void>;
  /** The webhooks that `action` brings, kept from the core and acknowledged. */
  capture(action: () => Promise<void>): Promise<readonly ReceivedWebhook[]>;
  /** Sends a webhook over the socket; what the core answers. */
  deliver(webhook: WebhookOnWire, seat?: Seat): Promise<{ readonly status: number; readonly reason: string }>;
  refund(refundId: string, amount: string): Promise<RefundResult>;
  /** Everything that a webhook could have changed, for comparing. */
  state(): Promise<StageState>;
  /** False: the ledger cannot store. */
  ledgerWorks(works: boolean): void;
}
