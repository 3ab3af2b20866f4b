const plain = 'text/plain; charset=utf-8';

/** Answers without a page: what a browser gets to see only when something is wrong with how it asks. */
const sentence = (status: number, text: string, headers: Readonly<Record<string, string>> = {}): Response =>
  new Response(`${text}\n`, {
    status,
    headers: {
      'content-type': plain,
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      ...headers,
    },
  });

const wholeSeconds = (ms: number): number => Math.max(1, Math.ceil(ms / 1_000));

/** The browser comes back by itself, with or without a script. */
export const tooManyRequests = (waitMs: number, self: string): Response => {
  const seconds = wholeSeconds(waitMs);
  return sentence(429, 'Too many requests. This page comes back in a moment.', {
    'retry-after': String(seconds),
    refresh: `${seconds}; url=${self}`,
  });
};

export const streamsTaken = (): Response =>
  sentence(503, 'There is no room for another stream. Ask again later.', { 'retry-after': '30' });

export const notAllowed = (methods: readonly string[]): Response =>
  sentence(405, 'This address does not take that method.', { allow: methods.join(', ') });

export const foreignForm = (): Response =>
  sentence(403, 'This form was not sent from this page. Please open the page again.');

export const unreadableForm = (status: 400 | 413 | 415): Response =>
  sentence(status, 'This form cannot be read. Please open the page again.');

export const outOfOrder = (self: string): Response =>
  sentence(503, 'This page cannot be shown at this moment. It comes back in a few seconds.', {
    'retry-after': '5',
    refresh: `5; url=${self}`,
  });

/** After a form: the address bar shows the page, and a reload sends nothing twice. */
export const seeOther = (to: string): Response =>
  new Response(null, {
    status: 303,
    headers: { location: to, 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' },
  });
