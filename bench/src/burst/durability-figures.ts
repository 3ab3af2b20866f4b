import { join } from 'node:path';
import type { Budget } from '../budget.ts';
import { inTemporaryFolder } from '../measure/folder.ts';
import type { Figure } from '../report/row.ts';
import { missingFrom } from './applied.ts';
import { sendBurst } from './client.ts';
import { type MadeLedger, makeLedger, startBridgeOn } from './servers.ts';
import { hasStrace, orderIn, straceTo } from './syscalls.ts';
import { webhooksFor } from './webhooks.ts';

const none = { of: 'ours', relation: '≤', value: 0 } as const;

/** By the order of the system calls: between a request and its 200 lies an fsync. */
const fsyncFigures = async (
  folder: string,
  ledger: MadeLedger,
  count: number,
): Promise<readonly Figure[]> => {
  if (!(await hasStrace())) return [];
  const trace = join(folder, 'strace.txt');
  const { server, webhookUrl } = await startBridgeOn(folder, ledger, straceTo(trace));
  await sendBurst(webhookUrl, webhooksFor(ledger.made.open, count));
  await server.stop();
  const { syncs, acknowledged, early } = await orderIn(trace);
  if (acknowledged < count) throw new Error(`the trace shows ${acknowledged} answers, not ${count}`);
  return [
    {
      name: 'webhooks acknowledged without an fsync since their request came: beside all acknowledged',
      unit: 'webhooks',
      target: none,
      ours: early,
      other: acknowledged,
      note: `by strace; ${syncs} fsyncs of the ledger's files, which jobs share`,
    },
  ];
};

/** A SIGKILL in the middle of a burst, then what the file holds. */
const killFigure = async (folder: string, ledger: MadeLedger, count: number): Promise<Figure> => {
  const { server, path, webhookUrl } = await startBridgeOn(folder, ledger);
  const webhooks = webhooksFor(ledger.made.open, count * 2);
  const { acknowledged } = await sendBurst(webhookUrl, webhooks, {
    stopAfter: { acknowledged: count, stop: server.kill },
  });
  return {
    name: 'acknowledged webhooks that are missing after kill -9 in the middle of a burst: beside all acknowledged',
    unit: 'webhooks',
    target: none,
    ours: missingFrom(path, acknowledged),
    other: acknowledged.length,
  };
};

/** (c): nothing is acknowledged early. */
export const durabilityFigures = ({ proof }: Budget): Promise<readonly Figure[]> =>
  inTemporaryFolder(async (folder) => {
    const ledger = await makeLedger(folder, proof * 2, proof * 2);
    return [...(await fsyncFigures(folder, ledger, proof)), await killFigure(folder, ledger, proof)];
  });
