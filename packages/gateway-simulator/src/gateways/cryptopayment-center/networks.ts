import { type Decimal, withScale } from '@gatewright/payment-core';
import { divided, exact } from '../../kernel/exact.ts';
import { BASE58, HEX, type SeededRandom } from '../../kernel/random.ts';

export interface Network {
  readonly id: string;
  readonly label: string;
  readonly coin: string;
  /** Name in balances and withdrawals. */
  readonly balance: string;
  readonly decimals: number;
  readonly usd: string;
  /** 19 for TRC20 is documented, the others are ours. */
  readonly confirmations: number;
  readonly withdrawal: { readonly least: string; readonly fee: string };
  readonly address: (random: SeededRandom) => string;
}

const BECH32 = 'qpzry9x8gf2tvdw0s3jn54khce6mua7l';
const hexAddress = (random: SeededRandom): string => `0x${random.text(40, HEX)}`;

/** Addresses have the right shape and no valid checksum where the form has one, so that nothing can be sent there. */
const NETWORKS: readonly Network[] = [
  {
    id: 'btc',
    label: 'Bitcoin (BTC)',
    coin: 'BTC',
    balance: 'BTC',
    decimals: 8,
    usd: '96250',
    confirmations: 2,
    withdrawal: { least: '0.0005', fee: '0.00005' },
    address: (random) => `bc1q${random.text(38, BECH32)}`,
  },
  {
    id: 'ltc',
    label: 'Litecoin (LTC)',
    coin: 'LTC',
    balance: 'LTC',
    decimals: 8,
    usd: '101.5',
    confirmations: 6,
    withdrawal: { least: '0.01', fee: '0.001' },
    address: (random) => `ltc1q${random.text(38, BECH32)}`,
  },
  {
    id: 'eth',
    label: 'Ethereum (ETH)',
    coin: 'ETH',
    balance: 'ETH',
    decimals: 18,
    usd: '3340',
    confirmations: 12,
    withdrawal: { least: '0.005', fee: '0.001' },
    address: hexAddress,
  },
  {
    id: 'trc20',
    label: 'USDT (TRC20)',
    coin: 'USDT',
    balance: 'USDT-TRC20',
    decimals: 2,
    usd: '1',
    confirmations: 19,
    withdrawal: { least: '5', fee: '1' },
    address: (random) => `T${random.text(33, BASE58)}`,
  },
  {
    id: 'bep20',
    label: 'USDT (BEP20)',
    coin: 'USDT',
    balance: 'USDT-BEP20',
    decimals: 2,
    usd: '1',
    confirmations: 15,
    withdrawal: { least: '5', fee: '0.5' },
    address: hexAddress,
  },
];

export const networkIds: readonly string[] = NETWORKS.map(({ id }) => id);
export const findNetwork = (id: string): Network | undefined => NETWORKS.find((network) => network.id === id);
export const findBalance = (name: string): Network | undefined =>
  NETWORKS.find(({ balance }) => balance === name);

/** What an invoice over `usd` comes to, rounded up to the network's digits and written with two at least. */
export const cryptoAmount = (usd: Decimal, network: Network): Decimal => {
  const amount = divided(usd, exact(network.usd), network.decimals, 'up');
  return withScale(amount, 2) ?? amount;
};
