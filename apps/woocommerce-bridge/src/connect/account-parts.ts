import { type Finding, gatewayById } from '@gatewright/payment-core';
import { accountForm, type Refusal, refusalPart } from './account-form.ts';
import type { AccountView, GatewayChoice } from './accounts.ts';
import { type Html, html } from './html.ts';

/** What the gateway said when an account was tried just now. */
export interface Tested {
  readonly gateway: string;
  readonly findings: readonly Finding[];
}

export interface AccountParts {
  readonly accounts: readonly AccountView[];
  readonly choices: readonly GatewayChoice[];
  /** Null: no account was tested. */
  readonly tested: Tested | null;
  /** Null: no form about an account was refused. */
  readonly refusal: Refusal | null;
  readonly state: string;
}

/** What was done is said below this heading, so that is where the browser goes after a form was sent. */
const here = '#accounts';

const actionButton = (what: string, text: string): Html =>
  html`<button name="what" value="${what}">${text}</button> `;

const refusalOf = (refusal: Refusal | null, form: string): Refusal | null =>
  refusal?.form === form ? refusal : null;

const opened = (isOpen: boolean): Html => (isOpen ? html` open` : html``);

const renewal = ({ id, fields }: AccountView, { state, refusal }: AccountParts): Html => {
  if (fields.length === 0) return html``;
  const own = refusalOf(refusal, id);
  const form = {
    name: id,
    action: `/connect/credentials${here}`,
    fields,
    hidden: { account: id },
    button: 'Replace the credentials',
    refusal: own,
  };
  return html`<details${opened(own !== null)}><summary>Replace the credentials</summary>
<p class="hint">For the same account at the gateway: payments that were begun go on under the new ones.</p>
${accountForm(form, state)}</details>`;
};

const accountItem = (account: AccountView, parts: AccountParts): Html => {
  const { id, title, mode, enabled, webhookUrl } = account;
  return html`<section class="finding ${enabled ? 'good' : 'info'}"><h3>${title}</h3>
<p>${mode === 'test' ? 'Test money' : 'Live'}, ${enabled ? 'switched on' : 'switched off; what was begun with it is still watched'}.</p>
${webhookUrl === null ? html`` : html`<p>Enter this address for webhooks at the gateway: <code>${webhookUrl}</code></p>`}
<form method="post" action="/connect/account${here}"><input type="hidden" name="state" value="${parts.state}">
<input type="hidden" name="account" value="${id}">${actionButton('test', 'Test')}${
    enabled ? actionButton('off', 'Switch off') : actionButton('on', 'Switch on')
  }</form>
${renewal(account, parts)}</section>`;
};

const testedBox = (tested: Tested | null): Html => {
  if (tested === null) return html``;
  const { gateway, findings } = tested;
  const title = gatewayById(gateway)?.title ?? gateway;
  const works = !findings.some(({ severity }) => severity === 'error');
  return html`${works ? html`<p class="finding good" role="status">${title}: the account works.</p>` : html``}${findings.map(
    ({ severity, cause, effect, remedy }) =>
      html`<section class="finding ${severity}" role="status"><p>${cause} ${effect}</p><p><strong>What to do:</strong> ${remedy}</p></section>`,
  )}`;
};

const refusedBox = ({ refusal, accounts, choices }: AccountParts): Html => {
  const form = [...choices, ...accounts].find(({ id }) => id === refusal?.form);
  return refusal === null || form === undefined ? html`` : refusalPart(refusal, form.title, form.fields);
};

const choiceItem = ({ id, title, fields }: GatewayChoice, { state, refusal }: AccountParts): Html => {
  const own = refusalOf(refusal, id);
  const form = {
    name: id,
    action: `/connect/accounts${here}`,
    fields,
    hidden: { gateway: id },
    button: `Add ${title}`,
    refusal: own,
  };
  return html`<details${opened(own !== null)}><summary>${title}</summary>
${fields.length === 0 ? html`<p>Pays by a page of the bridge's own. There is nothing to enter.</p>` : html``}${accountForm(form, state)}</details>`;
};

/** The store's accounts at gateways, and a form for each gateway to add another one. */
export const accountsPart = (parts: AccountParts): Html => {
  const { accounts, choices, tested } = parts;
  return html`<h2 id="accounts">Gateway accounts</h2>
${refusedBox(parts)}${testedBox(tested)}${
  accounts.length === 0
    ? html`<p>None yet, so nothing is offered at checkout.</p>`
    : html`${accounts.map((account) => accountItem(account, parts))}`
}
<h3>Add an account</h3>
<p class="hint">Credentials are tried at the gateway, sealed before they are stored, and shown to nobody.</p>
${choices.map((choice) => choiceItem(choice, parts))}`;
};
