import { type Mode, modeSchema, storeIdSchema } from '@gatewright/payment-core';
import type { StoreRecord } from '@gatewright/payment-ledger';
import { Argument, Command } from 'commander';
import { done, fail, type Outcome } from '../failure.ts';
import { type Host, remark, say } from '../host.ts';
import { type LedgerOptions, type Session, withVault } from '../ledger-session.ts';
import type { Run } from '../run.ts';
import { databaseOption, idArgument, schemaOption } from './options.ts';

/** What the owner has to know of the new mode (invariant 13: test money and real money never meet). */
const consequence = (mode: Mode): string => {
  switch (mode) {
    case 'live':
      return 'From now on shoppers pay with real money: only live accounts are offered. A test payment that is still open pays no order; it waits in `gatewright review list`.';
    case 'test':
      return 'From now on orders are paid with test money: only test accounts are offered. Real money that still comes for an open invoice pays no order; it waits in `gatewright review list`.';
    default: {
      const never: never = mode;
      return never;
    }
  }
};

const remarkNext = async (host: Host, { vault }: Session, { id }: StoreRecord, mode: Mode): Promise<void> => {
  const accounts = await vault.accountsOf(id);
  const next = accounts.some((account) => account.mode === mode && account.enabled)
    ? `Next: gatewright store test ${id}`
    : `No ${mode} account is enabled, so shoppers are offered nothing. Next: gatewright account add --store ${id} --gateway …`;
  remark(host, next);
};

const changeMode = (host: Host, id: string, text: string, options: LedgerOptions): Promise<Outcome> =>
  withVault(host, options, async (session) => {
    const { vault } = session;
    const mode = modeSchema.parse(text);
    const known = storeIdSchema.safeParse(id);
    const store = known.success ? await vault.store(known.data) : undefined;
    if (store === undefined)
      return fail(`There is no store ${id}.`, 'Nothing was changed.', 'See `gatewright store list`.');
    const isChange = store.mode !== mode;
    if (isChange) await vault.setMode(store.id, mode);
    say(host, `${store.name} ${store.id}: ${mode}${isChange ? '' : ', as before'}`);
    if (isChange) remark(host, consequence(mode));
    await remarkNext(host, session, store, mode);
    return done;
  });

export const modeCommand = (run: Run): Command =>
  new Command('mode')
    .description('go live, or back to test money')
    .addArgument(idArgument('of the store'))
    .addArgument(new Argument('<mode>', 'what the store takes').choices(modeSchema.options))
    .allowUnknownOption()
    .addOption(databaseOption())
    .addOption(schemaOption())
    .action(
      run((host, id: string, mode: string, options: LedgerOptions) => changeMode(host, id, mode, options)),
    );
