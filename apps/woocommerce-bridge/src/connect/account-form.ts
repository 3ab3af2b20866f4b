import type { GatewayField } from '@gatewright/operations';
import { type Html, html } from './html.ts';

/** What was sent and not taken, so that its form can be shown again: no part of a secret is in it. */
export interface Refusal {
  /** Name of the form: a gateway's id for another account, an account's id for new credentials. */
  readonly form: string;
  readonly problem: string;
  /** What is wrong with a field, by its name. */
  readonly wrong: Readonly<Record<string, string>>;
  /** What was written into fields that are no secrets, by their names. */
  readonly kept: Readonly<Record<string, string>>;
}

export interface AccountForm {
  readonly name: string;
  readonly action: string;
  readonly fields: readonly GatewayField[];
  readonly hidden: Readonly<Record<string, string>>;
  readonly button: string;
  /** Of this form; null: it was not sent, or taken. */
  readonly refusal: Refusal | null;
}

const idOf = (form: string, field: string): string => `${form}-${field}`;

const describedBy = (id: string, { help }: GatewayField, wrong: string | undefined): Html => {
  const ids = [...(wrong === undefined ? [] : [`${id}-wrong`]), ...(help === '' ? [] : [`${id}-help`])];
  const invalid = wrong === undefined ? html`` : html` aria-invalid="true"`;
  return ids.length === 0 ? invalid : html`${invalid} aria-describedby="${ids.join(' ')}"`;
};

const controlOf = (id: string, field: GatewayField, refusal: Refusal | null): Html => {
  const { name, label, kind, required } = field;
  const described = describedBy(id, field, refusal?.wrong[name]);
  const kept = refusal?.kept[name] ?? '';
  const must = required ? html` required` : html``;
  const title = html`<label for="${id}">${label}${required ? '' : ' (optional)'}</label>`;
  switch (kind) {
    case 'switch':
      return html`<p class="check"><input id="${id}" name="${name}" type="checkbox" value="on"${kept === 'on' ? html` checked` : html``}${described}>
<label for="${id}">${label}</label></p>`;
    case 'secret':
      return html`${title}
<input id="${id}" name="${name}" type="password" maxlength="2048" autocomplete="new-password"${must}${described}>`;
    case 'text':
    case 'list':
      return html`${title}
<input id="${id}" name="${name}" type="text" maxlength="2048" autocomplete="off" spellcheck="false" value="${kept}"${must}${described}>`;
    default: {
      const never: never = kind;
      return never;
    }
  }
};

const fieldPart = (form: string, field: GatewayField, refusal: Refusal | null): Html => {
  const id = idOf(form, field.name);
  const wrong = refusal?.wrong[field.name];
  return html`${controlOf(id, field, refusal)}
${wrong === undefined ? html`` : html`<p class="wrong" id="${id}-wrong">${wrong}</p>`}${
  field.help === '' ? html`` : html`<p class="hint" id="${id}-help">${field.help}</p>`
}`;
};

/** The problem, and the way to each field that has to be mended. @param title of the form's gateway */
export const refusalPart = (
  { form, problem, wrong }: Refusal,
  title: string,
  fields: readonly GatewayField[],
): Html => {
  const links = fields.filter(({ name }) => wrong[name] !== undefined);
  return html`<div class="problem" role="alert"><p>${title}: ${problem}</p>${
    links.length === 0
      ? html``
      : html`<ul>${links.map(
          ({ name, label }) =>
            html`<li><a href="#${idOf(form, name)}">${label}</a>: ${wrong[name] ?? null}</li>`,
        )}</ul>`
  }</div>`;
};

/** Credentials go in and are never shown again; what is no secret stays in its field when it was refused. */
export const accountForm = (
  { name, action, fields, hidden, button, refusal }: AccountForm,
  state: string,
): Html => html`<form method="post" action="${action}" autocomplete="off"><input type="hidden" name="state" value="${state}">
${Object.entries(hidden).map(([key, value]) => html`<input type="hidden" name="${key}" value="${value}">`)}
${fields.map((field) => fieldPart(name, field, refusal))}
<button>${button}</button></form>`;
