import { Badge } from '@shopify/polaris';
import type { ShownState } from '../../src/merchants/shown-state';

type Tone = 'success' | 'attention' | 'warning' | 'critical' | 'info';

const shopifyStates: Readonly<Record<string, readonly [string, Tone | undefined]>> = {
  started: ['Not paid', undefined],
  pending: ['Pending', 'attention'],
  resolved: ['Paid', 'success'],
  rejected: ['Rejected', 'critical'],
  ended: ['Ended by Shopify', 'critical'],
};

/** What Shopify holds of a payment. */
export function PaymentState({ state }: ShownState) {
  const [text, tone] = shopifyStates[state] ?? [state, undefined];
  return <Badge {...(tone === undefined ? {} : { tone })}>{text}</Badge>;
}

const refundStates: Readonly<Record<string, readonly [string, Tone | undefined]>> = {
  asked: ['Under way', 'info'],
  checking: ['To be looked up', 'warning'],
  'by-hand': ['Waits for you', 'attention'],
  done: ['Paid back', 'success'],
  declined: ['Declined', undefined],
};

export function RefundState({ state }: { readonly state: string }) {
  const [text, tone] = refundStates[state] ?? [state, undefined];
  return <Badge {...(tone === undefined ? {} : { tone })}>{text}</Badge>;
}

export function Mode({ mode }: { readonly mode: 'live' | 'test' }) {
  return mode === 'live' ? <Badge tone="info">Live</Badge> : <Badge>Test</Badge>;
}

/** Words of the ledger, such as `amount_mismatch`, for people. */
export const inWords = (word: string): string => word.replaceAll(/[_-]/g, ' ');

/** The same as the beginning of a line. */
export const asTitle = (word: string): string => {
  const words = inWords(word);
  return `${words.slice(0, 1).toUpperCase()}${words.slice(1)}`;
};
