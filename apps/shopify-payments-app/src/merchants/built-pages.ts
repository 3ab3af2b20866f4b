import { readdir, readFile } from 'node:fs/promises';
import { extname } from 'node:path';
import { CannotStart } from '@gatewright/operations';
import { createRequestHandler, type ServerBuild } from '@remix-run/server-runtime';
import type { RenderMerchantPage } from './merchants.ts';

/** Where `remix vite:build` puts the pages, as seen from `src/merchants` and from a file of `dist`. */
const built = new URL(
  import.meta.url.includes('/src/merchants/') ? '../../build/' : '../build/',
  import.meta.url,
);

const types: Readonly<Record<string, string>> = {
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
};

export interface BuiltPages {
  readonly render: RenderMerchantPage;
  /** Files of the pages; undefined for a name that is not there. Their names change with what is in them. */
  readonly asset: (path: string) => Promise<Response | undefined>;
}

const assetsPath = '/assets/';

/** @throws CannotStart when the pages were not built */
export const openBuiltPages = async (from: URL = built): Promise<BuiltPages> => {
  const folder = new URL('client/assets/', from);
  let names: ReadonlySet<string>;
  let build: ServerBuild;
  try {
    names = new Set(await readdir(folder));
    // Made by Remix's own build, whose shape is this type.
    build = (await import(new URL('server/index.js', from).href)) as ServerBuild;
  } catch {
    throw new CannotStart(
      'pages-not-built',
      "The merchant's pages are not built. Run `npm run build -w apps/shopify-payments-app`.",
    );
  }
  return {
    render: createRequestHandler(build, 'production'),
    asset: async (path) => {
      const name = path.slice(assetsPath.length);
      if (!path.startsWith(assetsPath) || !names.has(name)) return undefined;
      const bytes = await readFile(new URL(name, folder));
      return new Response(bytes, {
        headers: {
          'content-type': types[extname(name)] ?? 'application/octet-stream',
          'cache-control': 'public, max-age=31536000, immutable',
        },
      });
    },
  };
};
