import type { Network } from '@gatewright/payment-core';

/** CRC16/XMODEM over the first 34 bytes of a friendly TON address, kept in its last two. */
const tonChecksumHolds = (bytes: Uint8Array): boolean => {
  let crc = 0;
  for (const byte of bytes.subarray(0, 34)) {
    crc ^= byte << 8;
    for (let bit = 0; bit < 8; bit += 1) crc = crc & 0x8000 ? (crc << 1) ^ 0x1021 : crc << 1;
    crc &= 0xffff;
  }
  return crc === ((bytes[34] ?? 0) << 8) + (bytes[35] ?? 0);
};

/** Bounceable or not, of the main network; the test network's letters (k, 0) are refused (invariant 13). */
const isTonAddress = (text: string): boolean =>
  /^[EU][Qf][A-Za-z0-9_-]{46}$/.test(text) && tonChecksumHolds(Buffer.from(text, 'base64url'));

const evm = /^0x[0-9a-fA-F]{40}$/;

/**
 * Whether a text has the form of an address on that network. Nothing else gets into a wallet link or a QR code
 * (invariant 12); whether somebody holds the keys is the gateway's business.
 */
export const isDepositAddress = (network: Network, text: string): boolean => {
  switch (network) {
    case 'bitcoin':
      return /^(?:bc1[02-9ac-hj-np-z]{11,87}|[13][1-9A-HJ-NP-Za-km-z]{25,34})$/.test(text);
    case 'litecoin':
      return /^(?:ltc1[02-9ac-hj-np-z]{11,87}|[3LM][1-9A-HJ-NP-Za-km-z]{25,34})$/.test(text);
    case 'ethereum':
    case 'bsc':
      return evm.test(text);
    case 'tron':
      return /^T[1-9A-HJ-NP-Za-km-z]{33}$/.test(text);
    case 'ton':
      return isTonAddress(text);
    case 'solana':
      return /^[1-9A-HJ-NP-Za-km-z]{32,44}$/.test(text);
    case 'offchain':
      return false;
    default: {
      const never: never = network;
      return never;
    }
  }
};
