import type * as z from 'zod';

export type ReadForm<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly status: 400 | 413 | 415 };

/** Our longest form has two short fields. */
const bodyLimit = 4_096;

const formType = /^application\/x-www-form-urlencoded\s*(?:;|$)/i;

const bytesUpTo = async (
  body: ReadableStream<Uint8Array>,
  limit: number,
): Promise<Uint8Array | undefined> => {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of body) {
    size += part.length;
    if (size > limit) return undefined;
    parts.push(part);
  }
  return Buffer.concat(parts);
};

/** A field that is sent twice is malformed, as everywhere: two readers might each take another one. */
const fieldsOf = (bytes: Uint8Array): Record<string, string> | undefined => {
  const form = new URLSearchParams(new TextDecoder().decode(bytes));
  const names = [...form.keys()];
  return new Set(names).size === names.length ? Object.fromEntries(form) : undefined;
};

/** Reads a form that a page of ours has posted; 400 for one it cannot have posted. */
export const readForm = async <T>(request: Request, schema: z.ZodType<T>): Promise<ReadForm<T>> => {
  if (!formType.test(request.headers.get('content-type') ?? '')) return { ok: false, status: 415 };
  if (Number(request.headers.get('content-length') ?? 0) > bodyLimit) return { ok: false, status: 413 };
  try {
    const bytes = request.body === null ? new Uint8Array() : await bytesUpTo(request.body, bodyLimit);
    if (bytes === undefined) return { ok: false, status: 413 };
    const parsed = schema.safeParse(fieldsOf(bytes));
    return parsed.success ? { ok: true, value: parsed.data } : { ok: false, status: 400 };
  } catch {
    // The sender broke off.
    return { ok: false, status: 400 };
  }
};
