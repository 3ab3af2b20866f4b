/** One TON account: the workchain and the 32 bytes of its hash (lower-case hex). */
export interface TonAddress {
  readonly workchain: number;
  readonly hash: string;
  /** The spelling says that it is for the test network only. */
  readonly testnetOnly: boolean;
}

const RAW = /^(-1|0|[1-9]\d{0,9}):([0-9a-fA-F]{64})$/;
const FRIENDLY = /^(?:[A-Za-z0-9+/]{48}|[A-Za-z0-9_-]{48})$/;
const BOUNCEABLE = 0x11;
const NON_BOUNCEABLE = 0x51;
const TESTNET = 0x80;

/** CRC16/XMODEM: polynomial 0x1021, start 0. */
const crc16 = (bytes: Uint8Array): number => {
  let crc = 0;
  for (const byte of bytes) {
    crc ^= byte << 8;
    for (let bit = 0; bit < 8; bit += 1) crc = crc & 0x8000 ? (crc << 1) ^ 0x1021 : crc << 1;
    crc &= 0xffff;
  }
  return crc;
};

/**
 * Reads `EQ…`, `UQ…`, their test network forms, base64 or base64url, and raw `workchain:hex`.
 * Undefined for anything else, a wrong checksum included.
 */
export const parseTonAddress = (text: string): TonAddress | undefined => {
  const raw = RAW.exec(text);
  if (raw !== null) {
    const [, workchain = '', hash = ''] = raw;
    return { workchain: Number(workchain), hash: hash.toLowerCase(), testnetOnly: false };
  }
  if (!FRIENDLY.test(text)) return undefined;
  const bytes = Buffer.from(text, 'base64url');
  if (crc16(bytes.subarray(0, 34)) !== bytes.readUInt16BE(34)) return undefined;
  const tag = bytes.readUInt8(0);
  const kind = tag & ~TESTNET;
  if (kind !== BOUNCEABLE && kind !== NON_BOUNCEABLE) return undefined;
  return {
    workchain: bytes.readInt8(1),
    hash: bytes.subarray(2, 34).toString('hex'),
    testnetOnly: (tag & TESTNET) !== 0,
  };
};

/** The one spelling that stands for an account in keys and comparisons: raw, lower case. */
export const canonicalTonAddress = (text: string): string | undefined => {
  const address = parseTonAddress(text);
  return address && `${address.workchain}:${address.hash}`;
};

/** NFT-8: many spellings are one account, so texts are never compared. A text that is no address equals only itself. */
export const sameTonAccount = (a: string, b: string): boolean =>
  (canonicalTonAddress(a) ?? a) === (canonicalTonAddress(b) ?? b);
