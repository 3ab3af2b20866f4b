import { PassThrough } from 'node:stream';
import { createReadableStreamFromReadable } from '@remix-run/node';
import { RemixServer } from '@remix-run/react';
import type { AppLoadContext, EntryContext } from '@remix-run/server-runtime';
import { renderToPipeableStream } from 'react-dom/server';
import { merchantOf } from './merchant';

const abortAfterMs = 5_000;

/** Streams the page once its shell is there; every inline script carries the answer's nonce. */
export default function handleRequest(
  request: Request,
  status: number,
  headers: Headers,
  remixContext: EntryContext,
  loadContext: AppLoadContext,
): Promise<Response> {
  const { nonce } = merchantOf(loadContext);
  return new Promise((resolve, reject) => {
    let shellRendered = false;
    const { pipe, abort } = renderToPipeableStream(
      <RemixServer context={remixContext} url={request.url} nonce={nonce} abortDelay={abortAfterMs} />,
      {
        nonce,
        onShellReady: () => {
          shellRendered = true;
          const body = new PassThrough();
          headers.set('content-type', 'text/html; charset=utf-8');
          resolve(new Response(createReadableStreamFromReadable(body), { headers, status }));
          pipe(body);
        },
        onShellError: reject,
        onError: (error) => {
          // Before the shell stands, `onShellError` says it.
          if (shellRendered) reject(error);
        },
      },
    );
    setTimeout(abort, abortAfterMs + 1_000).unref();
  });
}
