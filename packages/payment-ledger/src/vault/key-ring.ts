/** Keys by id; the first one seals, all of them open. */
export interface KeyRing {
  readonly current: string;
  readonly keys: ReadonlyMap<string, Uint8Array>;
}

export type KeyRingResult =
  | { readonly ok: true; readonly ring: KeyRing }
  | { readonly ok: false; readonly reason: KeyRingFault; readonly message: string };

export type KeyRingFault = 'no-keys' | 'malformed-key' | 'wrong-key-length' | 'repeated-key-id';

const KEY_BYTES = 32;
const ENTRY = /^([A-Za-z0-9_-]{1,32}):([A-Za-z0-9+/_-]+={0,2})$/;

const advice =
  'Expected GATEWRIGHT_KEYS=id:base64,… with 32 random bytes per key; `gatewright keys new` makes one.';

const fault = (reason: KeyRingFault, what: string): KeyRingResult => ({
  ok: false,
  reason,
  message: `${what} ${advice}`,
});

/**
 * Reads the text of GATEWRIGHT_KEYS. There is no default: no key, no start (invariant 15). Messages name the
 * entry's place, never its text.
 */
export const parseKeyRing = (text: string | undefined): KeyRingResult => {
  const entries = (text ?? '').split(',').flatMap((entry) => (entry.trim() === '' ? [] : [entry.trim()]));
  const keys = new Map<string, Uint8Array>();
  for (const [i, entry] of entries.entries()) {
    const [, id, encoded] = ENTRY.exec(entry) ?? [];
    if (id === undefined || encoded === undefined)
      return fault('malformed-key', `Key ${i + 1} is not id:base64.`);
    if (keys.has(id)) return fault('repeated-key-id', `The key id ${id} stands there twice.`);
    const key = new Uint8Array(Buffer.from(encoded, 'base64'));
    if (key.length !== KEY_BYTES)
      return fault('wrong-key-length', `Key ${id} has ${key.length} bytes, not ${KEY_BYTES}.`);
    keys.set(id, key);
  }
  const [current] = keys.keys();
  return current === undefined ? fault('no-keys', 'No key is set.') : { ok: true, ring: { current, keys } };
};
