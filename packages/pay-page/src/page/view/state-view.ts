import type { ShopperState } from '../../state/shopper-state.ts';
import type { PageInput } from '../page-input.ts';
import { chooseView } from './choose-view.ts';
import type { View } from './page-parts.ts';
import {
  endedView,
  lookedAtView,
  overpaidView,
  paidView,
  preparingView,
  refundedView,
  seenView,
  underpaidView,
  unpaidView,
} from './status-view.ts';
import { waitingView } from './waiting-view.ts';

export const stateView = (input: PageInput, state: ShopperState): View => {
  switch (state.kind) {
    case 'choose':
      return chooseView(input);
    case 'preparing':
      return preparingView(input);
    case 'waiting':
      return waitingView(input, state.invoice);
    case 'seen':
      return seenView(input, state);
    case 'paid':
      return paidView(input, state);
    case 'overpaid':
      return overpaidView(input, state);
    case 'underpaid':
      return underpaidView(input, state);
    case 'time-up':
    case 'expired':
    case 'cancelled':
    case 'failed':
      // The notice above says what went wrong; the page below goes on from there.
      return input.problem !== null && state.canPayAgain ? chooseView(input) : unpaidView(input, state);
    case 'late':
    case 'held':
      return lookedAtView(input, state.kind);
    case 'refunded':
      return refundedView(input, state);
    case 'ended':
      return endedView(input);
    default: {
      const never: never = state;
      return never;
    }
  }
};
