import { type Html, html } from '../../html/html.ts';
import { fill, fillPlural, type SimpleKey } from '../../language/fill.ts';
import { showMoney } from '../../language/show-money.ts';
import type { ShopperState } from '../../state/shopper-state.ts';
import type { PageInput } from '../page-input.ts';
import { payAgain } from './choose-view.ts';
import { shopOf, type View } from './page-parts.ts';
import { depositOf, sendBlock, timer } from './send-view.ts';

type Seen = Extract<ShopperState, { kind: 'seen' }>;
type Paid = Extract<ShopperState, { kind: 'paid' }>;
type Underpaid = Extract<ShopperState, { kind: 'underpaid' }>;

const line = (content: Html): Html => html`<p>${content}</p>`;

/** "n of m confirmations", in words and as a bar. */
const progress = ({ language }: PageInput, { confirmations }: Seen): Html | null => {
  if (confirmations === null || confirmations.required <= 0) return null;
  const { required } = confirmations;
  const received = Math.min(confirmations.received, required);
  const text = fillPlural(language, 'seenProgress', required, { received, required });
  return html`<div><p id="confirmations">${text}</p><progress aria-labelledby="confirmations" max="${required}" value="${received}"></progress></div>`;
};

export const seenView = (input: PageInput, state: Seen): View => ({
  tone: 'wait',
  sign: 'clock',
  title: fill(input.language, 'seenTitle', {}),
  lead: fill(input.language, 'seenLead', { shop: shopOf(input) }),
  rest: progress(input, state),
  way: 'paid',
});

export const paidView = (input: PageInput, { refunded, twice }: Paid): View => {
  const { language } = input;
  const shop = shopOf(input);
  const part =
    refunded && line(fill(language, 'paidPartRefunded', { amount: showMoney(language, refunded) }));
  return {
    tone: 'good',
    sign: 'check',
    title: fill(language, 'paidTitle', {}),
    lead: fill(language, 'paidLead', { shop }),
    rest: html`${part}${twice && line(fill(language, 'paidTwice', { shop }))}`,
    way: 'done',
  };
};

export const overpaidView = (
  input: PageInput,
  { excess }: Extract<ShopperState, { kind: 'overpaid' }>,
): View => {
  const { language } = input;
  const shop = shopOf(input);
  return {
    tone: 'good',
    sign: 'check',
    title: fill(language, 'overpaidTitle', {}),
    lead:
      excess === null
        ? fill(language, 'overpaidUnknownLead', { shop })
        : fill(language, 'overpaidLead', { shop, excess: showMoney(language, excess) }),
    rest: null,
    way: 'done',
  };
};

const underpaidLead = (input: PageInput, state: Underpaid, canSend: boolean): Html => {
  const { language } = input;
  const shop = shopOf(input);
  if (state.received === null || state.required === null)
    return fill(language, 'underpaidUnknownLead', { shop });
  const received = showMoney(language, state.received);
  const required = showMoney(language, state.required);
  return canSend
    ? fill(language, 'underpaidRestLead', { received, required })
    : fill(language, 'underpaidShopLead', { received, required, shop });
};

/** The rest can be sent only where the gateway adds it up and its address can be shown; else a person helps. */
export const underpaidView = (input: PageInput, state: Underpaid): View => {
  const { language, now } = input;
  const deposit = depositOf(input, state.invoice, state.rest);
  return {
    tone: 'care',
    sign: 'stop',
    title:
      deposit === undefined
        ? fill(language, 'underpaidTitle', {})
        : fill(language, 'underpaidRestTitle', { rest: showMoney(language, deposit.money) }),
    lead: underpaidLead(input, state, deposit !== undefined),
    rest:
      deposit === undefined
        ? null
        : html`${now < state.invoice.expiresAt && timer(input, state.invoice)}${sendBlock(input, deposit)}`,
    way: 'paid',
  };
};

export const refundedView = (
  input: PageInput,
  { amount }: Extract<ShopperState, { kind: 'refunded' }>,
): View => ({
  tone: 'good',
  sign: 'back',
  title: fill(input.language, 'refundedTitle', {}),
  lead: fill(input.language, 'refundedLead', { amount: showMoney(input.language, amount) }),
  rest: null,
  way: 'done',
});

/** A person at the shop looks at money that came. */
export const lookedAtView = (input: PageInput, kind: 'late' | 'held'): View => ({
  tone: 'care',
  sign: 'look',
  title: fill(input.language, `${kind}Title`, {}),
  lead: fill(input.language, `${kind}Lead`, { shop: shopOf(input) }),
  rest: null,
  way: 'paid',
});

interface Unpaid {
  readonly title: SimpleKey;
  readonly again: Extract<SimpleKey, `${string}AgainLead`> | 'timeUpLead';
  readonly over: 'expiredLead' | 'cancelledLead' | 'failedLead' | 'timeUpLead';
  readonly button: 'payAgain' | 'tryAgain';
}

const unpaidTexts = (kind: 'expired' | 'cancelled' | 'failed' | 'time-up'): Unpaid => {
  switch (kind) {
    case 'expired':
      return { title: 'expiredTitle', again: 'expiredAgainLead', over: 'expiredLead', button: 'payAgain' };
    case 'cancelled':
      return {
        title: 'cancelledTitle',
        again: 'cancelledAgainLead',
        over: 'cancelledLead',
        button: 'payAgain',
      };
    case 'failed':
      return { title: 'failedTitle', again: 'failedAgainLead', over: 'failedLead', button: 'tryAgain' };
    case 'time-up':
      return { title: 'timeUpTitle', again: 'timeUpLead', over: 'timeUpLead', button: 'payAgain' };
    default: {
      const never: never = kind;
      return never;
    }
  }
};

/** Whoever may have paid must look twice before paying again. */
const carefully = (input: PageInput, ways: Html | null): Html => {
  const { texts } = input.language;
  return html`<details id="pay-again"><summary id="pay-again-summary">${texts.payAgain}</summary><p class="small quiet">${texts.payAnotherWayHint}</p>${ways}</details>`;
};

export const unpaidView = (
  input: PageInput,
  { kind, canPayAgain }: Extract<ShopperState, { canPayAgain: boolean }>,
): View => {
  const { language } = input;
  const texts = unpaidTexts(kind);
  const ways = canPayAgain ? payAgain(input, texts.button) : null;
  return {
    tone: 'care',
    sign: kind === 'expired' || kind === 'time-up' ? 'clock' : 'stop',
    title: html`${language.texts[texts.title]}`,
    lead: fill(language, canPayAgain ? texts.again : texts.over, {}),
    rest: kind === 'time-up' && ways !== null ? carefully(input, ways) : ways,
    way: canPayAgain ? 'give-up' : 'unpaid',
  };
};

export const endedView = (input: PageInput): View => ({
  tone: 'care',
  sign: 'stop',
  title: fill(input.language, 'endedTitle', {}),
  lead: fill(input.language, 'endedLead', { shop: shopOf(input) }),
  rest: null,
  way: 'unpaid',
});

export const preparingView = ({ language }: PageInput): View => ({
  tone: 'wait',
  sign: 'clock',
  title: fill(language, 'preparingTitle', {}),
  lead: fill(language, 'preparingLead', {}),
  rest: null,
  way: 'none',
});
