/** What a gateway can do, as gateways.md 11.4 lists it. docs/gateways/*.md and the sandbox's table are made from it. */
export interface GatewayCapabilities {
  /** `id`: one call per invoice or batch; `list`: only a list of recent payments; `after-payment`: nothing to read before money came. */
  readonly poll: 'none' | 'id' | 'list' | 'after-payment';
  readonly cancel: boolean;
  readonly refund: 'none' | 'full' | 'partial';
  readonly idempotentCreate: boolean;
  /** A create call whose outcome is unknown can be looked for by our reference. */
  readonly findByReference: boolean;
  readonly signsWholeBody: boolean;
  readonly signedTimestamp: boolean;
  /** The gateway decides the amount when the payment arrives (NFT-1). */
  readonly quoteAtPayment: boolean;
  /** The exchange rate of a fiat invoice is fixed when it is paid, so such an invoice lives shorter (CP-10). */
  readonly rateAtPayment: boolean;
  readonly depositAddress: boolean;
  readonly returnUrl: 'redirect' | 'button' | 'none';
  readonly perInvoiceWebhook: boolean;
  readonly sendsExpired: boolean;
  readonly topUp: boolean;
  readonly chargebacks: boolean;
  readonly testMode: boolean;
  /** Can a shopper pay another amount than asked? */
  readonly underpayment: boolean;
  readonly overpayment: boolean;
  /** Can money arrive after the expiry? */
  readonly latePayment: boolean;
  /** Can a settled invoice be paid once more? It is read again after its end, should the message be lost (GN-7). */
  readonly secondPayment: boolean;
  /**
   * What a signed fact needs before it is applied (invariant 2). `required`: the webhook is a hint, only a read counts;
   * `preferred`: a read within 60 s, else the signed fact stands; `none`: the signed fact suffices.
   */
  readonly confirmByRead: 'none' | 'preferred' | 'required';
  /** Most invoices one read call takes; 1 where each needs its own. */
  readonly readBatch: number;
}
