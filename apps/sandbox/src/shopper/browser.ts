/** A button of a form: what it says, and what it sends. */
export interface Button {
  readonly text: string;
  readonly name: string | undefined;
  readonly value: string;
}

export interface Form {
  readonly action: string;
  /** All that can be read in it, its label included. */
  readonly text: string;
  readonly hidden: readonly (readonly [name: string, value: string])[];
  readonly buttons: readonly Button[];
}

/** A page as a browser without a script has it. */
export interface Page {
  readonly url: string;
  readonly heading: string;
  readonly forms: readonly Form[];
  /** Where the link with this id leads. */
  link(id: string): string | undefined;
}

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" };

const unescaped = (text: string): string =>
  text.replaceAll(/&(amp|lt|gt|quot|#39);/g, (_, name: string) => entities[name] ?? '');

const textOf = (html: string): string =>
  unescaped(
    html
      .replaceAll(/<[^>]*>/g, ' ')
      .replaceAll(/\s+/g, ' ')
      .trim(),
  );

const attribute = (tag: string, name: string): string | undefined => {
  const value = new RegExp(`\\s${name}="([^"]*)"`).exec(tag)?.[1];
  return value === undefined ? undefined : unescaped(value);
};

const buttonOf = ([, tag = '', inside = '']: RegExpMatchArray): Button => ({
  text: textOf(inside),
  name: attribute(tag, 'name'),
  value: attribute(tag, 'value') ?? '',
});

const formOf = ([, tag = '', inside = '']: RegExpMatchArray): Form => ({
  action: attribute(tag, 'action') ?? '',
  text:
    [...inside.matchAll(/aria-label="([^"]*)"/g)].map(([, label = '']) => unescaped(label)).join(' ') +
    textOf(inside),
  hidden: [...inside.matchAll(/<input([^>]*type="hidden"[^>]*)>/g)].map(([, input = '']) => [
    attribute(input, 'name') ?? '',
    attribute(input, 'value') ?? '',
  ]),
  buttons: [...inside.matchAll(/<button([^>]*)>([\s\S]*?)<\/button>/g)].map(buttonOf),
});

const linksOf = (html: string): ReadonlyMap<string, string> =>
  new Map(
    [...html.matchAll(/<a(\s[^>]*)>/g)].flatMap(([, tag = '']) => {
      const [id, href] = [attribute(tag, 'id'), attribute(tag, 'href')];
      return id === undefined || href === undefined ? [] : [[id, href]];
    }),
  );

const pageOf = async (response: Response): Promise<Page> => {
  const html = await response.text();
  if (!(response.headers.get('content-type') ?? '').startsWith('text/html'))
    throw new Error(`a shopper got ${response.status} ${html.slice(0, 100)}`);
  const links = linksOf(html);
  return {
    url: response.url,
    heading: textOf(/<h1[^>]*>([\s\S]*?)<\/h1>/.exec(html)?.[1] ?? ''),
    forms: [...html.matchAll(/<form(\s[^>]*)>([\s\S]*?)<\/form>/g)].map(formOf),
    link: (id) => links.get(id),
  };
};

/** Opens an address, wherever it leads. */
export const visit = async (url: string): Promise<Page> => pageOf(await fetch(url));

/** Presses a button: the form goes off with its hidden fields and the button's own, and the answer is followed. */
export const press = async (page: Page, form: Form, button: Button): Promise<Page> => {
  const body = new URLSearchParams();
  for (const [name, value] of form.hidden) body.append(name, value);
  if (button.name !== undefined) body.append(button.name, button.value);
  const headers = { origin: new URL(page.url).origin };
  return pageOf(await fetch(new URL(form.action, page.url), { method: 'POST', headers, body }));
};
