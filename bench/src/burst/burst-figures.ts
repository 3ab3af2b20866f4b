import { rm } from 'node:fs/promises';
import type { Budget } from '../budget.ts';
import { inTemporaryFolder } from '../measure/folder.ts';
import { compare, interleave, median } from '../measure/rounds.ts';
import type { Figure } from '../report/row.ts';
import { storedIn, untilApplied } from './applied.ts';
import { connections, sendBurst } from './client.ts';
import { type MadeLedger, makeLedger, startBare, startBridgeOn } from './servers.ts';
import { type SignedWebhook, webhooksFor } from './webhooks.ts';

const allAnswered = (acknowledged: number, webhooks: readonly SignedWebhook[]): void => {
  if (acknowledged !== webhooks.length)
    throw new Error(`${webhooks.length - acknowledged} of ${webhooks.length} webhooks were not acknowledged`);
};

interface Round {
  readonly perSecond: number;
  /** CPU time of the server for each webhook of the burst. */
  readonly cpuMicroseconds: number;
}

interface BridgeRound extends Round {
  readonly secondsUntilAnswered: number;
  readonly secondsUntilApplied: number;
}

/** A burst at a fresh bridge, and what became of it: every webhook stored, every paid order settled. */
const bridgeRound = async (
  folder: string,
  ledger: MadeLedger,
  webhooks: readonly SignedWebhook[],
): Promise<BridgeRound> => {
  const { server, path, webhookUrl } = await startBridgeOn(folder, ledger);
  try {
    const before = server.cpuMs();
    const { perSecond, acknowledged, firstAt, lastAt } = await sendBurst(webhookUrl, webhooks);
    const cpuMicroseconds = ((server.cpuMs() - before) / webhooks.length) * 1_000;
    allAnswered(acknowledged.length, webhooks);
    const appliedAt = await untilApplied(path);
    const stored = await storedIn(path);
    const paid = Math.min(ledger.made.open.length, webhooks.length);
    const settled = ledger.made.settled + paid;
    if (
      stored.webhooks !== webhooks.length ||
      stored.settledInvoices !== settled ||
      stored.unsettledOrders > 0
    )
      throw new Error(`the burst was acknowledged but not applied: ${JSON.stringify(stored)}`);
    return {
      perSecond,
      cpuMicroseconds,
      secondsUntilAnswered: (lastAt - firstAt) / 1_000,
      secondsUntilApplied: (appliedAt - firstAt) / 1_000,
    };
  } finally {
    await server.stop();
    await Promise.all(['', '-wal', '-shm'].map((suffix) => rm(`${path}${suffix}`, { force: true })));
  }
};

const bareRound = async (folder: string, webhooks: readonly SignedWebhook[]): Promise<Round> => {
  const server = await startBare(folder);
  try {
    const before = server.cpuMs();
    const { perSecond, acknowledged } = await sendBurst(server.url, webhooks);
    allAnswered(acknowledged.length, webhooks);
    return { perSecond, cpuMicroseconds: ((server.cpuMs() - before) / webhooks.length) * 1_000 };
  } finally {
    await server.stop();
  }
};

const roundDown = (count: number): number => Math.floor(count / connections) * connections;

/** (c): a burst in which every webhook pays another order. */
export const burstFigures = ({ burst, processRounds }: Budget): Promise<readonly Figure[]> =>
  inTemporaryFolder(async (folder) => {
    const count = roundDown(burst);
    const ledger = await makeLedger(folder, count, count);
    const webhooks = webhooksFor(ledger.made.open, count);
    const rounds: BridgeRound[] = [];
    const bareRounds: Round[] = [];
    const samples = await interleave(
      {
        ours: async () => {
          const round = await bridgeRound(folder, ledger, webhooks);
          rounds.push(round);
          return round.perSecond;
        },
        bare: async () => {
          const round = await bareRound(folder, webhooks);
          bareRounds.push(round);
          return round.perSecond;
        },
      },
      processRounds,
    );
    return [
      {
        name: `acknowledge ${count} webhooks, each in a commit on the disk: beside node:http with an HMAC and no storage`,
        unit: 'per s',
        target: { of: 'ratio', relation: '≥', value: 0.5 },
        ...compare(samples.ours, samples.bare),
        note: `${connections} connections, one bridge process, SQLite synchronous=FULL; applying goes on meanwhile`,
      },
      {
        name: 'CPU time of the server for each webhook of that burst: beside node:http with an HMAC',
        unit: 'µs',
        target: null,
        ...compare(
          rounds.map((round) => round.cpuMicroseconds),
          bareRounds.map((round) => round.cpuMicroseconds),
        ),
      },
      {
        name: `until all ${count} are applied and the shop has heard: beside until all are acknowledged`,
        unit: 's',
        target: null,
        ours: median(rounds.map((round) => round.secondsUntilApplied)),
        other: median(rounds.map((round) => round.secondsUntilAnswered)),
        note: 'the shop answers at once, in the same process',
      },
    ];
  });

/** (d): the same work beside a long history. */
export const ledgerSizeFigures = ({
  burst,
  smallLedger,
  largeLedger,
  processRounds,
}: Budget): Promise<readonly Figure[]> =>
  inTemporaryFolder(async (folder) => {
    const count = roundDown(burst);
    const small = await makeLedger(folder, smallLedger, smallLedger);
    const large = await makeLedger(folder, largeLedger, smallLedger);
    const samples = await interleave(
      {
        large: async () => (await bridgeRound(folder, large, webhooksFor(large.made.open, count))).perSecond,
        small: async () => (await bridgeRound(folder, small, webhooksFor(small.made.open, count))).perSecond,
      },
      processRounds,
    );
    return [
      {
        name: `acknowledge webhooks with ${largeLedger} invoices in the ledger: beside ${smallLedger}`,
        unit: 'per s',
        target: { of: 'ratio', relation: '≥', value: 0.8 },
        ...compare(samples.large, samples.small),
        note: `${count} webhooks about ${smallLedger} open invoices in both`,
      },
    ];
  });
