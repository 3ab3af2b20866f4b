import { assets, checkoutAnswer, chooseLanguage } from '@gatewright/pay-page';
import { payBasePath } from './app-pages.ts';

const marks: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

const text = (value: string): string => value.replaceAll(/[&<>"']/g, (mark) => marks[mark] ?? '');

const styleSheet = [...assets.keys()].find((name) => name.endsWith('.css')) ?? '';

export interface PlainPage {
  /** The buyer's language, as Shopify's request named it; the browser's where there is none. */
  readonly locale: string | null;
  /** A sentence that the pay page has in all its languages. */
  readonly sentence: string;
  readonly shopName: string;
  /** Where the buyer goes on; null: this page comes back by itself. */
  readonly leave: string | null;
  readonly refreshSeconds?: number;
}

/** One sentence and a way on, in the buyer's language: what is said where there is nothing to pay or to choose. */
export const plainPage = (request: Request, page: PlainPage): Response => {
  const { sentence, shopName, leave, refreshSeconds, locale } = page;
  const acceptLanguage = request.headers.get('accept-language');
  const { tag, direction, texts } = chooseLanguage({ locale, acceptLanguage });
  const said = text(checkoutAnswer(sentence, { locale, acceptLanguage }));
  const back = text(texts.backToShop.replace('{shop}', shopName));
  const way = leave === null ? '' : `<p><a class="button" id="leave" href="${text(leave)}">${back}</a></p>`;
  const body = `<!doctype html>
<html lang="${tag}" dir="${direction}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex"><title>${said}</title>
<link rel="stylesheet" href="${payBasePath}/assets/${styleSheet}"></head>
<body><header><div class="brand">${text(shopName)}</div></header>
<main><div class="card"><div class="head"><h1 id="heading">${said}</h1></div>${way}</div></main></body>
</html>
`;
  return new Response(body, {
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy':
        "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
      'referrer-policy': 'no-referrer',
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      ...(refreshSeconds === undefined ? {} : { refresh: String(refreshSeconds) }),
    },
  });
};
