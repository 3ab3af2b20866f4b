import * as z from 'zod';
import type { Store } from '../store/store.ts';
import { type BridgeResult, createSender } from './bridge-transport.ts';

/** 128 bits, base64url without padding. */
const CODE = /^[\w-]{22}$/;
const TIMEOUT_MS = 10_000;

const pairingAnswer = z.looseObject({ key_id: z.string().min(1), secret: z.string().min(1) });
export type PairingAnswer = z.output<typeof pairingAnswer>;

export type PairingCode =
  | { readonly ok: true; readonly bridgeUrl: string; readonly code: string }
  | { readonly ok: false; readonly reason: 'not-a-pairing-code' };

/** The one string that the owner pastes: the bridge's URL with the code as its fragment (bridge-api.md, pairing). */
export const parsePairingCode = (text: string): PairingCode => {
  const url = URL.parse(text.trim());
  const code = url?.hash.slice(1) ?? '';
  if (url === null || !CODE.test(code)) return { ok: false, reason: 'not-a-pairing-code' };
  return { ok: true, bridgeUrl: `${url.origin}${url.pathname}`.replace(/\/+$/, ''), code };
};

/** `POST /v1/pairings`: unsigned, because it is what brings the key. */
export const requestPairing = (
  store: Store,
  bridgeUrl: string,
  code: string,
): Promise<BridgeResult<PairingAnswer>> =>
  createSender(
    store,
    bridgeUrl,
    undefined,
  )({
    method: 'POST',
    path: '/v1/pairings',
    body: {
      code,
      store_url: store.settings.homeUrl,
      versions: { ...store.settings.versions },
      capabilities: ['settle', 'hold', 'cancel', 'fail', 'note', 'status', 'refunds'],
    },
    answer: pairingAnswer,
    timeout: TIMEOUT_MS,
  });
