import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { type GatewayId, startGatewaySimulators } from '@gatewright/gateway-simulator';
import { seconds } from '@gatewright/payment-core';
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

interface Reads {
  readonly calls: number;
  /** Invoices that the gateway said something of. */
  readonly read: number;
}

const readIn = (folder: string): number => {
  const database = new DatabaseSync(join(folder, 'reads.db'), { readOnly: true });
  const row = database.prepare('select count(last_read_at) as read from invoices').get();
  database.close();
  return Number(row?.read);
};

/** One look of the bridge's own reconcile at every open invoice of one gateway. */
const readsOf = (gateway: GatewayId, count: number): Promise<Reads> =>
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
      for (let leased = 0; leased < count; ) {
        const report = await bridge.reconcile();
        if (report.read === 0 && report.unavailable === 0)
          throw new Error(`${gateway}: ${count - leased} invoices were not asked for`);
        leased += report.read;
        // At the limit of calls a minute; what was read is not due again before the rest is.
        if (report.unread + report.unavailable > 0) await simulators.clock.advance(seconds(10));
      }
      return { calls: requests() - before, read: readIn(folder) };
    } finally {
      await bridge.stop();
      await simulators.stop();
    }
  });

/** (e): how many calls it takes to look at every open invoice once. */
export const readsFigures = async ({ openInvoices }: Budget): Promise<readonly Figure[]> => {
  const figures: Figure[] = [];
  for (const [gateway, target] of targets(openInvoices)) {
    const { calls: made, read } = await readsOf(gateway, openInvoices);
    figures.push({
      name: `calls to read ${openInvoices} open invoices of ${gateway}: beside the invoices that were read`,
      unit: 'calls',
      target,
      ours: made,
      other: read,
      note:
        read === openInvoices
          ? 'HTTP requests to the simulated gateway; a count, the same on every machine'
          : `${openInvoices - read} stood in no answer: a list of the newest payments only, or the limit of calls a minute`,
    });
  }
  return figures;
};
