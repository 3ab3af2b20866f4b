import {
  addDecimal,
  compareDecimal,
  type Decimal,
  decimalFromLexeme,
  isJsonNumber,
  jsonNumber,
  multiplyDecimal,
  parseDecimal,
  subtractDecimal,
} from '@gatewright/payment-core';
import * as z from 'zod';
import { exact } from '../../kernel/exact.ts';
import type { GatewayContext } from '../../kernel/gateway.ts';
import type { Reply } from '../../kernel/http/reply.ts';
import { jsonBody, type SimulatorRequest } from '../../kernel/http/request.ts';
import { isoOffset } from '../../kernel/instant.ts';
import { phpReply, validate, validationReply } from '../../kernel/laravel.ts';
import { balancesOf } from './balances.ts';
import { findBalance } from './networks.ts';
import type { Merchant } from './state.ts';

const REVIEW_ABOVE_USD = exact('500');

const amountSchema = z
  .unknown()
  .optional()
  .transform((value, context): Decimal => {
    const text = isJsonNumber(value) ? value.lexeme : typeof value === 'string' ? value : '';
    const amount = isJsonNumber(value) ? decimalFromLexeme(text) : parseDecimal(text);
    if (amount !== undefined) return amount;
    context.addIssue({ code: 'custom', message: 'The amount field must be a number.' });
    return z.NEVER;
  });

const withdrawalSchema = z.object({
  coin: z.string('The coin field is required.'),
  amount: amountSchema,
  address: z.string('The address field is required.').min(1, 'The address field is required.'),
});

/** A payout to any address: above 500 USD a person looks at it first. Never a refund (CPC-13). */
export const requestWithdrawal = (
  { clock, knobs, random }: GatewayContext,
  merchant: Merchant,
  request: SimulatorRequest,
): Reply => {
  const given = validate(withdrawalSchema, jsonBody(request));
  if (!given.ok) return given.reply;
  const { coin, amount, address } = given.value;
  const network = findBalance(coin);
  if (network === undefined) return validationReply({ coin: ['The selected coin is invalid.'] });
  const { least, fee } = network.withdrawal;
  if (compareDecimal(amount, exact(least)) < 0) {
    return validationReply({ amount: [`The minimum withdrawal is ${least} ${network.coin}.`] });
  }
  const total = addDecimal(amount, exact(fee));
  const available =
    balancesOf(merchant, clock.now(), knobs.confirmationMs).get(coin)?.available ?? exact('0');
  if (subtractDecimal(available, total) === undefined) {
    return validationReply({ amount: ['Insufficient balance.'] });
  }
  merchant.withdrawn.set(coin, addDecimal(merchant.withdrawn.get(coin) ?? exact('0'), total));
  const usd = multiplyDecimal(amount, exact(network.usd));
  return phpReply(201, {
    success: true,
    withdrawal: {
      id: random.uuid(),
      coin,
      amount: jsonNumber(amount),
      fee: jsonNumber(fee),
      address,
      status: compareDecimal(usd, REVIEW_ABOVE_USD) > 0 ? 'pending_review' : 'processing',
      created_at: isoOffset(clock.now()),
    },
  });
};
