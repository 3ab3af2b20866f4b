import type {
  ActionOptions,
  GatewaySimulator,
  ShopperOutcome,
  SimulatedPayment,
} from '@gatewright/gateway-simulator';

/** An order that has been taken to the gateway's page. */
export interface PlacedOrder {
  readonly id: number;
  /** Address of the shopper's page. */
  readonly page: string;
  readonly payment: SimulatedPayment;
}

/** What a story may do: one gateway, one shop, and time. */
export interface Scene {
  readonly simulator: Pick<GatewaySimulator, 'shopper' | 'faults'>;
  /** Places an order of 50 USD in the shop, chooses the gateway on the pay page and follows it there. */
  checkout(): Promise<PlacedOrder>;
  /** The shopper's action at the gateway, with the amount the order is worth there. */
  act(
    kind: 'pay' | 'underpay' | 'overpay',
    order: PlacedOrder,
    options?: ActionOptions,
  ): Promise<ShopperOutcome>;
  /** Lets time pass for the gateway, the bridge and the shop. */
  live(minutes: number): Promise<void>;
  cancelInShop(order: PlacedOrder): Promise<void>;
  /** The whole amount, through the payment method; true when the shop booked the refund. */
  refundInShop(order: PlacedOrder): Promise<{ readonly ok: boolean; readonly message: string }>;
  /**
   * The order's status in the shop, a fulfilment too many or a review item with it; then what the shopper's page shows.
   */
  outcome(order: PlacedOrder): Promise<string>;
}
