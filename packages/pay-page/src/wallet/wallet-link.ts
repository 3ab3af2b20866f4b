import { type Decimal, decimalsOf, type Money, significantScale, withScale } from '@gatewright/payment-core';
import { isDepositAddress } from './deposit-address.ts';

/** Contracts of the tokens that gateways name, by "network:code". A token that is not here gets no link. */
const tokens: ReadonlyMap<string, string> = new Map([
  ['ethereum:USDT', '0xdAC17F958D2ee523a2206206994597C13D831ec7'],
  ['ethereum:USDC', '0xA0b86991c6218b36c1d19D4a2e9Eb0cE3606eB48'],
  ['bsc:USDT', '0x55d398326f99059fF775485246999027B3197955'],
  ['bsc:USDC', '0x8AC76a51cc950d9822D68b83fE1Ad97B32Cd580d'],
  ['ton:USDT', 'EQCxE6mUtQJKFnGfaROTKOt1lZbDiiX1kCixRv7Nw2Id_sDs'],
]);

/** The smallest units of an asset as an integer's digits; undefined where the amount is finer than they are. */
export const baseUnits = (amount: Decimal, decimals: number): string | undefined => {
  const scaled = withScale(amount, decimals);
  return scaled?.replace('.', '').replace(/^0+(?=\d)/, '');
};

const unitsOf = ({ amount, currency, network }: Money): string | undefined => {
  const decimals = decimalsOf(currency, network);
  return decimals === undefined ? undefined : baseUnits(amount, decimals);
};

/** BIP-21: the amount is a decimal of whole coins. Litecoin's wallets read the same under their own name. */
const coinUri = (scheme: string, address: string, { amount }: Money): string | undefined =>
  significantScale(amount) > 8 ? undefined : `${scheme}:${address}?amount=${amount}`;

/** EIP-681: chain and integer units; a token is a call of its contract. */
const evmUri = (chain: number, native: string, address: string, money: Money): string | undefined => {
  const units = unitsOf(money);
  if (units === undefined) return undefined;
  if (money.currency === native) return `ethereum:${address}@${chain}?value=${units}`;
  const contract = tokens.get(`${money.network}:${money.currency}`);
  return contract && `ethereum:${contract}@${chain}/transfer?address=${address}&uint256=${units}`;
};

/** GRAM is TON's new name (NFT-10): the native coin under either. */
const tonUri = (address: string, money: Money): string | undefined => {
  const units = unitsOf(money);
  if (units === undefined) return undefined;
  if (money.currency === 'TON' || money.currency === 'GRAM')
    return `ton://transfer/${address}?amount=${units}`;
  const master = tokens.get(`${money.network}:${money.currency}`);
  return master && `ton://transfer/${address}?jetton=${master}&amount=${units}`;
};

/**
 * A link that opens a wallet with address and exact amount filled in, where the network has a standard for it
 * (BIP-21, EIP-681, ton://); undefined elsewhere, and for an address that is none.
 */
export const walletLink = (address: string, money: Money): string | undefined => {
  const { network } = money;
  if (network === undefined || !isDepositAddress(network, address)) return undefined;
  switch (network) {
    case 'bitcoin':
      return money.currency === 'BTC' ? coinUri('bitcoin', address, money) : undefined;
    case 'litecoin':
      return money.currency === 'LTC' ? coinUri('litecoin', address, money) : undefined;
    case 'ethereum':
      return evmUri(1, 'ETH', address, money);
    case 'bsc':
      return evmUri(56, 'BNB', address, money);
    case 'ton':
      return tonUri(address, money);
    case 'tron':
    case 'solana':
    case 'offchain':
      return undefined;
    default: {
      const never: never = network;
      return never;
    }
  }
};

/**
 * What the QR code says. The link where every wallet of that network reads it; else the bare address: wallets that do
 * not know EIP-681 take the first address in it for the recipient, and that is the token's contract.
 */
export const qrText = (
  address: string,
  money: Money,
): { readonly text: string; readonly withAmount: boolean } => {
  const link = walletLink(address, money);
  const isCoin = !tokens.has(`${money.network}:${money.currency}`);
  return link !== undefined && isCoin
    ? { text: link, withAmount: true }
    : { text: address, withAmount: false };
};
