import type { Finding } from '@gatewright/payment-core';
import type { AccountView, GatewayChoice } from './accounts.ts';
import { type Html, html } from './html.ts';

export interface AccountParts {
  readonly accounts: readonly AccountView[];
  readonly choices: readonly GatewayChoice[];
  /** Of the account that was just tested; null: none was. */
  readonly tested: readonly Finding[] | null;
  readonly state: string;
}

const actionButton = (what: string, text: string): Html =>
  html`<button name="what" value="${what}">${text}</button> `;

const accountItem = ({ id, title, mode, enabled, webhookUrl }: AccountView, state: string): Html =>
  html`<section class="finding ${enabled ? 'good' : 'info'}"><h3>${title}</h3>
<p>${mode === 'test' ? 'Test money' : 'Live'}, ${enabled ? 'switched on' : 'switched off; what was begun with it is still watched'}.</p>
${webhookUrl === null ? html`` : html`<p>Enter this address for webhooks at the gateway: <code>${webhookUrl}</code></p>`}
<form method="post" action="/connect/account"><input type="hidden" name="state" value="${state}">
<input type="hidden" name="account" value="${id}">${actionButton('test', 'Test')}${
    enabled ? actionButton('off', 'Switch off') : actionButton('on', 'Switch on')
  }</form></section>`;

const testedBox = (tested: readonly Finding[] | null): Html => {
  if (tested === null) return html``;
  if (tested.length === 0) return html`<p class="finding good" role="status">The account works.</p>`;
  return html`${tested.map(
    ({ severity, cause, effect, remedy }) =>
      html`<section class="finding ${severity}" role="status"><p>${cause} ${effect}</p><p><strong>What to do:</strong> ${remedy}</p></section>`,
  )}`;
};

/** The store's accounts at gateways, and a form for another one. Credentials go in and are never shown again. */
export const accountsPart = ({
  accounts,
  choices,
  tested,
  state,
}: AccountParts): Html => html`<h2>Gateway accounts</h2>
${testedBox(tested)}${
  accounts.length === 0
    ? html`<p>None yet, so nothing is offered at checkout.</p>`
    : html`${accounts.map((account) => accountItem(account, state))}`
}
<form method="post" action="/connect/accounts" autocomplete="off"><input type="hidden" name="state" value="${state}">
<label for="gateway">Gateway</label>
<select id="gateway" name="gateway">${choices.map(({ id, title }) => html`<option value="${id}">${title}</option>`)}</select>
<label for="config">Its credentials, as one JSON object</label>
<textarea id="config" name="config" rows="4" maxlength="4096" spellcheck="false" placeholder='{"token": "…"}'></textarea>
<p class="hint">The page of each gateway in the documentation lists the keys. They are sealed before they are stored, and shown to nobody.</p>
<button>Add the account</button></form>`;
