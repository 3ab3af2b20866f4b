/** How much a run may take: the full one for figures to publish, the quick one to see that everything works. */
export interface Budget {
  /** Rounds of what runs in one process. */
  readonly rounds: number;
  /** Rounds of what starts processes. */
  readonly processRounds: number;
  readonly burst: number;
  /** Invoices of the two ledgers that are compared. */
  readonly smallLedger: number;
  readonly largeLedger: number;
  /** Webhooks under strace, and before the kill. */
  readonly proof: number;
  readonly openInvoices: number;
  readonly stores: number;
  readonly openPerStore: number;
  /** Carts that are paid at a Medusa shop by each way. */
  readonly purchases: number;
}

export const fullBudget: Budget = {
  rounds: 15,
  processRounds: 3,
  burst: 20_000,
  smallLedger: 1_000,
  largeLedger: 200_000,
  proof: 4_000,
  openInvoices: 10_000,
  stores: 1_000,
  openPerStore: 100,
  purchases: 9,
};

export const quickBudget: Budget = {
  rounds: 3,
  processRounds: 2,
  burst: 3_200,
  smallLedger: 1_000,
  largeLedger: 20_000,
  proof: 640,
  openInvoices: 2_000,
  stores: 50,
  openPerStore: 20,
  purchases: 2,
};
