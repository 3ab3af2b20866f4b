import { Command } from 'commander';
import { done, fail, type Outcome } from '../failure.ts';
import { type Host, remark, say } from '../host.ts';
import { type LedgerOptions, withVault } from '../ledger-session.ts';
import type { Run } from '../run.ts';
import { databaseOption, schemaOption } from './options.ts';

const KEY_BYTES = 32;

const newKey = async (host: Host, { id }: { readonly id?: string }): Promise<Outcome> => {
  const name = id ?? `k${Buffer.from(host.random(4)).toString('hex')}`;
  if (!/^[A-Za-z0-9_-]{1,32}$/.test(name)) {
    return fail(
      'The id of a key is 1 to 32 letters, digits, - and _.',
      'No key was made.',
      'Choose another --id, or none.',
      2,
    );
  }
  say(host, `${name}:${Buffer.from(host.random(KEY_BYTES)).toString('base64')}`);
  remark(
    host,
    'Put it into GATEWRIGHT_KEYS, in front of older keys, and keep a copy: sealed secrets need it.',
  );
  return done;
};

const nothingToRotateTo = (current: string): Outcome =>
  fail(
    `GATEWRIGHT_KEYS has one key, "${current}", and everything in this ledger is sealed with it.`,
    'Nothing was sealed anew.',
    'Make another key with `gatewright keys new`, put it in front of this one, restart the bridge with both, then run this again.',
  );

const rotate = (host: Host, options: LedgerOptions): Promise<Outcome> =>
  withVault(host, options, async ({ vault, keys: { current, keys } }) => {
    const older = [...keys.keys()].filter((id) => id !== current);
    if (older.length === 0) return nothingToRotateTo(current);
    const names = older.map((id) => `"${id}"`).join(', ');
    say(host, `${await vault.reseal()} secrets are sealed with the key "${current}" now.`);
    remark(
      host,
      `Next: take ${names} out of GATEWRIGHT_KEYS and restart the bridge. Keep it as long as you keep backups from before.`,
    );
    return done;
  });

export const keysCommand = (run: Run): Command =>
  new Command('keys')
    .description('the keys that seal credentials (GATEWRIGHT_KEYS)')
    .addCommand(
      new Command('new')
        .description('print a fresh key for GATEWRIGHT_KEYS')
        .option('--id <name>', 'a name for it; default: a random one')
        .action(run((host, options: { id?: string }) => newKey(host, options))),
    )
    .addCommand(
      new Command('rotate')
        .description(
          'seal everything anew with the first key of GATEWRIGHT_KEYS, so that the ones behind it can be removed; every bridge must have the first one already',
        )
        .addOption(databaseOption())
        .addOption(schemaOption())
        .action(run((host, options: LedgerOptions) => rotate(host, options))),
    );
