import { offerAccounts, type PageId } from '@gatewright/payment-core';
import { chooseLanguage } from '../language/choose-language.ts';
import type { Language } from '../language/language.ts';
import { type PageProblem, type RenderedPage, statusEvent } from '../page/page-input.ts';
import { renderPage } from '../page/render-page.ts';
import { needsOffers, shopperState } from '../state/shopper-state.ts';
import { changesAt } from './changes-at.ts';
import { findPage, type PageView } from './page-view.ts';
import type { PayPagesParts } from './parts.ts';
import { type StatusFrame, statusFrame } from './status-frame.ts';

/** The page as it is now, with the ways to pay looked up where it shows them. */
export const renderView = async (
  { ports, basePath }: Pick<PayPagesParts, 'ports' | 'basePath'>,
  { snapshot, look }: PageView,
  language: Language,
  problem: PageProblem | null = null,
): Promise<RenderedPage> => {
  const now = ports.clock.now();
  const state = shopperState(snapshot, now, ports.gateway);
  const { page } = snapshot;
  const all = needsOffers(state) ? await offerAccounts(ports, page.store, page.amount) : [];
  const offers = all.filter((offer) => page.account === null || offer.account === page.account);
  return renderPage({ snapshot, offers, gatewayOf: ports.gateway, now, language, look, basePath, problem });
};

/** What the stream of a page says now; undefined where there is no such page. */
export const renderFrame = async (
  parts: PayPagesParts,
  id: PageId,
  tag: string,
): Promise<StatusFrame | undefined> => {
  const view = await findPage(parts, id);
  if (view === undefined) return undefined;
  const rendered = await renderView(parts, view, chooseLanguage({ wanted: tag }));
  return statusFrame(statusEvent(rendered), changesAt(view.snapshot, parts.ports.clock.now()));
};
