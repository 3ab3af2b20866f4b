import * as z from 'zod';
import type { Store } from '../store/store.ts';
import { type WireKey, wireHeaders } from './wire-signature.ts';

/** The bridge's error body (bridge-api.md, last paragraph). */
const problemBody = z.looseObject({
  code: z.string(),
  owner_message: z.string().default(''),
  shopper_message: z.string().default(''),
});

export type BridgeProblem = z.output<typeof problemBody>;

export type BridgeResult<Answer> =
  | { readonly ok: true; readonly answer: Answer }
  | { readonly ok: false; readonly reason: 'unreachable' | 'timeout' | 'bad-answer' }
  | {
      readonly ok: false;
      readonly reason: 'problem';
      readonly status: number;
      readonly problem: BridgeProblem;
    };

export interface BridgeRequest<Answer> {
  readonly method: 'GET' | 'POST';
  /** From `/v1` on, with its query. */
  readonly path: string;
  readonly body?: unknown;
  readonly answer: z.ZodType<Answer>;
  /** Real milliseconds. */
  readonly timeout: number;
}

export type Sender = <Answer>(request: BridgeRequest<Answer>) => Promise<BridgeResult<Answer>>;

const failure = (error: unknown): { ok: false; reason: 'unreachable' | 'timeout' } => ({
  ok: false,
  reason: error instanceof DOMException && error.name === 'TimeoutError' ? 'timeout' : 'unreachable',
});

const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

const read = <Answer>(status: number, text: string, shape: z.ZodType<Answer>): BridgeResult<Answer> => {
  const parsed = parseJson(text);
  if (status >= 200 && status < 300) {
    const answer = shape.safeParse(parsed);
    return answer.success ? { ok: true, answer: answer.data } : { ok: false, reason: 'bad-answer' };
  }
  const problem = problemBody.safeParse(parsed);
  return problem.success
    ? { ok: false, reason: 'problem', status, problem: problem.data }
    : { ok: false, reason: 'bad-answer' };
};

const signed = (store: Store, key: WireKey, method: string, url: URL, body: Uint8Array) =>
  wireHeaders(key, {
    timestamp: String(Math.floor(store.clock.now() / 1000)),
    nonce: Buffer.from(store.random.bytes(16)).toString('base64url'),
    method,
    target: `${url.pathname}${url.search}`,
    body,
  });

/**
 * Sends requests to the bridge, no redirect followed. A failure is logged and returned, never thrown.
 * @param key undefined only for the pairing call, which is how a key is got
 */
export const createSender =
  (store: Store, baseUrl: string, key: WireKey | undefined): Sender =>
  async ({ method, path, body, answer, timeout }) => {
    const url = new URL(`${baseUrl.replace(/\/+$/, '')}${path}`);
    const bytes = Buffer.from(body === undefined ? '' : JSON.stringify(body));
    const headers = {
      Accept: 'application/json',
      ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
      ...(key === undefined ? {} : signed(store, key, method, url, bytes)),
    };
    const init = { method, headers, redirect: 'manual', signal: AbortSignal.timeout(timeout) } as const;
    const result = await fetch(url, body === undefined ? init : { ...init, body: bytes })
      .then(async (response) => read(response.status, await response.text(), answer))
      .catch(failure);
    if (!result.ok) {
      const code = result.reason === 'problem' ? result.problem.code : result.reason;
      store.log.write('bridge-call', code, `${method} ${url.pathname}`);
    }
    return result;
  };
