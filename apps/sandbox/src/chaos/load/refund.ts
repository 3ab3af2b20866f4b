import { isZero } from '@gatewright/payment-core';
import type { PlannedOrder } from '../plan/plan.ts';
import type { Stage } from '../stage.ts';
import type { Deeds, LoadCounts } from './deeds.ts';
import { spoil } from './pay.ts';
import { refundedAtGatenoc, zero } from './refunded-at-gatenoc.ts';
import type { Timetable } from './timetable.ts';

/** The owner gives up after this many tries, and asks twice more where the bridge says that it does not know. */
const tries = 25;
const triesInTheDark = 2;
const betweenTriesMinutes = 2;

/** What the plugin shows where the bridge answers that a refund is being checked, and where it answers nothing. */
const isChecking = (message: string): boolean => message.includes('its outcome is not known yet');
const isUnreachable = (message: string): boolean => message.includes('Look there before trying again');

/** "Look at the gateway before trying again": what the owner does when nobody answered. */
const isRefundedThere = (stage: Stage, { payments }: Deeds): boolean =>
  !isZero(refundedAtGatenoc(stage).get(payments[0]?.payment ?? '') ?? zero);

/** The owner pays a part of the order back, by WooCommerce's own button, until the bridge says that it was done. */
export const refundPatiently = (
  {
    stage,
    timetable,
    counts,
  }: { readonly stage: Stage; readonly timetable: Timetable; readonly counts: LoadCounts },
  planned: PlannedOrder,
  deeds: Deeds,
  firstMinute: number,
): void => {
  const ask = async (minute: number, left: number): Promise<void> => {
    const { shopOrder } = deeds;
    if (shopOrder === null || deeds.payments.length === 0 || left === 0) return;
    const again = (leftThen: number): void =>
      timetable.at(minute + betweenTriesMinutes, () => ask(minute + betweenTriesMinutes, leftThen));
    // An order that is not paid yet cannot be refunded, so the fault meets the first call that can.
    if (stage.shop.events.paymentComplete(shopOrder) === 0) return again(left - 1);
    if (deeds.refund === null) spoil(stage, 'gatenoc', planned.refundFault, counts);
    deeds.refund ??= { amount: planned.refund, told: 'nothing' };
    counts.refundsAsked += 1;
    const answer = await stage.shop.merchant.refund(shopOrder, planned.refund, { api: true });
    stage.journal.note(`refund of ${planned.refund}: ${answer.ok ? 'done' : answer.message}`, planned.number);
    if (answer.ok) deeds.refund.told = 'done';
    else if (isChecking(answer.message)) {
      deeds.refund.told = 'checking';
      again(Math.min(left - 1, triesInTheDark));
    } else if (!isUnreachable(answer.message) || !isRefundedThere(stage, deeds)) again(left - 1);
  };
  timetable.at(firstMinute, () => ask(firstMinute, tries));
};
