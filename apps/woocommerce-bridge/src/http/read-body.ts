import type { IncomingMessage } from 'node:http';

type ReadBody =
  | { readonly ok: true; readonly bytes: Uint8Array }
  /** `gone`: whoever sent it went away, so there is nobody to answer. */
  | { readonly ok: false; readonly reason: 'too-large' | 'gone' };

/** A body of at most `limit` bytes. What is longer is known by its first bytes, or by what it says of itself. */
export const readBody = (request: IncomingMessage, limit: number): Promise<ReadBody> =>
  new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let length = 0;
    const end = (body: ReadBody): void => {
      request.removeAllListeners('data');
      resolve(body);
    };
    if (Number(request.headers['content-length'] ?? 0) > limit) {
      end({ ok: false, reason: 'too-large' });
      return;
    }
    request.on('data', (chunk: Buffer) => {
      length += chunk.length;
      chunks.push(chunk);
      if (length > limit) end({ ok: false, reason: 'too-large' });
    });
    request.once('end', () => {
      const [first, second] = chunks;
      end({ ok: true, bytes: first !== undefined && second === undefined ? first : Buffer.concat(chunks) });
    });
    request.once('error', () => end({ ok: false, reason: 'gone' }));
    request.once('close', () => end({ ok: false, reason: 'gone' }));
  });
