import { type Page, press, visit } from './browser.ts';

/** What the page's first line means, in the words of the stories. */
const headings: readonly (readonly [start: string, shows: string])[] = [
  ['How would you like to pay?', 'choose'],
  ['Preparing', 'preparing'],
  ['Pay with', 'waiting'],
  ['Send ', 'waiting'],
  ['We can see your payment', 'seen'],
  ['Paid. Thank you!', 'paid'],
  ['Paid, and a little too much', 'overpaid'],
  ['Part of the amount is missing', 'underpaid'],
  ['Please send the missing', 'underpaid'],
  ['The time to pay is over', 'time is up'],
  ['This payment has expired', 'expired'],
  ['The payment was cancelled', 'cancelled'],
  ['The payment did not work', 'failed'],
  ['Your payment arrived late', 'late'],
  ['The shop is checking your payment', 'held'],
  ['Your payment was refunded', 'refunded'],
  ['This order can no longer be paid', 'ended'],
];

export const shownBy = ({ heading }: Page): string =>
  headings.find(([start]) => heading.startsWith(start))?.[1] ?? `"${heading}"`;

export interface Wish {
  /** What the gateway is called on the page. */
  readonly title: string;
  /** Where it has several. */
  readonly network: string | undefined;
}

/** Chooses a gateway on the order's page. @returns the page that leads to it */
export const chooseOnPage = async (url: string, { title, network }: Wish): Promise<Page> => {
  const page = await visit(url);
  const form = page.forms.find(({ text }) => text.includes(title));
  const button = form?.buttons.find(({ value }) => network === undefined || value === network);
  if (!form || !button) throw new Error(`${title} is not on offer: ${shownBy(page)}`);
  const chosen = await press(page, form, button);
  if (shownBy(chosen) !== 'waiting') throw new Error(`after the choice the page shows ${shownBy(chosen)}`);
  return chosen;
};
