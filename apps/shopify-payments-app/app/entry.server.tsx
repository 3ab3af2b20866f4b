import { PassThrough } from 'node:stream';
import { createReadableStreamFromReadable } from '@remix-run/node';
import { isRouteErrorResponse, RemixServer } from '@remix-run/react';
import type {
  ActionFunctionArgs,
  AppLoadContext,
  EntryContext,
  LoaderFunctionArgs,
} from '@remix-run/server-runtime';
import { renderToPipeableStream } from 'react-dom/server';
import { pageContext } from './merchant';

const abortAfterMs = 5_000;

/** Streams the page once its shell is there; every inline script carries the answer's nonce. */
export default function handleRequest(
  request: Request,
  status: number,
  headers: Headers,
  remixContext: EntryContext,
  loadContext: AppLoadContext,
): Promise<Response> {
  const { nonce, report } = pageContext(loadContext);
  return new Promise((resolve, reject) => {
    const { pipe, abort } = renderToPipeableStream(
      <RemixServer context={remixContext} url={request.url} nonce={nonce} abortDelay={abortAfterMs} />,
      {
        nonce,
        onShellReady: () => {
          const body = new PassThrough();
          headers.set('content-type', 'text/html; charset=utf-8');
          resolve(new Response(createReadableStreamFromReadable(body), { headers, status }));
          pipe(body);
        },
        onShellError: reject,
        onError: (error) => {
          // A page that is not there is no bug; Remix shows its own error boundary for both.
          if (!isRouteErrorResponse(error)) report(error);
        },
      },
    );
    setTimeout(abort, abortAfterMs + 1_000).unref();
  });
}

/** What a loader or action threw. Remix would print it, a 404 too; the log has a place for bugs only. */
export const handleError = (
  error: unknown,
  { request, context }: LoaderFunctionArgs | ActionFunctionArgs,
): void => {
  if (!request.signal.aborted && !isRouteErrorResponse(error)) pageContext(context).report(error);
};
