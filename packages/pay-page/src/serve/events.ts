import { streamsTaken } from './answers.ts';
import { openEventStream } from './event-stream.ts';
import { pageIdOf } from './page-view.ts';
import type { PayPagesParts } from './parts.ts';
import type { StatusHub } from './status-hub.ts';
import type { StreamSlots } from './stream-slots.ts';
import { languageOf, notFound, type Visit, viewOf } from './visit.ts';

const streamHeaders = {
  'content-type': 'text/event-stream; charset=utf-8',
  'cache-control': 'no-store',
  // nginx would keep the events until its buffer is full.
  'x-accel-buffering': 'no',
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
};

/** `GET {page}/events`: server-sent events until nothing more can come (WHATWG HTML 9.2). */
export const events = async (
  parts: PayPagesParts,
  hub: StatusHub,
  slots: StreamSlots,
  visit: Visit,
): Promise<Response> => {
  const release = slots.take(visit.client);
  if (release === undefined) return streamsTaken();
  let opened = false;
  try {
    // Our own pages name their language, so theirs is not looked up.
    const view = visit.url.searchParams.has('lang') ? undefined : await viewOf(parts, visit);
    const { tag } = languageOf(visit, view);
    const body = await openEventStream(hub, pageIdOf(visit.id), tag, release);
    opened = body !== undefined;
    if (body !== undefined) return new Response(body, { headers: streamHeaders });
    // A process that ends has no streams; another one may.
    return hub.isClosed ? streamsTaken() : notFound(parts, visit);
  } finally {
    if (!opened) release();
  }
};
