import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { assetNamed } from '../../src/assets/assets.ts';
import { pageHeaders } from '../../src/page/page-headers.ts';
import { type RenderedPage, statusEvent } from '../../src/page/page-input.ts';
import { exhibitNames, inputOf, renderExhibit } from './gallery.ts';
import { pageId } from './rows.ts';

export interface GalleryServer {
  readonly url: string;
  /** What a page shows from now on; every open stream of it hears so. */
  show(exhibit: string, instead: string): void;
  /** Breaks every stream off. */
  cut(): void;
  /** Requests for a page's document so far. */
  loads(exhibit: string): number;
  /** Requests for its stream. */
  opened(exhibit: string): number;
  close(): Promise<void>;
}

interface Options {
  /** Replaces the seconds of every Refresh header; null: none is sent. */
  readonly refreshSeconds?: number | null;
}

const addressPattern = /^\/pay\/([A-Za-z0-9_-]{22})(\/events|\/test)?$/;

const nameOf = new Map(exhibitNames.map((name) => [String(pageId(name)), name]));

const sendEvent = (stream: ServerResponse, page: RenderedPage): void => {
  stream.write(`event: status\ndata: ${JSON.stringify(statusEvent(page))}\n\n`);
};

/** The logo of the one shop that has one. */
export const logo = {
  contentType: 'image/svg+xml',
  body: '<svg xmlns="http://www.w3.org/2000/svg" width="160" height="40"><rect width="160" height="40" rx="20" fill="#7a1f3d"/><text x="80" y="27" fill="#fff" font-family="serif" font-size="20" text-anchor="middle">Tea House</text></svg>',
};

/** The gallery over HTTP with the pages' own headers: what a browser needs to show every state. */
export const serveGallery = async (options: Options = {}): Promise<GalleryServer> => {
  const shown = new Map<string, string>();
  const loads = new Map<string, number>();
  const opened = new Map<string, number>();
  const streams = new Map<ServerResponse, { readonly name: string; readonly tag: string }>();
  const rendered = (name: string, tag: string): RenderedPage => {
    const other = shown.get(name);
    // Another exhibit's state under the first one's address.
    return other === undefined ? renderExhibit(name, tag) : renderExhibit(other, tag);
  };
  const headersOf = (name: string, tag: string): Readonly<Record<string, string>> => {
    const { refresh, ...headers }: Readonly<Record<string, string | undefined>> & Record<string, string> =
      pageHeaders(rendered(name, tag), inputOf(name).look);
    if (refresh === undefined || options.refreshSeconds === null) return headers;
    const { refreshSeconds } = options;
    return {
      ...headers,
      refresh: refreshSeconds === undefined ? refresh : refresh.replace(/^\d+/, `${refreshSeconds}`),
    };
  };
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://gallery.test');
    const asset = assetNamed(url.pathname.replace(/^\/pay\/assets\//, ''));
    if (asset) {
      response
        .writeHead(200, { 'content-type': asset.type, 'cache-control': asset.cacheControl })
        .end(asset.body);
      return;
    }
    const [, id = '', action] = addressPattern.exec(url.pathname) ?? [];
    const name = nameOf.get(id);
    const tag = url.searchParams.get('lang') ?? 'en';
    if (name === undefined) {
      response.writeHead(404).end();
    } else if (action === '/events') {
      response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
      sendEvent(response, rendered(name, tag));
      opened.set(name, (opened.get(name) ?? 0) + 1);
      streams.set(response, { name, tag });
      response.on('close', () => streams.delete(response));
    } else {
      loads.set(name, (loads.get(name) ?? 0) + 1);
      const page = rendered(name, tag);
      response.writeHead(page.status, headersOf(name, tag)).end(page.html);
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  // A TCP server's address is this object once it listens.
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    show: (exhibit, instead) => {
      shown.set(exhibit, instead);
      for (const [stream, { name, tag }] of streams)
        if (name === exhibit) sendEvent(stream, rendered(name, tag));
    },
    cut: () => {
      for (const stream of streams.keys()) stream.destroy();
    },
    loads: (exhibit) => loads.get(exhibit) ?? 0,
    opened: (exhibit) => opened.get(exhibit) ?? 0,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
};
