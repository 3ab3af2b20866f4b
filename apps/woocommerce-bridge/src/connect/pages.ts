import type { Finding } from '@gatewright/payment-core';
import type { StoreRecord } from '@gatewright/payment-ledger';
import type { RestOnly } from '../storefront/store-settings.ts';
import type { WatchdogAction } from '../watchdog/watchdog.ts';
import { type AccountParts, accountsPart } from './account-parts.ts';
import { type Html, html } from './html.ts';

export const stylesheet = `:root{color-scheme:light dark;font:16px/1.5 system-ui,sans-serif}
:root{background:Canvas;color:CanvasText}body{margin:0 auto;max-width:42rem;padding:1.5rem 1rem}
h1{font-size:1.5rem}h2{font-size:1.15rem;margin-top:2rem}
label{display:block;margin:1rem 0 .25rem;font-weight:600}
input[type=text],input[type=url],input[type=password],input[type=number]{width:100%;box-sizing:border-box;padding:.5rem;font:inherit}
button{font:inherit;padding:.6rem 1rem;margin-top:1rem;cursor:pointer}
.hint{font-size:.9rem}.finding{border-left:.3rem solid;padding:.25rem 1rem;margin:1rem 0}
.error{border-color:#b3261e}.warning{border-color:#9a6700}.info{border-color:#3b6ea5}.good{border-color:#1a7f37}
.problem{border:.1rem solid #b3261e;padding:.5rem 1rem}.problem p{margin:.25rem 0}
.wrong{color:#b3261e;font-weight:600;margin:.25rem 0}[aria-invalid]{outline:.15rem solid #b3261e}
details{border:.05rem solid;border-radius:.25rem;padding:0 1rem;margin:.75rem 0}details[open]{padding-bottom:1rem}
summary{cursor:pointer;padding:.6rem 0;font-weight:600}
.check label{display:inline;margin:0}
@media (prefers-color-scheme:dark){.wrong{color:#ffb4ab}.problem,[aria-invalid]{border-color:#ffb4ab;outline-color:#ffb4ab}}
form.small{display:inline-block;margin-right:1rem}
dl{display:grid;grid-template-columns:max-content 1fr;gap:.25rem 1rem}dd{margin:0;overflow-wrap:anywhere}`;

const page = (title: string, body: Html): string =>
  html`<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex"><title>${title}</title><link rel="stylesheet" href="/connect/style.css"></head>
<body><main><h1>${title}</h1>${body}</main></body>
</html>`.html;

const problemBox = (text: string | null): Html =>
  text === null ? html`` : html`<p class="problem" role="alert">${text}</p>`;

/** What came with the link from the shop; nothing is known of it yet. */
export interface Arrival {
  readonly storeUrl: string;
  readonly returnUrl: string;
}

export const signInPage = ({ storeUrl, returnUrl }: Arrival, problem: string | null): string =>
  page(
    'Connect a shop',
    html`${problemBox(problem)}
<p>Sign in to connect a WooCommerce shop with this bridge.</p>
<form method="post" action="/connect"><input type="hidden" name="return_url" value="${returnUrl}">
<label for="store">Address of the shop</label>
<input id="store" name="store" type="url" required maxlength="2048" value="${storeUrl}">
<label for="token">Operator's token, or a pairing code</label>
<input id="token" name="token" type="password" required maxlength="2300" autocomplete="off">
<p class="hint">Whoever runs the bridge makes a token with <code>gatewright operator add</code>, or a code with <code>gatewright pair</code>.</p>
<button>Sign in</button></form>`,
  );

export const ticketPage = (ticket: string): string =>
  page(
    'Connect a shop',
    html`<p>The plugin is paired. One step is left: the shop gives the bridge a key for its orders.</p>
<form method="post" action="/connect"><input type="hidden" name="ticket" value="${ticket}"><button>Go on</button></form>`,
  );

/** A title and a sentence, where there is nothing else to show. */
export const plainPage = (title: string, text: string): string =>
  page(title, html`<p>${text}</p><p><a href="/connect">Sign in</a></p>`);

const severityWord = { error: 'Must be mended', warning: 'Should be mended', info: 'Good to know' } as const;

const findingBox = ({ severity, code, cause, effect, remedy }: Finding): Html =>
  html`<section class="finding ${severity}"><h3>${severityWord[severity]}</h3><p>${cause} ${effect}</p>
<p><strong>What to do:</strong> ${remedy}</p><p class="hint">${code}</p></section>`;

const formWith = (action: string, state: string, body: Html): Html =>
  html`<form class="small" method="post" action="${action}"><input type="hidden" name="state" value="${state}">${body}</form>`;

export interface StoreView extends AccountParts {
  readonly store: StoreRecord;
  /** Null: signed in by a pairing. */
  readonly operator: string | null;
  readonly hasKeys: boolean;
  readonly paired: boolean;
  readonly checked: boolean;
  readonly restOnly: RestOnly | null;
  readonly findings: readonly Finding[];
  readonly actions: readonly WatchdogAction[];
  readonly problem: string | null;
  /** For the plugin, shown this once; null: none was asked for. */
  readonly pairingCode: string | null;
  readonly returnUrl: string | null;
  /** Single-use: whichever form of the page is sent uses it up, and the page that follows has another. */
  readonly state: string;
}

/** What a page says of what was just done. */
export type Shown = Partial<Pick<StoreView, 'problem' | 'pairingCode' | 'tested' | 'refusal'>>;

const connection = ({ hasKeys, paired, restOnly }: StoreView): Html => html`<dl>
<dt>Key for orders</dt><dd>${hasKeys ? 'stored' : 'missing'}</dd>
<dt>Plugin</dt><dd>${paired ? 'paired' : 'not paired'}</dd>
<dt>REST-only mode</dt><dd>${restOnly === null ? 'off' : `on, for ${restOnly.methods.join(', ')}`}</dd></dl>`;

const findingsPart = ({ findings, checked }: StoreView): Html => {
  if (findings.length > 0) return html`${findings.map(findingBox)}`;
  return checked
    ? html`<p class="finding good">Nothing is wrong with this shop's set-up.</p>`
    : html`<p>The shop has not been looked at yet.</p>`;
};

const keysForm = ({ hasKeys, operator, state }: StoreView): Html => {
  if (hasKeys && operator === null)
    return html`<p>The shop has given its key. To replace it, sign in with an operator's token.</p>`;
  const text = hasKeys ? 'Replace the key' : 'Connect: ask the shop for a key';
  return formWith('/connect/authorize', state, html`<button>${text}</button>`);
};

const pairingPart = ({ pairingCode, operator, restOnly, state }: StoreView): Html => {
  if (pairingCode !== null)
    return html`<h2>Pairing code</h2><p>Copy it into the plugin's settings within ten minutes. It works once.</p>
<p><code>${pairingCode}</code></p>`;
  return operator === null || restOnly !== null
    ? html``
    : formWith('/connect/pair', state, html`<button>Make a pairing code for the plugin</button>`);
};

const wayBack = ({ returnUrl }: StoreView): Html =>
  returnUrl === null ? html`` : html`<p><a href="${returnUrl}">Back to the shop</a></p>`;

/** Test money and real money never meet: only accounts of the store's own mode are offered (invariant 13). */
const modeForm = ({ store, operator, state }: StoreView): Html => {
  if (operator === null) return html``;
  const [next, text] =
    store.mode === 'test' ? (['live', 'Go live'] as const) : (['test', 'Back to test money'] as const);
  return html`<h2>${store.mode === 'test' ? 'Test money' : 'Live'}</h2>
<p>${
    store.mode === 'test'
      ? 'Payments are tried with test accounts. Live ones are offered after you go live; then add them here.'
      : 'Shoppers pay with real money. Test accounts are not offered.'
  } Payments that were begun before the change settle nothing and wait for you.</p>
${formWith('/connect/mode', state, html`<button name="mode" value="${next}">${text}</button>`)}`;
};

const restModeForm = ({ restOnly, operator, state }: StoreView): Html => {
  if (operator === null) return html``;
  const methods = restOnly?.methods.join(', ') ?? 'bacs';
  const hours = restOnly?.deadlineHours ?? 72;
  return html`<h2>Shops that cannot install plugins</h2>
<p>In REST-only mode the shop offers an ordinary payment method, such as the bank transfer, that stands for Gatewright. When an
order comes in, the customer gets a link to pay by e-mail. <strong>Orders are marked as paid at least once, not exactly
once:</strong> without the plugin nothing can lock an order while it is written. Use the plugin wherever you can.</p>
${formWith(
  '/connect/rest-mode',
  state,
  html`<label for="methods">Payment methods that stand for Gatewright</label>
<input id="methods" name="methods" type="text" required maxlength="200" value="${methods}">
<p class="hint">Their ids, with commas between them. Give them a title such as "Crypto" in the shop.</p>
<label for="hours">Hours until an unpaid order is cancelled</label>
<input id="hours" name="hours" type="number" min="1" max="720" value="${hours}">
<button name="mode" value="on">${restOnly === null ? 'Switch on' : 'Save'}</button>
${restOnly === null ? html`` : html`<button name="mode" value="off" formnovalidate>Switch off</button>`}`,
)}`;
};

const actionsPart = ({ actions }: StoreView): Html =>
  actions.length === 0
    ? html``
    : html`<h2>What the bridge did in the shop</h2><ul>${actions.map(
        ({ at, what }) => html`<li><time>${new Date(at).toISOString()}</time> ${what}</li>`,
      )}</ul>`;

export const storePage = (view: StoreView): string => {
  const { store, operator, state, problem } = view;
  return page(
    store.name,
    html`${problemBox(problem)}
<p>${store.url} (${store.mode === 'test' ? 'test money' : 'live'})${operator === null ? '' : `, signed in as ${operator}`}</p>
${connection(view)}
${keysForm(view)}${formWith('/connect/check', state, html`<button>Look at the shop now</button>`)}${pairingPart(view)}${wayBack(view)}
<h2>Findings</h2>${findingsPart(view)}
${operator === null ? html`` : accountsPart(view)}${modeForm(view)}${restModeForm(view)}${actionsPart(view)}
${formWith('/connect/leave', state, html`<button>Sign out</button>`)}`,
  );
};
