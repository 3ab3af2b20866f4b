import { minutes } from '@gatewright/payment-core';
import type { ChaosGateway, PlannedOrder } from '../plan/plan.ts';
import type { Stage } from '../stage.ts';
import { checkOut } from './check-out.ts';
import type { Deeds, LoadCounts } from './deeds.ts';
import { pay, spoil } from './pay.ts';
import { refundPatiently } from './refund.ts';
import type { Timetable } from './timetable.ts';

export interface Player {
  readonly stage: Stage;
  readonly timetable: Timetable;
  readonly counts: LoadCounts;
}

/** A shopper gives up after this many tries, one a minute. */
const tries = 12;

const minuteOf = ({ startedAt }: Stage, at: number): number => Math.ceil((at - startedAt) / minutes(1));

/** Checks out, again every minute until it works or the shopper has had enough; then goes on. */
const checkOutPatiently = (
  player: Player,
  planned: PlannedOrder,
  deeds: Deeds,
  gateway: ChaosGateway,
  minute: number,
  then: (minute: number) => void,
): void => {
  const { stage, timetable, counts } = player;
  const attempt = async (at: number): Promise<void> => {
    if (at === minute) spoil(stage, gateway, planned.apiFault, counts);
    if (await checkOut(stage, planned, gateway, deeds, counts)) then(at);
    else if (at < minute + tries) timetable.at(at + 1, () => attempt(at + 1));
  };
  timetable.at(minute, () => attempt(minute));
};

const payAsPlanned = (player: Player, planned: PlannedOrder, deeds: Deeds, minute: number): void => {
  const { stage, timetable, counts } = player;
  const { story, payAfterMinutes, againAfterMinutes } = planned;
  const [fault, secondFault] = planned.webhookFaults;
  const first = minute + payAfterMinutes;
  switch (story) {
    case 'unpaid':
      return;
    case 'paid':
      timetable.at(first, () => pay(stage, planned, deeds, counts, { invoice: 0, kind: 'full', fault }));
      return;
    case 'underpaid':
      timetable.at(first, () => pay(stage, planned, deeds, counts, { invoice: 0, kind: 'under', fault }));
      return;
    case 'late': {
      const expired = minuteOf(stage, deeds.invoices[0]?.expiresAt ?? 0) + 1;
      timetable.at(expired + payAfterMinutes, () =>
        pay(stage, planned, deeds, counts, { invoice: 0, kind: 'late', fault }),
      );
      return;
    }
    case 'refunded':
      timetable.at(first, () => pay(stage, planned, deeds, counts, { invoice: 0, kind: 'full', fault }));
      refundPatiently(player, planned, deeds, first + 1 + againAfterMinutes);
      return;
    case 'paid-again':
      timetable.at(first, () => pay(stage, planned, deeds, counts, { invoice: 0, kind: 'full', fault }));
      timetable.at(first + againAfterMinutes, () =>
        pay(stage, planned, deeds, counts, { invoice: 0, kind: 'full', fault: secondFault, again: true }),
      );
      return;
    case 'paid-on-two-gateways':
      timetable.at(first, () =>
        pay(stage, planned, deeds, counts, { invoice: 1, kind: 'full', fault: secondFault }),
      );
      timetable.at(first + againAfterMinutes, () =>
        pay(stage, planned, deeds, counts, { invoice: 0, kind: 'full', fault }),
      );
      return;
    default:
      story satisfies never;
  }
};

/** Puts one order's story into the timetable. */
export const playOrder = (player: Player, planned: PlannedOrder, deeds: Deeds): void => {
  const { second, gateway, checkoutMinute } = planned;
  checkOutPatiently(player, planned, deeds, gateway, checkoutMinute, (minute) => {
    if (second === null) payAsPlanned(player, planned, deeds, minute);
    else
      checkOutPatiently(player, planned, deeds, second, minute + 1, (later) =>
        payAsPlanned(player, planned, deeds, later),
      );
  });
};
