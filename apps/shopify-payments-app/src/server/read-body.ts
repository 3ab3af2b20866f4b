export type Body =
  | { readonly ok: true; readonly bytes: Uint8Array }
  | { readonly ok: false; readonly status: 400 | 413 };

const tooLarge: Body = { ok: false, status: 413 };

/** Reads a request's bytes, at most `limit` of them; 413 past that, 400 where the sender broke off. */
export const readBody = async (request: Request, limit: number): Promise<Body> => {
  if (Number(request.headers.get('content-length') ?? 0) > limit) return tooLarge;
  if (request.body === null) return { ok: true, bytes: new Uint8Array() };
  const parts: Uint8Array[] = [];
  let size = 0;
  try {
    for await (const part of request.body) {
      size += part.length;
      if (size > limit) return tooLarge;
      parts.push(part);
    }
  } catch {
    return { ok: false, status: 400 };
  }
  return { ok: true, bytes: Buffer.concat(parts) };
};
