import { type KeyRing, parseKeyRing } from '@gatewright/payment-ledger';
import { fault, type Reading } from './reading.ts';

/** GATEWRIGHT_KEYS: the ring that opens what the ledger holds sealed; it has no default (invariant 15). */
export const readKeys = (text: string | undefined): Reading<KeyRing> => {
  const parsed = parseKeyRing(text);
  if (parsed.ok) return { ok: true, value: parsed.ring };
  const remedy =
    'Make a key with `gatewright keys new` (or `echo "k1:$(openssl rand -base64 32)"`), set GATEWRIGHT_KEYS to it and keep a copy: without it the ledger\'s secrets cannot be opened.';
  return fault(`keys-${parsed.reason}`, `GATEWRIGHT_KEYS: ${parsed.message}`, remedy);
};
