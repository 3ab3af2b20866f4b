import { copyFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type ServerProcess, startServer } from '../measure/child.ts';
import { benchKeys, type LedgerFile, makeLedgerFile, webhookSecret } from './ledger-file.ts';

/** A ledger that is made once; every round gets a copy of it. */
export interface MadeLedger {
  readonly path: string;
  readonly made: LedgerFile;
}

/** @param open how many of the `count` invoices are unpaid */
export const makeLedger = async (folder: string, count: number, open: number): Promise<MadeLedger> => {
  const path = join(folder, `made-${count}-${open}.db`);
  return { path, made: await makeLedgerFile(path, count, open) };
};

export interface RunningBridge {
  readonly server: ServerProcess;
  /** Of this round's own ledger. */
  readonly path: string;
  readonly webhookUrl: string;
}

let copies = 0;

export const startBridgeOn = async (
  folder: string,
  { path: original, made }: MadeLedger,
  under: readonly string[] = [],
): Promise<RunningBridge> => {
  copies += 1;
  const path = join(folder, `round-${copies}.db`);
  await copyFile(original, path);
  const server = await startServer({
    module: 'burst/bridge-server.ts',
    env: {
      DATABASE_URL: `sqlite:${path}`,
      GATEWRIGHT_KEYS: benchKeys,
      GATEWRIGHT_SANDBOX: '1',
      PORT: '0',
      OPERATOR_PORT: '0',
    },
    folder,
    under,
  });
  return { server, path, webhookUrl: `${server.url}/webhooks/${made.account.gateway}/${made.account.id}` };
};

export const startBare = (folder: string): Promise<ServerProcess> =>
  startServer({ module: 'burst/bare-server.ts', env: { WEBHOOK_SECRET: webhookSecret }, folder });
