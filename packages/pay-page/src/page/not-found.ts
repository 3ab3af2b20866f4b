import { html, render } from '../html/html.ts';
import type { Language } from '../language/language.ts';
import type { Look } from '../look/look.ts';
import { documentOf, titleText, versionOf } from './document.ts';
import type { RenderedPage } from './page-input.ts';
import { card } from './render-page.ts';

/**
 * The answer to every id that leads nowhere: unknown, foreign, malformed or past its retention. It says nothing that
 * depends on the id, so its bytes are the same for all of them.
 */
export const renderNotFound = (language: Language, look: Look, basePath: string): RenderedPage => {
  const heading = html`${language.texts.notFoundTitle}`;
  const lead = html`${language.texts.notFoundLead}`;
  const live = card({ tone: 'care', sign: 'stop', title: heading, lead, rest: null, way: 'none' });
  const parts = {
    language,
    look,
    basePath,
    heading,
    live,
    version: versionOf(live),
    due: null,
    testMode: false,
    events: null,
    leaveTo: null,
    inLanguage: null,
  };
  return {
    status: 404,
    html: documentOf(parts),
    live: render(live),
    version: parts.version,
    title: titleText(parts),
    refreshSeconds: null,
    self: null,
    leaveTo: null,
    final: true,
  };
};
