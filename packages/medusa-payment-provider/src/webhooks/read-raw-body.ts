import type { IncomingMessage } from 'node:http';

/** A request whose body a parser of Medusa may have read and kept. */
export interface RawBodyRequest extends IncomingMessage {
  rawBody?: unknown;
}

/**
 * The body's own bytes, which a signature covers: what Medusa kept of them (`preserveRawBody`), else the unread stream.
 * Reads one byte more than `limit` at most; the rest stays unread. Undefined: the bytes are gone, or never came.
 */
export const readRawBody = async (
  request: RawBodyRequest,
  limit: number,
): Promise<Uint8Array | undefined> => {
  if (request.rawBody instanceof Uint8Array) return request.rawBody;
  // A parser read them and kept nothing; without a body there was nothing to read.
  if (request.readableDidRead) return request.readableEnded ? new Uint8Array() : undefined;
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    // Destroying the request would end the connection before its answer is sent.
    for await (const chunk of request.iterator({ destroyOnReturn: false })) {
      const bytes = Buffer.from(chunk);
      chunks.push(bytes);
      size += bytes.length;
      if (size > limit) break;
    }
  } catch {
    return undefined;
  }
  return Buffer.concat(chunks).subarray(0, limit + 1);
};
