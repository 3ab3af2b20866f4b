import type { IncomingHttpHeaders } from 'node:http';

export interface HttpCall {
  readonly method: string;
  /** `demo.myshopify.com`, without a port. */
  readonly host: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

export interface ServedAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** `cut` ends the connection without an answer, `hang` leaves it open until the server closes. */
export type Served = ServedAnswer | 'cut' | 'hang';

export const jsonAnswer = (
  status: number,
  value: unknown,
  headers: Readonly<Record<string, string>> = {},
): ServedAnswer => ({
  status,
  headers: { 'content-type': 'application/json; charset=utf-8', ...headers },
  body: JSON.stringify(value),
});

export const seeOther = (location: string, status: 302 | 303 = 303): ServedAnswer => ({
  status,
  headers: { location },
  body: '',
});

export const form = ({ body }: HttpCall): URLSearchParams => new URLSearchParams(body.toString('utf8'));
