import GithubSlugger from 'github-slugger';
import { marked, type Token } from 'marked';

/** What a Markdown page promises: where its links lead, what its code says, and its own anchors. */
export type Page = {
  readonly links: readonly string[];
  readonly code: readonly string[];
  readonly anchors: ReadonlySet<string>;
};

const htmlAnchors = (html: string): string[] =>
  [...html.matchAll(/<a\s[^>]*(?:id|name)="([^"]+)"/g)].flatMap(([, id]) => id ?? []);

export const readPage = (markdown: string): Page => {
  const links: string[] = [];
  const code: string[] = [];
  const anchors = new Set<string>();
  const slugger = new GithubSlugger();

  void marked.walkTokens(marked.lexer(markdown), (token: Token) => {
    if (token.type === 'link' || token.type === 'image') links.push(String(token.href));
    if (token.type === 'codespan' || token.type === 'code') code.push(String(token.text));
    if (token.type === 'html') for (const anchor of htmlAnchors(token.raw)) anchors.add(anchor);
    if (token.type === 'heading') anchors.add(slugger.slug(plainText(token.tokens ?? [])));
  });
  return { links, code, anchors };
};

const plainText = (tokens: readonly Token[]): string =>
  tokens
    .map((token) => ('tokens' in token && token.tokens ? plainText(token.tokens) : textOf(token)))
    .join('');

const textOf = (token: Token): string => ('text' in token ? String(token.text) : token.raw);
