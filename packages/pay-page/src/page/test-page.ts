import type { Invoice } from '@gatewright/payment-core';
import { type Html, html, render } from '../html/html.ts';
import { fill } from '../language/fill.ts';
import { shopperState } from '../state/shopper-state.ts';
import { documentOf, titleText, versionOf } from './document.ts';
import { renderNotFound } from './not-found.ts';
import type { PageInput, RenderedPage } from './page-input.ts';
import { card, due, summary } from './render-page.ts';
import { pageUrl } from './view/page-parts.ts';
import { testForms } from './view/test-forms.ts';

const back = (input: PageInput): Html =>
  html`<p class="leave"><a class="quiet small" id="back" href="${pageUrl(input)}">${fill(input.language, 'testBack', {})}</a></p>`;

/** The attempt that can be played: open, on the pseudo-gateway, of a test store (invariant 13). */
const playable = (input: PageInput): Invoice | undefined => {
  const state = shopperState(input.snapshot, input.now, input.gatewayOf);
  return state.kind === 'waiting' && state.invoice.gateway === 'test' ? state.invoice : undefined;
};

const isTestOrder = ({ snapshot }: PageInput): boolean =>
  snapshot.store.mode === 'test' &&
  snapshot.attempts.some((attempt) => attempt.gateway === 'test' && attempt.mode === 'test');

/**
 * The built-in page of the gateway `test`: pay, pay less, cancel, let expire. A live order has none; nor has one that
 * never was on that gateway.
 */
export const renderTestPage = (input: PageInput): RenderedPage => {
  const { language, look, basePath, snapshot } = input;
  if (!isTestOrder(input)) return renderNotFound(language, look, basePath);
  const invoice = playable(input);
  const heading = fill(language, 'testTitle', {});
  const lead = fill(language, invoice ? 'testLead' : 'testDone', {});
  const rest = invoice ? testForms(input, invoice) : null;
  const live = html`${card({ tone: 'wait', sign: 'card', title: heading, lead, rest, way: 'none' })}${back(input)}${summary(input)}`;
  const parts = {
    language,
    look,
    basePath,
    heading,
    live,
    version: versionOf(live),
    due: due(input),
    testMode: true,
    events: null,
    leaveTo: null,
    inLanguage: (tag: string) => `${basePath}/${snapshot.page.id}/test?lang=${tag}`,
  };
  return {
    status: 200,
    html: documentOf(parts),
    live: render(live),
    version: parts.version,
    title: titleText(parts),
    refreshSeconds: null,
    self: pageUrl(input, '/test'),
    leaveTo: null,
    final: false,
  };
};
