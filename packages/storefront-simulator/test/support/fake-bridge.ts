import { createHash, createHmac } from 'node:crypto';
import { onTestFinished } from 'vitest';
import type { BridgeKey } from './plugin-request.ts';
import { type Received, startReceiver } from './receiver.ts';

export const BRIDGE_KEY: BridgeKey = { keyId: 'gwk_1', secret: 'a-secret-of-the-test' };

type Answer = { status: number; body: unknown } | 'hang';
/** A function runs when the request arrives: what happens in the shop meanwhile. */
type Scripted = Answer | (() => Answer);

export interface FakeBridge {
  readonly url: string;
  readonly requests: Received[];
  /** Answers by `METHOD path`, the query left out; anything else is a 404 problem. */
  readonly answers: Map<string, Scripted>;
}

/** The bridge's check of a signature, written apart from the code under test. */
export const isSignedBy = ({ secret }: BridgeKey, { method, url, headers, body }: Received): boolean => {
  const digest = createHash('sha256').update(body).digest('hex');
  const text = ['v1', headers['gatewright-timestamp'], headers['gatewright-nonce'], method, url, digest].join(
    '\n',
  );
  return headers['gatewright-signature'] === `v1=${createHmac('sha256', secret).update(text).digest('hex')}`;
};

const problem = (status: number, code: string): { status: number; body: unknown } => ({
  status,
  body: { code, owner_message: `owner: ${code}`, shopper_message: `shopper: ${code}` },
});

/** A bridge that answers what the test says, and 401 to what is not signed by its key. */
export const startFakeBridge = async (key = BRIDGE_KEY): Promise<FakeBridge> => {
  const receiver = await startReceiver();
  onTestFinished(() => receiver.close());
  const answers = new Map<string, Scripted>();
  receiver.answer = (request) => {
    const path = request.url.split('?')[0] ?? '';
    const known = request.headers['gatewright-key'] === key.keyId && isSignedBy(key, request);
    const scripted =
      known || path === '/v1/pairings'
        ? (answers.get(`${request.method} ${path}`) ?? problem(404, 'not_found'))
        : problem(401, 'unauthorized');
    const answer = typeof scripted === 'function' ? scripted() : scripted;
    if (answer === 'hang') return 'hang';
    return {
      status: answer.status,
      headers: { 'Content-Type': answer.status < 300 ? 'application/json' : 'application/problem+json' },
      body: JSON.stringify(answer.body),
    };
  };
  return { url: receiver.url, requests: receiver.received, answers };
};

export const refusal = problem;
