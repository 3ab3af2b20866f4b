import {
  defaultPolicy,
  type OrderStatuses,
  type Policy,
  policySchema,
  storeIdSchema,
} from '@gatewright/payment-core';
import { Command } from 'commander';
import { done, fail, type Outcome } from '../failure.ts';
import { type Host, remark, say } from '../host.ts';
import { type LedgerOptions, withVault } from '../ledger-session.ts';
import { printTable } from '../print.ts';
import type { Run } from '../run.ts';
import { durationText, parseDuration } from './duration.ts';
import { databaseOption, idArgument, jsonOption, schemaOption } from './options.ts';

interface PolicyOptions extends LedgerOptions {
  readonly set?: readonly string[];
  readonly json?: boolean;
}

/** One rule under its name on the command line. */
interface Rule {
  readonly meaning: string;
  readonly expected: string;
  readonly read: (policy: Policy) => string;
  /** Undefined: the text is no value of this rule. */
  readonly write: (policy: Policy, text: string) => Policy | undefined;
}

type DurationKey =
  | 'invoiceExpiryMs'
  | 'rateAtPaymentExpiryMs'
  | 'orderDeadlineMs'
  | 'monitorMs'
  | 'pageRetentionMs';

const duration = (key: DurationKey, meaning: string): Rule => ({
  meaning,
  expected: 'a time such as 30m, 24h or 7d',
  read: (policy) => durationText(policy[key]),
  write: (policy, text) => {
    const ms = parseDuration(text);
    return ms === undefined ? undefined : { ...policy, [key]: ms };
  },
});

/** Below 100: nobody pays an order with nothing. */
const percentText = /^\d{1,2}(\.\d{1,4})?$/;

const percent = (
  meaning: string,
  read: (policy: Policy) => string,
  write: (policy: Policy, text: string) => Policy,
): Rule => ({
  meaning,
  expected: 'a percentage from 0 to 99.9999, without a sign',
  read,
  write: (policy, text) => (percentText.test(text) ? write(policy, text) : undefined),
});

const tolerance = (kind: 'fiat' | 'asset', meaning: string): Rule =>
  percent(
    meaning,
    ({ underpaymentTolerancePercent }) => underpaymentTolerancePercent[kind],
    (policy, text) => ({
      ...policy,
      underpaymentTolerancePercent: { ...policy.underpaymentTolerancePercent, [kind]: text },
    }),
  );

/** The values are the schema's own: what it does not take is no value. */
const orderStatus = (key: keyof OrderStatuses, meaning: string): Rule => {
  const values: readonly string[] = policySchema.shape.orderStatus.unwrap().shape[key].unwrap().options;
  return {
    meaning,
    expected: `one of ${values.join(', ')}`,
    read: ({ orderStatus }) => orderStatus[key],
    write: (policy, text) =>
      policySchema.safeParse({ ...policy, orderStatus: { ...policy.orderStatus, [key]: text } }).data,
  };
};

const rules: Readonly<Record<string, Rule>> = {
  'underpaid-fiat': tolerance('fiat', 'percent that may be missing of an invoice in money and still pay it'),
  'underpaid-asset': tolerance('asset', 'the same of an invoice in coins'),
  dust: percent(
    'percent of the amount below which a payment is only noted',
    ({ dustPercent }) => dustPercent,
    (policy, dustPercent) => ({ ...policy, dustPercent }),
  ),
  'late-payment': {
    meaning: 'what happens to money that comes after the expiry, while the order can still be paid',
    expected: 'hold or accept',
    read: ({ latePayment }) => latePayment,
    write: (policy, text) =>
      text === 'hold' || text === 'accept' ? { ...policy, latePayment: text } : undefined,
  },
  'invoice-expiry': duration(
    'invoiceExpiryMs',
    'how long an invoice can be paid, where the gateway has no time of its own',
  ),
  'invoice-expiry-open-rate': duration(
    'rateAtPaymentExpiryMs',
    'the same where the gateway takes the rate when it is paid (Crypto Pay)',
  ),
  'order-deadline': duration(
    'orderDeadlineMs',
    'how long an order waits for its money, from the first try on',
  ),
  watch: duration('monitorMs', 'how long an expired invoice is still read'),
  'page-retention': duration('pageRetentionMs', "how long a shopper's page is shown after its last change"),
  'paid-status': orderStatus('paid', 'status of a paid order; automatic: as WooCommerce itself chooses'),
  'held-status': orderStatus(
    'held',
    'status while money is confirmed or a person decides; unchanged: a note only',
  ),
  'unpaid-status': orderStatus('unpaid', 'status when the time to pay is over; unchanged: a note only'),
};

const unchanged = 'Nothing was changed.';

type Changed = { readonly ok: true; readonly policy: Policy } | Extract<Outcome, { ok: false }>;

const applyOne = (policy: Policy, text: string): Changed => {
  const [, name = '', value = ''] = /^([^=]+)=(.*)$/s.exec(text) ?? [];
  const rule = Object.hasOwn(rules, name) ? rules[name] : undefined;
  if (rule === undefined)
    return fail(
      `There is no rule "${name || text}".`,
      unchanged,
      `Choose from ${Object.keys(rules).join(', ')}.`,
      2,
    );
  const written = rule.write(policy, value.trim());
  const parsed = written === undefined ? undefined : policySchema.safeParse(written);
  return parsed?.success === true
    ? { ok: true, policy: parsed.data }
    : fail(`"${value}" is no value of ${name}.`, unchanged, `Give ${rule.expected}.`, 2);
};

const applyAll = (policy: Policy, changes: readonly string[]): Changed => {
  let changed: Changed = { ok: true, policy };
  for (const change of changes) {
    if (!changed.ok) return changed;
    changed = applyOne(changed.policy, change);
  }
  return changed;
};

const show = (host: Host, policy: Policy, json: boolean): void => {
  const values = Object.entries(rules).map(([name, rule]) => ({ name, rule, value: rule.read(policy) }));
  if (json) {
    say(host, JSON.stringify(Object.fromEntries(values.map(({ name, value }) => [name, value]))));
    return;
  }
  printTable(host, [
    ['RULE', 'VALUE', 'DEFAULT', 'MEANING'],
    ...values.map(({ name, rule, value }) => [name, value, rule.read(defaultPolicy), rule.meaning]),
  ]);
};

const storePolicy = (host: Host, id: string, options: PolicyOptions): Promise<Outcome> =>
  withVault(host, options, async ({ vault }) => {
    const { set = [], json = false } = options;
    const known = storeIdSchema.safeParse(id);
    const store = known.success ? await vault.store(known.data) : undefined;
    if (store === undefined)
      return fail(`There is no store ${id}.`, unchanged, 'See `gatewright store list`.');
    const changed = applyAll(store.policy, set);
    if (!changed.ok) return changed;
    if (set.length > 0) {
      await vault.setPolicy(store.id, changed.policy);
      remark(host, 'The running bridge uses it from the next payment on; invoices keep the times they have.');
    }
    show(host, changed.policy, json);
    return done;
  });

export const policyCommand = (run: Run): Command =>
  new Command('policy')
    .description("show a store's rules for money that does not match, or change them")
    .addArgument(idArgument('of the store'))
    .allowUnknownOption()
    .option('--set <rule=value...>', 'change a rule; may be given several times')
    .addOption(jsonOption())
    .addOption(databaseOption())
    .addOption(schemaOption())
    .action(run((host, id: string, options: PolicyOptions) => storePolicy(host, id, options)));
