import { type Clock, checkAccount, type Ports } from '@gatewright/payment-core';
import type { SqlLedger } from '@gatewright/payment-ledger';
import type { MedusaSettings } from '../settings/medusa-settings.ts';
import type { SetupFinding } from './engine.ts';
import { judgeSetUp } from './judge-set-up.ts';
import { livingProcesses } from './processes.ts';

export interface FindingParts {
  readonly ports: Ports;
  readonly ledger: SqlLedger;
  readonly settings: MedusaSettings;
  readonly clock: Clock;
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

/** Worst first. */
export const findSetUp = async (
  parts: FindingParts,
  { offline = false }: { readonly offline?: boolean } = {},
): Promise<readonly SetupFinding[]> => {
  const processes = await livingProcesses(parts.ledger, parts.clock.now());
  const findings = [
    ...judgeSetUp(parts.settings, processes),
    ...(offline ? [] : await accountFindings(parts)),
  ];
  return findings.sort((a, b) => weight[a.severity] - weight[b.severity]);
};
