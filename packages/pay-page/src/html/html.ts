import { inertText } from './inert-text.ts';

/** A symbol, so that no parsed JSON can pose as markup. */
const markup = Symbol('markup');

/** Markup made by the `html` tag; nothing else is. */
export interface Html {
  readonly [markup]: string;
}

/** What may stand in a template. Strings are text, never markup; null, undefined and false are nothing. */
export type Content = Html | string | number | null | undefined | false | readonly Content[];

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

const escapeText = (text: string): string =>
  inertText(text).replace(/[&<>"']/g, (character) => entities[character] ?? '');

const isList = (value: Content): value is readonly Content[] => Array.isArray(value);

const toMarkup = (value: Content): string => {
  if (value === null || value === undefined || value === false) return '';
  if (typeof value === 'string') return escapeText(value);
  if (typeof value === 'number') return String(value);
  if (isList(value)) return value.map(toMarkup).join('');
  return value[markup];
};

/**
 * The only way to markup: every value is escaped unless this tag made it. Values stand in text or in quoted attributes,
 * nowhere else. `inertText` says which characters are shown as a mark instead.
 */
export const html = (parts: TemplateStringsArray, ...values: readonly Content[]): Html => ({
  [markup]: parts.map((part, index) => (index === 0 ? part : toMarkup(values[index - 1]) + part)).join(''),
});

/** The markup as a string, for an answer's body. */
export const render = (content: Content): string => toMarkup(content);

/** Text of others, kept apart from ours: its direction of writing reaches nothing around it. */
export const said = (text: string): Html => html`<bdi>${text}</bdi>`;
