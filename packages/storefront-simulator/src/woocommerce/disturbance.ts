import type { HttpCall } from './rest/call.ts';
import type { ServedAnswer } from './server.ts';

/**
 * What stands between a shop and whoever calls it, or has come over the shop:
 * - `html-with-200`: a "coming soon" plugin or a firewall's question answers instead of the API;
 * - `maintenance`: WordPress is being updated;
 * - `bad-gateway`: the web server has lost PHP;
 * - `redirect`: the site moved to another host name;
 * - `no-answer`: the connection ends before the shop has seen the request;
 * - `lost-answer`: the shop has done what was asked, and the answer is lost.
 */
export type Disturbance =
  | 'html-with-200'
  | 'maintenance'
  | 'bad-gateway'
  | 'redirect'
  | 'no-answer'
  | 'lost-answer';

export interface Disturbed {
  /** How many requests meet it; default: all until `calm`. */
  readonly requests?: number;
  /** Only requests whose method and path, such as `PUT /wp-json/wc/v3/orders/14`, match. */
  readonly on?: RegExp;
  /** How many of those pass before; default: none. */
  readonly after?: number;
}

export interface Disturbances {
  disturb(kind: Disturbance, disturbed?: Disturbed): void;
  /** Ends every disturbance. */
  calm(): void;
  /** Serves a request of the REST API; undefined: the connection is cut. Pages are never disturbed. */
  around(call: HttpCall, serve: () => Promise<ServedAnswer>): Promise<ServedAnswer | undefined>;
}

const html = (
  status: number,
  text: string,
  headers: Readonly<Record<string, string>> = {},
): ServedAnswer => ({
  status,
  headers: { 'Content-Type': 'text/html; charset=UTF-8', ...headers },
  body: `<!DOCTYPE html><html lang="en"><head><title>${text}</title></head><body><h1>${text}</h1></body></html>\n`,
});

const answerOf = (
  kind: Exclude<Disturbance, 'no-answer' | 'lost-answer'>,
  { target }: HttpCall,
): ServedAnswer => {
  switch (kind) {
    case 'html-with-200':
      return html(200, 'Coming soon');
    case 'maintenance':
      return html(503, 'Briefly unavailable for scheduled maintenance. Check back in a minute.', {
        'Retry-After': '600',
      });
    case 'bad-gateway':
      return html(502, 'Bad Gateway');
    case 'redirect':
      return html(301, 'Moved Permanently', { Location: `https://www.shop.example${target}` });
    default: {
      const never: never = kind;
      return never;
    }
  }
};

export const createDisturbances = (): Disturbances => {
  let active: { readonly kind: Disturbance; left: number; passing: number; readonly on: RegExp }[] = [];

  const meets = (call: HttpCall): Disturbance | undefined => {
    const line = `${call.method} ${call.path}`;
    const met = active.find(({ left, on }) => left > 0 && on.test(line));
    if (met === undefined) return undefined;
    if (met.passing > 0) {
      met.passing -= 1;
      return undefined;
    }
    met.left -= 1;
    return met.kind;
  };

  return {
    disturb: (kind, { requests = Number.POSITIVE_INFINITY, on = /^/, after = 0 } = {}) => {
      active.push({ kind, left: requests, passing: after, on });
    },
    calm: () => {
      active = [];
    },
    around: async (call, serve) => {
      const kind = call.path.startsWith('/wp-json') ? meets(call) : undefined;
      if (kind === undefined) return serve();
      if (kind === 'lost-answer') await serve();
      return kind === 'lost-answer' || kind === 'no-answer' ? undefined : answerOf(kind, call);
    },
  };
};
