import { assetNamed } from '../assets/assets.ts';
import { foreignForm, notAllowed, outOfOrder, seeOther, tooManyRequests } from './answers.ts';
import { choose } from './choose.ts';
import { events } from './events.ts';
import { defaultLimits, type PayPagesParts } from './parts.ts';
import { renderFrame, renderView } from './rendering.ts';
import { methodsOf, type PayRoute, payRoute } from './route.ts';
import { isSameOrigin } from './same-origin.ts';
import { createStatusHub } from './status-hub.ts';
import { createStreamSlots } from './stream-slots.ts';
import { playTest, showTestPage } from './test-page.ts';
import { createTokenBuckets } from './token-bucket.ts';
import { languageOf, notFound, pageAnswer, type Visit, viewOf } from './visit.ts';

/** What a wrapper knows of a request besides the request. */
export interface About {
  /** Stands for one client: its address. Null or absent: not known, so only the limits that need none hold. */
  readonly clientKey?: string | null;
}

/** The shopper's pages over web `Request` and `Response`, for any server. */
export interface PayPages {
  /** Never rejects. The body of an event stream ends when its reader cancels it, or at `close`. */
  handle(request: Request, about?: About): Promise<Response>;
  /** Streams that are open. */
  readonly streams: number;
  /** Ends every stream and the timer behind them. */
  close(): void;
}

/** Tokens: a form may make something, and an address that leads nowhere is what a guesser asks for. */
const costOf = (request: Request): number => (request.method === 'POST' ? 5 : 1);
const missCost = 4;

const asset = (name: string): Response | undefined => {
  const found = assetNamed(name);
  return (
    found &&
    new Response(found.body, {
      headers: {
        'content-type': found.type,
        'cache-control': found.cacheControl,
        'x-content-type-options': 'nosniff',
        // Fonts and scripts of a page that another origin frames are still asked for by the page's own.
        'cross-origin-resource-policy': 'same-origin',
      },
    })
  );
};

/** A HEAD is a GET whose body nobody reads: a stream behind it ends at once. */
const withoutBody = async (answer: Response): Promise<Response> => {
  await answer.body?.cancel();
  return new Response(null, { status: answer.status, headers: answer.headers });
};

const selfOf = (basePath: string, id: string, url: URL): string => {
  const language = url.searchParams.get('lang');
  return `${basePath}/${id}${language === null ? '' : `?${new URLSearchParams({ lang: language })}`}`;
};

type Form = 'choose' | 'test';

/** Serves the pages; nothing a stranger sends makes it throw. */
export const createPayPages = (parts: PayPagesParts): PayPages => {
  const { ports, changes, basePath, every, onError } = parts;
  const limits = { ...defaultLimits, ...parts.limits };
  const clients = createTokenBuckets(ports.clock, limits.client);
  const forms = createTokenBuckets(ports.clock, limits.forms);
  const slots = createStreamSlots(limits.streams);
  const hub = createStatusHub({
    changes,
    clock: ports.clock,
    every,
    onError,
    render: (page, language) => renderFrame(parts, page, language),
  });

  const form = async (kind: Form, visit: Visit): Promise<Response> => {
    if (!isSameOrigin(visit.request.headers, parts.origin())) return foreignForm();
    const view = await viewOf(parts, visit);
    if (view === undefined) return notFound(parts, visit);
    const wait = forms.take(visit.id, 1);
    if (wait > 0) return tooManyRequests(wait, visit.self);
    return kind === 'test' ? playTest(parts, visit, view) : choose(parts, visit, view);
  };

  const show = async (visit: Visit): Promise<Response> => {
    const view = await viewOf(parts, visit);
    if (view === undefined) return notFound(parts, visit);
    return pageAnswer(await renderView(parts, view, languageOf(visit, view)), view.look);
  };

  const answer = (route: PayRoute, visit: Visit): Promise<Response> | Response => {
    const posted = visit.request.method === 'POST';
    switch (route.kind) {
      case 'page':
        return show(visit);
      case 'events':
        return events(parts, hub, slots, visit);
      case 'test':
        return posted ? form(route.kind, visit) : showTestPage(parts, visit);
      case 'choose':
        // Whoever opens a form's address by hand gets the page it belongs to.
        return posted ? form(route.kind, visit) : seeOther(visit.self);
      case 'asset':
        return asset(route.name) ?? notFound(parts, visit);
      case 'none':
        return show(visit);
      default: {
        const never: never = route;
        return never;
      }
    }
  };

  const handle = async (request: Request, client: string | null): Promise<Response> => {
    const url = new URL(request.url);
    const route = payRoute(url.pathname, basePath);
    const id = 'id' in route ? route.id : '';
    const visit: Visit = { request, url, id, client, self: selfOf(basePath, id, url) };
    const wait = client === null ? 0 : clients.take(client, costOf(request));
    if (wait > 0) return tooManyRequests(wait, visit.self);
    const methods = methodsOf(route.kind);
    if (!methods.includes(request.method)) return notAllowed(methods);
    try {
      const response = await answer(route, visit);
      if (response.status === 404 && client !== null) clients.take(client, missCost);
      return request.method === 'HEAD' ? await withoutBody(response) : response;
    } catch (error) {
      onError(error);
      return outOfOrder(visit.self);
    }
  };

  return {
    handle: (request, { clientKey = null } = {}) => handle(request, clientKey),
    get streams() {
      return slots.taken;
    },
    close: hub.close,
  };
};
