import { type Account, type Ports, parseDecimal, refusalText, usableFor } from '@gatewright/payment-core';
import type { MedusaSettings } from '../settings/medusa-settings.ts';
import type { SetupFinding } from './engine.ts';
import type { Market } from './markets.ts';

const nowhere = ({ id }: Account): SetupFinding => ({
  code: 'provider-in-no-region',
  severity: 'warning',
  cause: `No region offers ${id}.`,
  effect: 'Shoppers cannot choose it.',
  remedy: 'Switch it on in Settings, Regions, Payment providers of the admin, or remove the entry.',
  account: id,
});

const cannotTake = ({ id }: Account, { name, currency }: Market, why: string): SetupFinding => ({
  code: 'currency-not-taken',
  severity: 'warning',
  cause: `The region ${name} prices in ${currency}, which this account cannot take now.`,
  effect: 'A shopper of that region who chooses it is refused.',
  remedy: why,
  account: id,
});

/** Any amount that no gateway finds too small or too large. */
const usual = parseDecimal('50');

const judgeMarket = async (
  ports: Ports,
  settings: Pick<MedusaSettings, 'store'>,
  account: Account,
  market: Market,
): Promise<readonly SetupFinding[]> => {
  if (usual === undefined) return [];
  const money = { amount: usual, currency: market.currency };
  const usable = await usableFor(ports, settings.store, account, money);
  if (usable.ok) return [];
  const isAboutCurrency = usable.reason === 'currency-not-accepted' || usable.reason === 'no-fresh-rate';
  return isAboutCurrency ? [cannotTake(account, market, refusalText(usable.reason).owner)] : [];
};

/** What keeps shoppers of the shop's regions from paying with an account that works. */
export const judgeMarkets = async (
  ports: Ports,
  settings: Pick<MedusaSettings, 'store' | 'accounts'>,
  markets: readonly Market[],
): Promise<readonly SetupFinding[]> => {
  const findings: SetupFinding[] = [];
  for (const account of settings.accounts.filter(({ enabled }) => enabled)) {
    const offered = markets.filter(({ providers }) => providers.includes(account.id));
    if (offered.length === 0) findings.push(nowhere(account));
    for (const market of offered) findings.push(...(await judgeMarket(ports, settings, account, market)));
  }
  return findings;
};
