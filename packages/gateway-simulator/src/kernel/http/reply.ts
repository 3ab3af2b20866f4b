/** What a route answers. */
export interface Reply {
  readonly status: number;
  readonly body: string;
  readonly headers?: Readonly<Record<string, string>>;
}

export const jsonReply = (
  status: number,
  body: string,
  headers: Readonly<Record<string, string>> = {},
): Reply => ({
  status,
  body,
  headers: { 'content-type': 'application/json', ...headers },
});

/** The pages run no scripts and load nothing. */
export const htmlReply = (status: number, body: string): Reply => ({
  status,
  body,
  headers: {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
    'cache-control': 'no-store',
    'referrer-policy': 'no-referrer',
  },
});

/** 303: the browser follows with a GET. */
export const seeOther = (location: string): Reply => ({ status: 303, body: '', headers: { location } });
