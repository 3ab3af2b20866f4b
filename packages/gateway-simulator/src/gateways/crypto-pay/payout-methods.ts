import { compareDecimal, type Decimal, multiplyDecimal, subtractDecimal } from '@gatewright/payment-core';
import * as z from 'zod';
import { exact } from '../../kernel/exact.ts';
import { isoMillis } from '../../kernel/instant.ts';
import type { NativeObject } from '../../kernel/native-json.ts';
import { ALPHANUMERIC } from '../../kernel/random.ts';
import { findAsset, usdPrice } from './currencies.ts';
import { type Call, type Method, method, result } from './methods.ts';
import { amount, list, longest, paging, text, wholeNumber } from './parameter-schemas.ts';
import { failure, type MethodResult } from './parameters.ts';
import { type Check, credit, type Network, type Transfer } from './state.ts';

/** Payouts are off unless the app's owner switched them on in the bot. */
const whenEnabled =
  (run: Method): Method =>
  (call, parameters) =>
    call.app.payouts ? run(call, parameters) : failure('METHOD_DISABLED', 403);

/** Takes the amount from the balance. The limits are about 1 to 25 000 USD. */
const withdraw = ({ app, network, now }: Call, code: string, sum: Decimal): MethodResult<true> => {
  const asset = findAsset(code, network.testnet);
  if (asset === undefined) return failure('ASSET_INVALID');
  const usd = multiplyDecimal(sum, usdPrice(asset, now));
  if (compareDecimal(usd, exact('1')) < 0) return failure('AMOUNT_TOO_SMALL');
  if (compareDecimal(usd, exact('25000')) > 0) return failure('AMOUNT_TOO_BIG');
  const left = subtractDecimal(app.balances.get(code) ?? exact('0'), sum);
  if (left === undefined) return failure('NOT_ENOUGH_COINS');
  app.balances.set(code, left);
  return { ok: true, result: true };
};

const transferWire = (transfer: Transfer): NativeObject => ({
  transfer_id: transfer.id,
  spend_id: transfer.spendId,
  user_id: transfer.userId,
  asset: transfer.asset,
  amount: transfer.amount,
  status: 'completed',
  completed_at: isoMillis(transfer.completedAt),
  comment: transfer.comment,
});

/** Repeating a `spend_id` gives the first transfer back and moves nothing. */
const transfer = method(
  () =>
    z.object({
      user_id: wholeNumber(1, 1e15, 'USER_ID_INVALID'),
      asset: z.string('ASSET_INVALID'),
      amount,
      spend_id: z.string('SPEND_ID_INVALID').min(1, 'SPEND_ID_INVALID').max(64, 'SPEND_ID_INVALID'),
      comment: longest(1024, 'COMMENT_TOO_LONG'),
      disable_send_notification: text,
    }),
  (call, given) => {
    const before = call.app.transfers.get(given.spend_id);
    if (before !== undefined) return result(transferWire(before));
    const withdrawn = withdraw(call, given.asset, given.amount);
    if (!withdrawn.ok) return withdrawn;
    const made: Transfer = {
      id: call.network.nextPayoutId++,
      spendId: given.spend_id,
      userId: String(given.user_id),
      asset: given.asset,
      amount: given.amount,
      comment: given.comment,
      completedAt: call.now,
    };
    call.app.transfers.set(made.spendId, made);
    return result(transferWire(made));
  },
);

const checkWire = ({ origin, botUsername }: Network, check: Check): NativeObject => ({
  check_id: check.id,
  hash: check.hash,
  asset: check.asset,
  amount: check.amount,
  bot_check_url: `${origin}/${botUsername}?start=${check.hash}`,
  status: 'active',
  created_at: isoMillis(check.createdAt),
});

const createCheck = method(
  () => z.object({ asset: z.string('ASSET_INVALID'), amount, pin_to_user_id: text, pin_to_username: text }),
  (call, given) => {
    const withdrawn = withdraw(call, given.asset, given.amount);
    if (!withdrawn.ok) return withdrawn;
    const check: Check = {
      id: call.network.nextPayoutId++,
      hash: `CQ${call.random.text(10, ALPHANUMERIC)}`,
      asset: given.asset,
      amount: given.amount,
      createdAt: call.now,
    };
    call.app.checks.set(check.id, check);
    return result(checkWire(call.network, check));
  },
);

const deleteCheck = method(
  () => z.object({ check_id: wholeNumber(1, 1e15, 'CHECK_ID_INVALID') }),
  ({ app }, given) => {
    const check = app.checks.get(given.check_id);
    if (check === undefined) return failure('CHECK_NOT_FOUND');
    app.checks.delete(check.id);
    credit(app, check.asset, check.amount);
    return result(true);
  },
);

const listSchema = z.object({
  asset: text,
  check_ids: list,
  transfer_ids: list,
  spend_id: text,
  status: text,
  ...paging,
});

const page = <T extends { asset: string; id: number }>(
  items: Iterable<T>,
  ids: readonly string[] | undefined,
  { asset, offset = 0, count = 100 }: z.output<typeof listSchema>,
): readonly T[] =>
  [...items]
    .reverse()
    .filter((item) => asset === undefined || item.asset === asset)
    .filter((item) => ids === undefined || ids.includes(String(item.id)))
    .slice(offset, offset + count);

const getChecks = method(
  () => listSchema,
  ({ app, network }, given) =>
    result({
      items: page(app.checks.values(), given.check_ids, given).map((check) => checkWire(network, check)),
    }),
);

const getTransfers = method(
  () => listSchema,
  ({ app }, given) => {
    const own = [...app.transfers.values()].filter(
      ({ spendId }) => given.spend_id === undefined || given.spend_id === spendId,
    );
    return result({ items: page(own, given.transfer_ids, given).map(transferWire) });
  },
);

export const payoutMethods: Readonly<Record<string, Method>> = {
  transfer: whenEnabled(transfer),
  createCheck: whenEnabled(createCheck),
  deleteCheck: whenEnabled(deleteCheck),
  getChecks,
  getTransfers,
};
