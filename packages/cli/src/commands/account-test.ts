import {
  type Account,
  accountIdSchema,
  checkAccount,
  type Finding,
  gatewayById,
} from '@gatewright/payment-core';
import { fail, type Outcome } from '../failure.ts';
import { outcomeOf, printFindings } from '../findings.ts';
import { gatewayPorts } from '../gateway-ports.ts';
import { type Host, remark } from '../host.ts';
import { type LedgerOptions, type Session, withVault } from '../ledger-session.ts';

export interface CheckOptions extends LedgerOptions {
  readonly sandbox?: boolean;
}

/** One harmless call to the account's gateway, and what follows from its answer. */
export const accountFindings = async (
  host: Host,
  session: Session,
  account: Account,
  { sandbox = false }: CheckOptions,
): Promise<readonly Finding[]> => {
  const findings = await checkAccount(gatewayPorts(host, session, sandbox), account.id);
  if (host.environment.publicUrl !== undefined) return findings;
  remark(host, 'PUBLIC_URL is not set, so the address for webhooks was not compared.');
  return findings.filter(({ code }) => code !== 'webhook-elsewhere');
};

export const accountName = (account: Account): string =>
  `${gatewayById(account.gateway)?.title ?? account.gateway} ${account.id}`;

export const testAccount = (host: Host, id: string, options: CheckOptions): Promise<Outcome> =>
  withVault(host, options, async (session) => {
    const known = accountIdSchema.safeParse(id);
    const account = known.success ? await session.vault.account(known.data) : undefined;
    if (account === undefined) {
      return fail(`There is no account ${id}.`, 'Nothing was tested.', 'See `gatewright account list`.');
    }
    const findings = await accountFindings(host, session, account, options);
    printFindings(host, accountName(account), findings);
    return outcomeOf(findings);
  });
