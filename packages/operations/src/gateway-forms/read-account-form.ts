import type { GatewayField } from './gateway-forms.ts';

const words = (text: string): readonly string[] => text.split(/[\s,;]+/).filter((word) => word !== '');

const readField = ({ kind }: GatewayField, text: string): unknown => {
  switch (kind) {
    case 'text':
    case 'secret':
      return text === '' ? undefined : text;
    case 'list': {
      const list = words(text);
      return list.length === 0 ? undefined : list;
    }
    case 'switch':
      return text === 'on' ? true : undefined;
    default: {
      const never: never = kind;
      return never;
    }
  }
};

/** `FormData` or `URLSearchParams`, as a browser sent it. */
export interface EnteredForm {
  get(name: string): unknown;
}

/** A form becomes a configuration for the gateway's own schema. What was left empty is left out, so defaults hold. */
export const readAccountForm = (
  fields: readonly GatewayField[],
  form: EnteredForm,
): Readonly<Record<string, unknown>> => {
  const pairs = fields.map((field): [string, unknown] => {
    const given = form.get(field.name);
    return [field.name, readField(field, typeof given === 'string' ? given.trim() : '')];
  });
  return Object.fromEntries(pairs.filter(([, value]) => value !== undefined));
};
