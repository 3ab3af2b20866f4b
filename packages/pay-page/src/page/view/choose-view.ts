import { type Html, html } from '../../html/html.ts';
import { fill, type SimpleKey } from '../../language/fill.ts';
import { needsOffers, type ShopperState } from '../../state/shopper-state.ts';
import type { PageInput, PageProblem } from '../page-input.ts';
import { shopOf, type View } from './page-parts.ts';
import { onlyWay, wayList, waysOf } from './ways.ts';

/** The ways to pay again, or one button where there is one way only. */
export const payAgain = (input: PageInput, label: 'payAgain' | 'tryAgain'): Html => {
  const ways = waysOf(input);
  const [first] = ways;
  if (first === undefined)
    return html`<p>${fill(input.language, 'chooseNoneLead', { shop: shopOf(input) })}</p>`;
  if (ways.length === 1 && first.methods.length <= 1)
    return onlyWay(input, first, fill(input.language, label, {}));
  return wayList(input, ways);
};

export const chooseView = (input: PageInput): View => {
  const { language } = input;
  const ways = waysOf(input);
  const [first] = ways;
  if (first === undefined)
    return {
      tone: 'care',
      sign: 'stop',
      title: fill(language, 'chooseNoneTitle', {}),
      lead: fill(language, 'chooseNoneLead', { shop: shopOf(input) }),
      rest: null,
      way: 'unpaid',
    };
  const single = ways.length === 1 && first.methods.length <= 1;
  return {
    tone: 'wait',
    sign: 'card',
    title: fill(language, 'chooseTitle', {}),
    lead: single ? null : fill(language, 'chooseLead', {}),
    rest: single
      ? onlyWay(input, first, fill(language, 'payWith', { gateway: first.offer.title }))
      : wayList(input, ways),
    way: 'give-up',
  };
};

const problemTexts = (problem: PageProblem): readonly [title: SimpleKey, lead: SimpleKey] => {
  switch (problem) {
    case 'gateway-down':
      return ['problemDownTitle', 'problemDownLead'];
    case 'method-unavailable':
      return ['problemUnavailableTitle', 'problemUnavailableLead'];
    case 'busy':
      return ['problemBusyTitle', 'problemBusyLead'];
    default: {
      const never: never = problem;
      return never;
    }
  }
};

/** What went wrong is of interest where the shopper can choose again; else the page below has got further meanwhile. */
export const problemShown = ({ problem }: PageInput, state: ShopperState): PageProblem | null =>
  needsOffers(state) ? problem : null;

export const problemNotice = ({ language }: PageInput, problem: PageProblem | null): Html | null => {
  if (problem === null) return null;
  const [title, lead] = problemTexts(problem);
  return html`<div class="notice" role="alert"><strong>${language.texts[title]}</strong><p>${language.texts[lead]}</p></div>`;
};
