const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#039;',
};

export const escapeHtml = (text: string): string =>
  text.replace(/[&<>"']/g, (sign) => ENTITIES[sign] ?? sign);

export interface Page {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** A small page of the shop; `content` is HTML, the title is text. */
export const htmlPage = (title: string, content: string, status = 200): Page => ({
  status,
  headers: { 'Content-Type': 'text/html; charset=UTF-8' },
  body: `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${escapeHtml(title)}</title></head><body><h1>${escapeHtml(title)}</h1>${content}</body></html>\n`,
});

export const redirectTo = (location: string): Page => ({
  status: 302,
  headers: { 'Content-Type': 'text/html; charset=UTF-8', 'X-Redirect-By': 'WordPress', Location: location },
  body: '',
});
