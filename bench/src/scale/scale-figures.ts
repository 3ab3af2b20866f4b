import { mkdtemp } from 'node:fs/promises';
import { join } from 'node:path';
import { startGatewaySimulators } from '@gatewright/gateway-simulator';
import { minutes, seconds } from '@gatewright/payment-core';
import type { Budget } from '../budget.ts';
import { inTemporaryFolder } from '../measure/folder.ts';
import { compare, interleave } from '../measure/rounds.ts';
import { startCountedBridge } from '../reads/bridge-at-simulators.ts';
import { connectAccountTo, openInvoicesAt } from '../reads/open-invoices.ts';
import type { Figure } from '../report/row.ts';
import { startBridgeOnce } from '../start/start-figures.ts';

/** How often a bridge looks for invoices that are due (background.ts). */
const roundMs = seconds(15);

type Size = Pick<Budget, 'stores' | 'openPerStore'>;

interface Sweep {
  readonly calls: number;
  readonly refused: number;
  /** On the clock that the bridge and the gateway share. */
  readonly clockMinutes: number;
  readonly wallSeconds: number;
}

/** Every store has an account and open invoices, made by the gateway; then the poller looks at each of them once. */
const sweep = async (folder: string, { stores, openPerStore }: Size): Promise<Sweep> => {
  const simulators = await startGatewaySimulators({ gateways: ['crypto-pay'] });
  const { bridge, requests, refusedForRate } = await startCountedBridge(folder, simulators);
  const { clock } = simulators;
  try {
    for (let store = 0; store < stores; store += 1) {
      const made = simulators.gateways['crypto-pay'].createAccount();
      const account = await connectAccountTo(bridge, 'crypto-pay', made, `shop-${store}`);
      await openInvoicesAt(simulators, bridge, account, openPerStore);
    }
    // The invoices were made by calls of our own in one standing second, which are in the way of nobody's limit after it.
    await clock.advance(roundMs);
    const [before, from, started] = [requests(), clock.now(), performance.now()];
    for (let read = 0; read < stores * openPerStore; ) {
      const roundAt = clock.now();
      read += (await bridge.reconcile()).read;
      const next = roundAt + roundMs - clock.now();
      if (next > 0) await clock.advance(next);
    }
    return {
      calls: requests() - before,
      refused: refusedForRate(),
      clockMinutes: (clock.now() - from) / minutes(1),
      wallSeconds: (performance.now() - started) / 1_000,
    };
  } finally {
    await bridge.stop();
    await simulators.stop();
  }
};

const startFigure = async (folder: string, size: Size, rounds: number): Promise<Figure> => {
  const samples = await interleave(
    {
      large: async () => (await startBridgeOnce(`sqlite:${join(folder, 'reads.db')}`)).seconds,
      small: async () => {
        const own = await mkdtemp(join(folder, 'start-'));
        return (await startBridgeOnce(`sqlite:${join(own, 'ledger.db')}`)).seconds;
      },
    },
    rounds,
  );
  const { stores, openPerStore } = size;
  return {
    name: `start of the bridge with ${stores} stores and ${stores * openPerStore} open invoices: beside a new ledger`,
    unit: 's',
    target: { of: 'ours', relation: '<', value: 3 },
    ...compare(samples.large, samples.small),
  };
};

/** (h): many stores on one bridge. */
export const scaleFigures = ({ stores, openPerStore, processRounds }: Budget): Promise<readonly Figure[]> =>
  inTemporaryFolder(async (folder) => {
    const size = { stores, openPerStore };
    const { calls, refused, clockMinutes, wallSeconds } = await sweep(folder, size);
    const whom = `${stores * openPerStore} open invoices of ${stores} Crypto Pay accounts`;
    return [
      {
        name: `answers 429 while the poller looks at ${whom}: beside all its calls`,
        unit: 'calls',
        target: { of: 'ours', relation: '≤', value: 0 },
        ours: refused,
        other: calls,
        note: `the simulator keeps the documented limits; ${wallSeconds.toFixed(1)} s of work in all`,
      },
      {
        name: `minutes of the clock until the poller has seen ${whom}: beside the minute after which a young one is due`,
        unit: 'min',
        target: null,
        ours: clockMinutes,
        other: 1,
        note: 'a round each 15 s takes 50 accounts',
      },
      await startFigure(folder, size, processRounds),
    ];
  });
