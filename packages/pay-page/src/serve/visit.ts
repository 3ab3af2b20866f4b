import { chooseLanguage } from '../language/choose-language.ts';
import type { Language } from '../language/language.ts';
import type { Look } from '../look/look.ts';
import { renderNotFound } from '../page/not-found.ts';
import { pageHeaders } from '../page/page-headers.ts';
import type { RenderedPage } from '../page/page-input.ts';
import { findPage, type PageView, pageIdOf } from './page-view.ts';
import type { PayPagesParts } from './parts.ts';

/** A request for one page: what it asked for, and what became of its id. */
export interface Visit {
  readonly request: Request;
  readonly url: URL;
  /** As it stands in the address. */
  readonly id: string;
  /** Address of the page itself, with the language the shopper chose. */
  readonly self: string;
  readonly client: string | null;
}

export const languageOf = ({ request, url }: Visit, view: PageView | undefined): Language =>
  chooseLanguage({
    wanted: url.searchParams.get('lang'),
    locale: view?.snapshot.page.locale ?? null,
    acceptLanguage: request.headers.get('accept-language'),
  });

export const pageAnswer = (page: RenderedPage, look: Look): Response =>
  new Response(page.html, { status: page.status, headers: pageHeaders(page, look) });

/** One answer for every id that leads nowhere here, so that nobody learns which it was. */
export const notFound = (
  { ownLook, basePath }: Pick<PayPagesParts, 'ownLook' | 'basePath'>,
  visit: Visit,
): Response => pageAnswer(renderNotFound(languageOf(visit, undefined), ownLook, basePath), ownLook);

export const viewOf = (parts: PayPagesParts, { id }: Visit): Promise<PageView | undefined> =>
  findPage(parts, pageIdOf(id));
