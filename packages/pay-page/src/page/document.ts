import { createHash } from 'node:crypto';
import { iconName, scriptName, styleSheetName } from '../assets/assets.ts';
import { type Html, html, render, said } from '../html/html.ts';
import { languages } from '../language/choose-language.ts';
import { plainText } from '../language/fill.ts';
import type { Language } from '../language/language.ts';
import type { Look } from '../look/look.ts';
import { themeName } from '../look/theme.ts';

export interface DocumentParts {
  readonly language: Language;
  readonly look: Look;
  readonly basePath: string;
  readonly heading: Html;
  /** Inside <main>. */
  readonly live: Html;
  readonly version: string;
  /** What is paid, beside the shop's name; null where it may not be said. */
  readonly due: Html | null;
  readonly testMode: boolean;
  /** Where the page's news come from; null: there are none. */
  readonly events: string | null;
  readonly leaveTo: string | null;
  /** This page in another language; null: there is no way to choose one. */
  readonly inLanguage: ((tag: string) => string) | null;
}

const brand = ({ shopName, logoUrl }: Look): Html =>
  logoUrl === null
    ? said(shopName)
    : html`<img src="${logoUrl}" alt="${shopName}" referrerpolicy="no-referrer">`;

const languageLinks = ({ language, inLanguage }: DocumentParts): Html | null =>
  inLanguage &&
  html`<footer><nav aria-label="${language.texts.languages}"><ul>${languages.map(
    ({ tag, name }) =>
      html`<li><a href="${inLanguage(tag)}" hreflang="${tag}" lang="${tag}"${tag === language.tag && html` aria-current="true"`}>${name}</a></li>`,
  )}</ul></nav></footer>`;

export const titleText = ({ heading, look }: Pick<DocumentParts, 'heading' | 'look'>): string =>
  plainText(html`${heading} · ${look.shopName}`);

/** The countdown differs at every look although nothing has happened. */
const countdown = /<time data-left.*?<\/time>/gs;

export const versionOf = (live: Html): string =>
  createHash('sha256').update(render(live).replaceAll(countdown, '')).digest('base64url').slice(0, 12);

/** A whole document: no inline script or style, nothing from elsewhere but the shop's logo. */
export const documentOf = (parts: DocumentParts): string => {
  const { language, look, basePath, events, leaveTo, testMode } = parts;
  const { texts } = language;
  const asset = (name: string): string => `${basePath}/assets/${name}`;
  const data = html`${events !== null && html` data-events="${events}"`}${leaveTo !== null && html` data-leave="${leaveTo}"`}`;
  return render(
    html`<!doctype html>
<html lang="${language.tag}" dir="${language.direction}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<meta name="color-scheme" content="light dark">
<title>${titleText(parts)}</title>
<link rel="icon" href="${asset(iconName)}" type="image/svg+xml">
<link rel="stylesheet" href="${asset(styleSheetName)}">
<link rel="stylesheet" href="${asset(themeName(look))}">
<script src="${asset(scriptName)}" defer></script>
</head>
<body${data}>
${testMode && html`<p class="test-mode">${texts.testMode}</p>`}
<header><div class="brand">${brand(look)}</div>${parts.due}</header>
<main data-version="${parts.version}">${parts.live}</main>
<p class="sr" id="announce" role="status"></p>
<p class="notice" id="lost" role="status" hidden>${texts.reconnecting}</p>
${languageLinks(parts)}
</body>
</html>
`,
  );
};
