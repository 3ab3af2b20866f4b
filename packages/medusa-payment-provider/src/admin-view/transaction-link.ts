import type { Network } from '@gatewright/payment-core';

/** Hashes of every chain named here; a gateway's own payment id is none. */
const hexHash = /^(?:0x)?[0-9a-f]{64}$/i;
const base58Signature = /^[1-9A-HJ-NP-Za-km-z]{64,90}$/;

const pageOf = (network: Network): string | null => {
  switch (network) {
    case 'bitcoin':
      return 'https://mempool.space/tx/';
    case 'litecoin':
      return 'https://litecoinspace.org/tx/';
    case 'ethereum':
      return 'https://etherscan.io/tx/';
    case 'tron':
      return 'https://tronscan.org/#/transaction/';
    case 'bsc':
      return 'https://bscscan.com/tx/';
    case 'ton':
      return 'https://tonviewer.com/transaction/';
    case 'solana':
      return 'https://solscan.io/tx/';
    case 'offchain':
      return null;
    default: {
      const never: never = network;
      return never;
    }
  }
};

/** A block explorer's page of a transaction. Built here from a checked hash, never taken from a gateway. */
export const transactionLink = (network: Network | undefined, transaction: string | null): string | null => {
  if (network === undefined || transaction === null) return null;
  const known = network === 'solana' ? base58Signature.test(transaction) : hexHash.test(transaction);
  const page = known ? pageOf(network) : null;
  return page === null ? null : `${page}${transaction}`;
};
