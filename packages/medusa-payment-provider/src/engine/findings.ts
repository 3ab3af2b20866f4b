import { type Clock, checkAccount, type Ports } from '@gatewright/payment-core';
import type { SqlLedger } from '@gatewright/payment-ledger';
import type { MedusaSettings } from '../settings/medusa-settings.ts';
import type { EngineLog, SetupFinding } from './engine.ts';
import { judgeMarkets } from './judge-markets.ts';
import { judgeSetUp } from './judge-set-up.ts';
import type { Market } from './markets.ts';
import { livingProcesses, type ShopProcess } from './processes.ts';

export interface FindingParts {
  readonly ports: Ports;
  readonly ledger: SqlLedger;
  readonly settings: MedusaSettings;
  readonly clock: Clock;
  readonly log: EngineLog;
  readonly process: ShopProcess;
  /** The shop's regions; absent where there is no shop to ask. */
  readonly markets?: (() => Promise<readonly Market[]>) | undefined;
}

const weight = { error: 0, warning: 1, info: 2 } as const;

/** Each account by a harmless call to its gateway; those that are switched off or of the other mode are not asked. */
const accountFindings = async ({ ports, settings }: FindingParts): Promise<readonly SetupFinding[]> => {
  const asked = settings.accounts.filter(({ enabled, mode }) => enabled && mode === settings.store.mode);
  const found = await Promise.all(
    asked.map(async ({ id }) =>
      (await checkAccount(ports, id)).map((finding): SetupFinding => ({ ...finding, account: id })),
    ),
  );
  return found.flat();
};

/** A page of findings is shown all the same when the shop cannot be asked for its regions. */
const marketFindings = async ({
  ports,
  settings,
  log,
  markets,
}: FindingParts): Promise<readonly SetupFinding[]> => {
  try {
    return markets === undefined ? [] : await judgeMarkets(ports, settings, await markets());
  } catch {
    log.warn('Gatewright: the regions of the shop could not be read.');
    return [];
  }
};

/** Worst first. */
export const findSetUp = async (
  parts: FindingParts,
  { offline = false }: { readonly offline?: boolean } = {},
): Promise<readonly SetupFinding[]> => {
  const others = (await livingProcesses(parts.ledger, parts.clock.now())).filter(
    ({ id }) => id !== parts.process.id,
  );
  const findings = [
    ...judgeSetUp(parts.settings, [parts.process, ...others]),
    ...(await marketFindings(parts)),
    ...(offline ? [] : await accountFindings(parts)),
  ];
  return findings.sort((a, b) => weight[a.severity] - weight[b.severity]);
};
