import { type Html, html, render, said } from '../html/html.ts';
import { fill } from '../language/fill.ts';
import { showMoney } from '../language/show-money.ts';
import { type ShopperState, shopperState } from '../state/shopper-state.ts';
import { documentOf, titleText, versionOf } from './document.ts';
import { isFinal, refreshAfter } from './pace.ts';
import type { PageInput, PageProblem, RenderedPage } from './page-input.ts';
import { problemNotice, problemShown } from './view/choose-view.ts';
import { pageUrl, shopOf, sign, type View, webLink } from './view/page-parts.ts';
import { stateView } from './view/state-view.ts';

/** The amount stands above everything, so that nobody has to look for it. */
export const due = ({ snapshot, language }: PageInput): Html =>
  html`<p class="due"><strong>${showMoney(language, snapshot.page.amount)}</strong> <span class="small quiet">${language.texts.order} ${said(shortened(snapshot.page.orderNumber))}</span></p>`;

/** What the shop wrote is a stranger's text, and as long as it likes. */
const shortened = (text: string): string => {
  const letters = [...text];
  return letters.length > 200 ? `${letters.slice(0, 199).join('')}…` : text;
};

export const summary = ({ snapshot, language, look }: PageInput): Html => {
  const { texts } = language;
  const { orderNumber, description, amount } = snapshot.page;
  const row = (label: string, value: Html, look = ''): Html =>
    html`<dt>${label}</dt><dd class="${look}">${value}</dd>`;
  return html`<section class="card summary" aria-labelledby="summary"><h2 id="summary">${texts.summary}</h2><dl>${row(texts.shop, said(look.shopName))}${row(texts.order, said(shortened(orderNumber)))}${description.trim() !== '' && row(texts.what, said(shortened(description)))}${row(texts.amount, showMoney(language, amount), 'total')}</dl></section>`;
};

export const card = ({ tone, sign: name, title, lead, rest }: View): Html =>
  html`<div class="card ${tone}"><div class="head">${sign(name)}<h1 id="heading" tabindex="-1">${title}</h1></div>${lead && html`<p>${lead}</p>`}${rest}</div>`;

const leaveLink = (url: string, label: Html, look: string): Html | null => {
  const link = webLink(url);
  return link ? html`<a class="${look}" id="leave" href="${link.href}">${label}</a>` : null;
};

/** The way on: a button where nothing else is left to do, a quiet link where there is. */
const wayOut = (input: PageInput, { way }: View): Html | null => {
  const { language, snapshot } = input;
  const shop = shopOf(input);
  switch (way) {
    case 'done':
      return leaveLink(snapshot.page.returnUrl, fill(language, 'backToShop', { shop }), 'button');
    case 'paid':
      return leaveLink(snapshot.page.returnUrl, fill(language, 'backToShop', { shop }), 'button plain');
    case 'unpaid':
      return leaveLink(snapshot.page.cancelUrl, fill(language, 'backToShop', { shop }), 'button plain');
    case 'give-up': {
      const link = leaveLink(snapshot.page.cancelUrl, fill(language, 'giveUp', { shop }), 'quiet small');
      return link && html`<p class="leave">${link}</p>`;
    }
    case 'none':
      return null;
    default: {
      const never: never = way;
      return never;
    }
  }
};

/** Paid, with nothing that has to be read first: the shopper belongs back in the shop. */
const leavesTo = (input: PageInput, state: ShopperState): string | null =>
  state.kind === 'paid' && !state.twice && state.refunded === null
    ? (webLink(input.snapshot.page.returnUrl)?.href ?? null)
    : null;

const leaving = ({ language }: PageInput): Html =>
  html`<p class="pulse small" data-leaving><span>${fill(language, 'paidLeaving', {})} <button type="button" class="stay" id="stay" data-stay hidden>${fill(language, 'stayHere', {})}</button></span></p>`;

const statusOf = (problem: PageProblem | null): number => {
  switch (problem) {
    case null:
      return 200;
    case 'gateway-down':
    case 'busy':
      return 503;
    case 'method-unavailable':
      return 409;
    default: {
      const never: never = problem;
      return never;
    }
  }
};

/** The page of an order as its rows say it is. */
export const renderPage = (input: PageInput): RenderedPage => {
  const { snapshot, now, gatewayOf, language, look, basePath } = input;
  const state = shopperState(snapshot, now, gatewayOf);
  const problem = problemShown(input, state);
  const view = stateView(input, state);
  const leaveTo = leavesTo(input, state);
  const final = isFinal(state);
  const rest = html`${view.rest}${view.way === 'done' && wayOut(input, view)}${leaveTo !== null && leaving(input)}`;
  const live = html`${problemNotice(input, problem)}${card({ ...view, rest })}${view.way !== 'done' && wayOut(input, view)}${summary(input)}`;
  const parts = {
    language,
    look,
    basePath,
    heading: view.title,
    live,
    version: versionOf(live),
    due: due(input),
    testMode: snapshot.store.mode === 'test',
    events: final ? null : pageUrl(input, '/events'),
    leaveTo,
    inLanguage: (tag: string) => `${basePath}/${snapshot.page.id}?lang=${tag}`,
  };
  return {
    status: statusOf(input.problem),
    html: documentOf(parts),
    live: render(live),
    version: parts.version,
    title: titleText(parts),
    refreshSeconds: problem === 'busy' ? 3 : refreshAfter(state),
    self: pageUrl(input),
    leaveTo,
    final,
  };
};
