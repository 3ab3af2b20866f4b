import type { PageId } from '@gatewright/payment-core';
import { retryChunk } from './status-frame.ts';
import type { Listener, StatusHub } from './status-hub.ts';

/** Chunks a slow reader may be behind; more, and its stream ends: its browser asks again and starts afresh. */
const chunksBehind = 16;

/**
 * A page's news as server-sent events: the state at once, then every change, until nothing more can come or the reader
 * leaves.
 * @param onEnd runs once, whoever ended it
 * @returns undefined where there is no such page; `onEnd` has run then
 */
export const openEventStream = async (
  hub: StatusHub,
  page: PageId,
  language: string,
  onEnd: () => void,
): Promise<ReadableStream<Uint8Array> | undefined> => {
  let controller: ReadableStreamDefaultController<Uint8Array> | undefined;
  let stopWatch: (() => void) | undefined;
  let ended = false;
  const finish = (): void => {
    if (ended) return;
    ended = true;
    stopWatch?.();
    onEnd();
  };
  const listener: Listener = {
    send(chunk) {
      if (ended || !controller) return;
      if ((controller.desiredSize ?? 0) > 0) controller.enqueue(chunk);
      else listener.end();
    },
    end() {
      if (ended) return;
      finish();
      controller?.close();
    },
  };
  const watch = await hub.watch(page, language, listener).catch((error: unknown) => {
    finish();
    throw error;
  });
  if (watch === undefined) {
    finish();
    return undefined;
  }
  stopWatch = watch.stop;
  return new ReadableStream<Uint8Array>(
    {
      start(opened) {
        controller = opened;
        listener.send(retryChunk);
        listener.send(watch.first.chunk);
        if (watch.first.final) listener.end();
      },
      cancel: finish,
    },
    new CountQueuingStrategy({ highWaterMark: chunksBehind }),
  );
};
