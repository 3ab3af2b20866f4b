import { cryptoPay } from './crypto-pay.ts';
import { cryptoPaymentCenter } from './cryptopayment-center.ts';
import { gatenoc } from './gatenoc.ts';
import type { Subject } from './subject.ts';
import { teleportPay } from './teleport-pay.ts';
import { tonNft } from './ton-nft.ts';
import { xRocketPay } from './xrocket-pay.ts';

/** One line per gateway; a registered gateway without one fails the run. */
export const subjects: readonly [Subject, ...Subject[]] = [
  cryptoPay,
  cryptoPaymentCenter,
  gatenoc,
  teleportPay,
  tonNft,
  xRocketPay,
];
