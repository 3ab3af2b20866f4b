import { type Html, html, said } from '../../html/html.ts';
import type { GatewayOf } from '../../state/shopper-state.ts';
import type { PageInput } from '../page-input.ts';

/** What a state's view is made of: how it feels, what it says first, and the rest of its card. */
export interface View {
  readonly tone: 'wait' | 'good' | 'care';
  readonly sign: Sign;
  readonly title: Html;
  readonly lead: Html | null;
  readonly rest: Html | null;
  /**
   * Where the last link leads. Those who paid belong elsewhere than those who did not; `done`: nothing is left to do
   * here, `paid`: money is on its way or looked at, `give-up`: it can still be paid here.
   */
  readonly way: 'done' | 'paid' | 'give-up' | 'unpaid' | 'none';
}

export type Sign = 'card' | 'clock' | 'check' | 'look' | 'back' | 'stop';

const paths: Readonly<Record<Sign, string>> = {
  card: 'M3 7.5A2.5 2.5 0 0 1 5.5 5h13A2.5 2.5 0 0 1 21 7.5v9a2.5 2.5 0 0 1-2.5 2.5h-13A2.5 2.5 0 0 1 3 16.5zM3 10h18M7 15h3',
  clock: 'M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM12 7.5V12l3 2',
  check: 'm5 12.5 4.5 4.5L19 7.5',
  look: 'M10.5 4a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13zM15.5 15.5 20 20',
  back: 'M9 7 4 12l5 5M4 12h11a5 5 0 0 1 5 5v1',
  stop: 'M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM12 7.5v5.5M12 16v.5',
};

const drawing = (path: string, extra: string): Html =>
  html`<svg class="${extra}" aria-hidden="true" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round"><path d="${path}"/></svg>`;

export const sign = (name: Sign): Html => html`<span class="sign">${drawing(paths[name], 'mark')}</span>`;

/** Points to the end of the line, in either direction of writing. */
export const onward = drawing('m9 6 6 6-6 6', 'onward');
export const outward = drawing(
  'M14 4h6v6M20 4l-9 9M18 14v4a2 2 0 0 1-2 2H6a2 2 0 0 1-2-2V8a2 2 0 0 1 2-2h4',
  'outward',
);

/** The page's own address with the language it is read in, so that no form and no reload loses it. */
export const pageUrl = ({ basePath, snapshot, language }: PageInput, action = ''): string =>
  `${basePath}/${snapshot.page.id}${action}?lang=${language.tag}`;

export const shopOf = ({ look }: PageInput): Html => said(look.shopName);

/** What a gateway is called; one that this version no longer knows keeps its id. */
export const titleOf = (gatewayOf: GatewayOf, id: string): string => gatewayOf(id)?.title ?? id;

/** The link a gateway gave, checked again at the last door: nothing but a web address becomes a link. */
export const webLink = (text: string | null): URL | undefined => {
  if (text === null || !URL.canParse(text)) return undefined;
  const url = new URL(text);
  return url.protocol === 'https:' || url.protocol === 'http:' ? url : undefined;
};
