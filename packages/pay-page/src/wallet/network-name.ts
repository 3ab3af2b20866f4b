import type { Money, Network } from '@gatewright/payment-core';

/** Names are the same in every language, as wallets show them. `null`: on no chain, so nothing can be sent there. */
const networkName = (network: Network, currency: string): string | null => {
  switch (network) {
    case 'bitcoin':
      return 'Bitcoin';
    case 'litecoin':
      return 'Litecoin';
    case 'ethereum':
      return currency === 'ETH' ? 'Ethereum' : 'Ethereum (ERC-20)';
    case 'tron':
      return currency === 'TRX' ? 'Tron' : 'Tron (TRC-20)';
    case 'bsc':
      return currency === 'BNB' ? 'BNB Smart Chain' : 'BNB Smart Chain (BEP-20)';
    case 'ton':
      return 'TON';
    case 'solana':
      return 'Solana';
    case 'offchain':
      return null;
    default: {
      const never: never = network;
      return never;
    }
  }
};

export interface MethodName {
  readonly asset: string;
  readonly network: string;
}

/** What CryptoPayment.center calls its networks (gateways.md 6.1), in a shopper's words. */
const methods: ReadonlyMap<string, MethodName> = new Map([
  ['btc', { asset: 'Bitcoin', network: 'BTC' }],
  ['ltc', { asset: 'Litecoin', network: 'LTC' }],
  ['eth', { asset: 'Ether', network: 'ETH' }],
  ['trc20', { asset: 'USDT', network: 'Tron (TRC-20)' }],
  ['bep20', { asset: 'USDT', network: 'BNB Smart Chain (BEP-20)' }],
]);

/** A method that this version does not know is shown as the gateway writes it. */
export const methodName = (method: string): MethodName =>
  methods.get(method) ?? { asset: method, network: '' };

export const networkOf = ({ network, currency }: Money): string | null =>
  network === undefined ? null : networkName(network, currency);
