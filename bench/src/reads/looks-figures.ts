import { type GatewaySimulators, startGatewaySimulators } from '@gatewright/gateway-simulator';
import { minutes, reconcile } from '@gatewright/payment-core';
import type { Bridge } from '@gatewright/woocommerce-bridge';
import type { Budget } from '../budget.ts';
import { inTemporaryFolder } from '../measure/folder.ts';
import { compare, interleave } from '../measure/rounds.ts';
import type { Figure } from '../report/row.ts';
import { startCountedBridge } from './bridge-at-simulators.ts';
import { connectAccountTo, openInvoicesAt } from './open-invoices.ts';

const gateway = 'crypto-pay';
const rounds = 3;

/** Milliseconds for each invoice of one look at all that are due. */
const look = async (
  { ports }: Bridge,
  { clock }: Pick<GatewaySimulators, 'clock'>,
  count: number,
  accountsAtOnce: number | undefined,
): Promise<number> => {
  // Everything is due again by then, also what has expired.
  await clock.advance(minutes(16));
  const begin = performance.now();
  for (let read = 0; read < count; ) {
    const report = await reconcile(ports, accountsAtOnce);
    if (report.read === 0) throw new Error(`${count - read} invoices were not asked for`);
    read += report.read;
  }
  return (performance.now() - begin) / count;
};

/** What a look costs the ledger: its writes in groups, beside a commit for each invoice. */
export const looksFigures = async ({ openInvoices }: Budget): Promise<readonly Figure[]> =>
  inTemporaryFolder(async (folder) => {
    const simulators = await startGatewaySimulators({ gateways: [gateway], knobs: { rateLimits: false } });
    const { bridge } = await startCountedBridge(folder, simulators);
    try {
      const made = simulators.gateways[gateway].createAccount();
      const account = await connectAccountTo(bridge, gateway, made, gateway);
      await openInvoicesAt(simulators, bridge, account, openInvoices);
      const { grouped, single } = await interleave(
        {
          grouped: () => look(bridge, simulators, openInvoices, undefined),
          single: () => look(bridge, simulators, openInvoices, 1),
        },
        rounds,
      );
      return [
        {
          name: `a look at ${openInvoices} open invoices of ${gateway}, for each: beside a commit for each`,
          unit: 'ms',
          target: null,
          ...compare(grouped, single),
          note: 'the simulated gateway answers in the same process',
        },
      ];
    } finally {
      await bridge.stop();
      await simulators.stop();
    }
  });
