import { type Money, moneySchema, type Network, parseDecimal } from '@gatewright/payment-core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isDepositAddress } from './deposit-address.ts';
import { baseUnits, qrText, walletLink } from './wallet-link.ts';

const money = (amount: string, currency: string, network?: Network): Money =>
  moneySchema.parse({ amount, currency, ...(network === undefined ? {} : { network }) });

const bitcoin = 'bc1qar0srrr7xfkvy5l643lydnw9re59gtzzwf5mdq';
const ether = '0x52908400098527886E0F7030069857D2E4169EE7';
const tron = 'TXJgMdjVX5dKiQaUi9QobwNxtSQaFqccvd';
const ton = 'EQCxE6mUtQJKFnGfaROTKOt1lZbDiiX1kCixRv7Nw2Id_sDs';

describe('wallet links', () => {
  it.each([
    ['BIP-21', bitcoin, money('0.00052317', 'BTC', 'bitcoin'), `bitcoin:${bitcoin}?amount=0.00052317`],
    [
      'BIP-21 with a legacy address and trailing zeros',
      '1BvBMSEYstWetqTFn5Au4m4GFg7xJaNVN2',
      money('20.30000000', 'BTC', 'bitcoin'),
      'bitcoin:1BvBMSEYstWetqTFn5Au4m4GFg7xJaNVN2?amount=20.30000000',
    ],
    [
      'Litecoin',
      'LQTpS3VaYTjCr4s9Y1t5zbeY26zevf7Fb3',
      money('1.5', 'LTC', 'litecoin'),
      'litecoin:LQTpS3VaYTjCr4s9Y1t5zbeY26zevf7Fb3?amount=1.5',
    ],
    [
      'EIP-681, the native coin in wei',
      ether,
      money('0.015823471283746512', 'ETH', 'ethereum'),
      `ethereum:${ether}@1?value=15823471283746512`,
    ],
    [
      'EIP-681, a token with 6 decimals on Ethereum',
      ether,
      money('54.12', 'USDT', 'ethereum'),
      `ethereum:0xdAC17F958D2ee523a2206206994597C13D831ec7@1/transfer?address=${ether}&uint256=54120000`,
    ],
    [
      'EIP-681, the same token with 18 decimals on BNB Smart Chain',
      ether,
      money('54.12', 'USDT', 'bsc'),
      `ethereum:0x55d398326f99059fF775485246999027B3197955@56/transfer?address=${ether}&uint256=54120000000000000000`,
    ],
    ['ton://, in nanotons', ton, money('1.7965', 'TON', 'ton'), `ton://transfer/${ton}?amount=1796500000`],
    [
      'ton:// of a jetton',
      ton,
      money('54.12', 'USDT', 'ton'),
      `ton://transfer/${ton}?jetton=EQCxE6mUtQJKFnGfaROTKOt1lZbDiiX1kCixRv7Nw2Id_sDs&amount=54120000`,
    ],
  ])('%s', (_standard, address, amount, link) => {
    expect(walletLink(address, amount)).toBe(link);
  });

  it.each([
    ['Tron has no standard', tron, money('5', 'USDT', 'tron')],
    ['a network that is not known', bitcoin, money('5', 'BTC')],
    ['an asset that does not live there', bitcoin, money('5', 'USDT', 'bitcoin')],
    ['a token whose contract is not known', ether, money('5', 'DOGS', 'bsc')],
    ['an address of another network', ether, money('5', 'BTC', 'bitcoin')],
    ['no address', '', money('5', 'ETH', 'ethereum')],
    ['an address with a parameter of its own', `${bitcoin}?amount=9`, money('5', 'BTC', 'bitcoin')],
    ['an address with a line break', `${ether}\n`, money('5', 'ETH', 'ethereum')],
    ['a TON address with a wrong letter', ton.replace('QJ', 'QK'), money('5', 'TON', 'ton')],
    [
      'a TON address of the test network',
      'kQCxE6mUtQJKFnGfaROTKOt1lZbDiiX1kCixRv7Nw2Id_nhm',
      money('5', 'TON', 'ton'),
    ],
  ])('none for %s', (_what, address, amount) => {
    expect(walletLink(address, amount)).toBeUndefined();
  });

  it('none for an amount finer than the coin', () => {
    // Such money cannot be made by the schema of an unknown network alone, so the digits are put in by hand.
    const fine = {
      ...money('1', 'BTC', 'bitcoin'),
      amount: parseDecimal('0.000000001') ?? money('1', 'BTC').amount,
    };
    expect(walletLink(bitcoin, fine)).toBeUndefined();
  });
});

describe('base units', () => {
  it('for any amount: the point moves, every digit stays', () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: 0n, max: 10n ** 60n }),
        fc.integer({ min: 0, max: 18 }),
        (units, decimals) => {
          const digits = units.toString().padStart(decimals + 1, '0');
          const point = digits.length - decimals;
          const text = decimals === 0 ? digits : `${digits.slice(0, point)}.${digits.slice(point)}`;
          const amount = parseDecimal(text.replace(/^0+(?=\d)/, ''));
          expect(amount && baseUnits(amount, decimals)).toBe(units.toString());
        },
      ),
    );
  });
});

describe('the QR code of a deposit', () => {
  it('holds the amount where every wallet of the network reads it', () => {
    expect(qrText(bitcoin, money('1', 'BTC', 'bitcoin'))).toEqual({
      text: `bitcoin:${bitcoin}?amount=1`,
      withAmount: true,
    });
  });

  it.each([
    ['a token, whose contract a wallet could take for the recipient', ether, money('54.12', 'USDT', 'bsc')],
    ['a network without a link', tron, money('54.12', 'USDT', 'tron')],
  ])('is the bare address for %s', (_what, address, amount) => {
    expect(qrText(address, amount)).toEqual({ text: address, withAmount: false });
  });
});

describe('deposit addresses', () => {
  it('nothing off chain has one', () => {
    expect(isDepositAddress('offchain', bitcoin)).toBe(false);
  });

  it('for any text: what passes holds nothing that could end a link or start a parameter', () => {
    const networks: readonly Network[] = ['bitcoin', 'litecoin', 'ethereum', 'tron', 'bsc', 'ton', 'solana'];
    fc.assert(
      fc.property(
        fc.constantFrom(...networks),
        fc.constantFrom(bitcoin, ether, tron, ton),
        fc.string(),
        fc.nat(50),
        (network, address, noise, at) => {
          const text = address.slice(0, at) + noise + address.slice(at);
          if (isDepositAddress(network, text)) expect(text).toMatch(/^[A-Za-z0-9_-]+$/);
        },
      ),
    );
  });
});
