import { type GatewayId, startGatewaySimulators } from '@gatewright/gateway-simulator';
import type { Budget } from '../budget.ts';
import { inTemporaryFolder } from '../measure/folder.ts';
import type { Figure, Target } from '../report/row.ts';
import { startCountedBridge } from './bridge-at-simulators.ts';
import { connectAccountTo, openInvoicesAt } from './open-invoices.ts';

const perInvoice = (value: number): Target => ({ of: 'ratio', relation: '≤', value });
const calls = (value: number): Target => ({ of: 'ours', relation: '≤', value });

/** The gateways that can be asked. Teleport Pay cannot: its invoices are never read. */
const targets = (count: number): readonly (readonly [GatewayId, Target])[] => [
  ['crypto-pay', calls(Math.ceil(count / 1_000) + 1)],
  ['xrocket-pay', perInvoice(0.02)],
  ['cryptopayment-center', perInvoice(0.06)],
  ['ton-nft', calls(1)],
  ['gatenoc', calls(1)],
];

/** One gateway's open invoices, read once each by the bridge's own reconcile. */
const readsOf = (gateway: GatewayId, count: number): Promise<number> =>
  inTemporaryFolder(async (folder) => {
    const simulators = await startGatewaySimulators({
      gateways: [gateway],
      // Making the invoices would meet them; what is counted does not depend on them.
      knobs: { rateLimits: false },
    });
    const { bridge, requests } = await startCountedBridge(folder, simulators);
    try {
      const simulator = simulators.gateways[gateway];
      const made = simulator.createAccount();
      const account = await connectAccountTo(bridge, gateway, made, gateway);
      await openInvoicesAt(simulators, bridge, account, count);
      const before = requests();
      for (let read = 0; read < count; ) {
        const report = await bridge.reconcile();
        if (report.read === 0) throw new Error(`${gateway}: ${count - read} invoices were not read`);
        read += report.read;
      }
      return requests() - before;
    } finally {
      await bridge.stop();
      await simulators.stop();
    }
  });

/** (e): how many calls it takes to look at every open invoice once. */
export const readsFigures = async ({ openInvoices }: Budget): Promise<readonly Figure[]> => {
  const figures: Figure[] = [];
  for (const [gateway, target] of targets(openInvoices)) {
    figures.push({
      name: `reads for ${openInvoices} open invoices of ${gateway}: beside one call each`,
      unit: 'calls',
      target,
      ours: await readsOf(gateway, openInvoices),
      other: openInvoices,
      note: 'HTTP requests of one round of reconcile to the simulated gateway; a count, the same on every machine',
    });
  }
  return figures;
};
