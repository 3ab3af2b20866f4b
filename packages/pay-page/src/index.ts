export { type Asset, assetNamed, assets } from './assets/assets.ts';
export { chooseLanguage, languages } from './language/choose-language.ts';
export type { Language, Plural, Texts } from './language/language.ts';
export { type Look, lookSchema } from './look/look.ts';
export { type CheckoutLocale, checkoutAnswer } from './page/checkout-answer.ts';
export { renderNotFound } from './page/not-found.ts';
export { pageHeaders } from './page/page-headers.ts';
export {
  type PageInput,
  type PageProblem,
  type RenderedPage,
  type StatusEvent,
  statusEvent,
} from './page/page-input.ts';
export { renderPage } from './page/render-page.ts';
export { renderTestPage } from './page/test-page.ts';
export { type TestAction, testActions } from './page/view/test-forms.ts';
export { clientKey } from './serve/client-key.ts';
export { defaultLimits, type PageHost, type PayPageLimits, type PayPagesParts } from './serve/parts.ts';
export { type About, createPayPages, type PayPages } from './serve/pay-pages.ts';
export { pageAddress, payPatiently } from './serve/pay-patiently.ts';
export type { Timer } from './serve/status-hub.ts';
export { type BucketSize, createTokenBuckets, type TokenBuckets } from './serve/token-bucket.ts';
export { needsOffers, type ShopperState, shopperState } from './state/shopper-state.ts';
export { walletLink } from './wallet/wallet-link.ts';
