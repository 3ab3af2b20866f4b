import type { SeededRandom } from '../../kernel/random.ts';

const checksum = (bytes: Uint8Array): Uint8Array => {
  let register = 0;
  // CRC16/XMODEM, two zero bytes behind the message.
  for (const byte of [...bytes, 0, 0]) {
    for (let mask = 0x80; mask > 0; mask >>= 1) {
      const carry = (register & 0x8000) !== 0;
      register = ((register << 1) & 0xffff) | ((byte & mask) === 0 ? 0 : 1);
      if (carry) register ^= 0x1021;
    }
  }
  return Uint8Array.of(register >> 8, register & 0xff);
};

/** `EQ…` for contracts, `UQ…` for wallets; workchain 0, main network. */
const friendlyAddress = (hash: Uint8Array, kind: 'contract' | 'wallet'): string => {
  const body = Uint8Array.of(kind === 'contract' ? 0x11 : 0x51, 0, ...hash);
  return Buffer.from([...body, ...checksum(body)]).toString('base64url');
};

export const newAddress = (random: SeededRandom, kind: 'contract' | 'wallet'): string =>
  friendlyAddress(random.bytes(32), kind);

/** A friendly address of any kind with a right checksum, or a raw one. */
export const isTonAddress = (text: string): boolean => {
  if (/^(?:0|-1):[0-9a-fA-F]{64}$/.test(text)) return true;
  if (!/^[A-Za-z0-9+/_-]{48}$/.test(text)) return false;
  const bytes = Buffer.from(text, 'base64url');
  return bytes.subarray(34).equals(checksum(bytes.subarray(0, 34)));
};
