import type { StatusEvent } from '../page/page-input.ts';

/** An update as it goes over the wire, made once for everybody who reads the page in one language. */
export interface StatusFrame {
  readonly chunk: Uint8Array;
  readonly final: boolean;
  /** When the page says something else although nothing has happened (ms): an invoice's expiry. */
  readonly changesAt: number | null;
}

const encoder = new TextEncoder();

/** JSON has no bare line break, so one `data` line holds it (server-sent events, WHATWG HTML 9.2). */
export const statusFrame = (update: StatusEvent, changesAt: number | null): StatusFrame => {
  const chunk = encoder.encode(`event: status\ndata: ${JSON.stringify(update)}\n\n`);
  return { chunk, final: update.final, changesAt };
};

/** A browser whose stream was cut asks again after this many milliseconds. */
export const retryChunk = encoder.encode('retry: 3000\n\n');
/** Keeps proxies from ending a silent stream, and shows us clients that have gone. */
export const heartbeatChunk = encoder.encode(':\n\n');
