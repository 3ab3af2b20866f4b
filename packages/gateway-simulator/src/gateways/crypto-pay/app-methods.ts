import { addDecimal, divideDecimal, multiplyDecimal, roundDecimal } from '@gatewright/payment-core';
import * as z from 'zod';
import { exact } from '../../kernel/exact.ts';
import { isoMillis } from '../../kernel/instant.ts';
import { assetsOf, currencyList, exchangeRates } from './currencies.ts';
import { type Call, type Method, method, result } from './methods.ts';
import { text } from './parameter-schemas.ts';
import { failure } from './parameters.ts';

const DAY_MS = 86_400_000;

const getMe: Method = ({ network, app }) =>
  result({
    app_id: app.appId,
    name: app.name,
    payment_processing_bot_username: network.botUsername,
    webhook_endpoint: app.webhookUrl ?? undefined,
  });

const getBalance: Method = ({ network, app }) =>
  result(
    assetsOf(network.testnet).map(({ code }) => ({
      currency_code: code,
      available: app.balances.get(code) ?? '0',
      onhold: '0',
    })),
  );

/** Volume in USD at the rates of payment. */
const statsBetween = ({ app }: Call, startAt: number, endAt: number) => {
  const created = [...app.invoices.values()].filter(
    ({ createdAt }) => createdAt >= startAt && createdAt <= endAt,
  );
  const payments = created.flatMap(({ payment }) => (payment === undefined ? [] : [payment]));
  const volume = payments.reduce(
    (sum, { amount, usdRate }) => addDecimal(sum, multiplyDecimal(amount, usdRate)),
    exact('0'),
  );
  const paidShare = divideDecimal(
    exact(String(payments.length)),
    exact(String(created.length)),
    4,
    'half-even',
  );
  return {
    volume: roundDecimal(volume, 2, 'half-even'),
    conversion: multiplyDecimal(paidShare ?? exact('0'), exact('100')),
    // There is no payer id anywhere, so every payment counts as another user.
    unique_users_count: payments.length,
    created_invoice_count: created.length,
    paid_invoice_count: payments.length,
    start_at: isoMillis(startAt),
    end_at: isoMillis(endAt),
  };
};

const getStats = method(
  () => z.object({ start_at: text, end_at: text }),
  (call, given) => {
    const startAt = given.start_at === undefined ? call.now - DAY_MS : Date.parse(given.start_at);
    const endAt = given.end_at === undefined ? call.now : Date.parse(given.end_at);
    if (Number.isNaN(startAt)) return failure('START_AT_INVALID');
    if (Number.isNaN(endAt) || endAt < startAt) return failure('END_AT_INVALID');
    return result(statsBetween(call, startAt, endAt));
  },
);

export const appMethods: Readonly<Record<string, Method>> = {
  getMe,
  getBalance,
  getExchangeRates: ({ network, now }) => result(exchangeRates(network.testnet, now)),
  getCurrencies: ({ network }) => result(currencyList(network.testnet)),
  getStats,
};
