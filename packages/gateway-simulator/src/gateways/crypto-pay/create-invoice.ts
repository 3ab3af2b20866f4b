import { significantScale } from '@gatewright/payment-core';
import * as z from 'zod';
import { ALPHANUMERIC, type SeededRandom } from '../../kernel/random.ts';
import { assetsOf, findAsset, findFiat, SWAP_TARGETS } from './currencies.ts';
import { amount, currencyType, flag, list, longest, text } from './parameter-schemas.ts';
import { failure, type MethodResult } from './parameters.ts';
import type { App, Invoice, Network } from './state.ts';

const LONGEST_EXPIRY_SECONDS = 2_678_400;
const LONGEST_PAYLOAD_BYTES = 4096;
const BUTTONS: readonly string[] = ['viewItem', 'openChannel', 'openBot', 'callback'];

const isHttpUrl = (url: string): boolean => URL.canParse(url) && /^https?:$/.test(new URL(url).protocol);

/** Messages are the gateway's error names; see `checkParameters` for which of them are documented. */
export const createInvoiceSchema = (testnet: boolean) =>
  z
    .object({
      currency_type: currencyType,
      asset: text,
      fiat: text,
      accepted_assets: list,
      amount,
      swap_to: text,
      description: longest(1024, 'DESCRIPTION_TOO_LONG'),
      hidden_message: longest(2048, 'HIDDEN_MESSAGE_TOO_LONG'),
      paid_btn_name: text,
      paid_btn_url: text,
      payload: text,
      allow_comments: flag('ALLOW_COMMENTS_INVALID'),
      allow_anonymous: flag('ALLOW_ANONYMOUS_INVALID'),
      expires_in: text,
    })
    .superRefine((given, context) => {
      const refuse = (message: string): void => context.addIssue({ code: 'custom', message });
      const isAsset = (code: string): boolean => findAsset(code, testnet) !== undefined;
      if (given.currency_type === 'crypto') {
        const asset = findAsset(given.asset ?? '', testnet);
        if (asset === undefined) refuse('ASSET_INVALID');
        else if (significantScale(given.amount) > asset.decimals) refuse('AMOUNT_INVALID');
        if (given.accepted_assets !== undefined) refuse('ACCEPTED_ASSETS_INVALID');
      } else {
        if (findFiat(given.fiat ?? '') === undefined) refuse('FIAT_INVALID');
        if (given.accepted_assets?.every(isAsset) === false) refuse('ACCEPTED_ASSETS_INVALID');
      }
      if (given.swap_to !== undefined && !SWAP_TARGETS.includes(given.swap_to)) refuse('SWAP_TO_INVALID');
      if (given.paid_btn_name !== undefined && !BUTTONS.includes(given.paid_btn_name))
        refuse('PAID_BTN_NAME_INVALID');
      if (given.paid_btn_name !== undefined && !isHttpUrl(given.paid_btn_url ?? ''))
        refuse('PAID_BTN_URL_INVALID');
      if (Buffer.byteLength(given.payload ?? '') > LONGEST_PAYLOAD_BYTES) refuse('PAYLOAD_TOO_LONG');
      if (given.expires_in !== undefined && !/^[1-9]\d{0,14}$/.test(given.expires_in))
        refuse('EXPIRES_IN_INVALID');
    });

export type CreateInvoiceParameters = z.output<ReturnType<typeof createInvoiceSchema>>;

const acceptedAssets = (given: CreateInvoiceParameters, testnet: boolean): readonly string[] =>
  given.currency_type === 'fiat' ? (given.accepted_assets ?? assetsOf(testnet).map(({ code }) => code)) : [];

/** CP-8: an expiry above 31 days is answered with an error, and yet the invoice exists, without expiry. */
export const createInvoice = (
  { network, app, random, now }: { network: Network; app: App; random: SeededRandom; now: number },
  given: CreateInvoiceParameters,
): MethodResult<Invoice> => {
  const expiresIn = given.expires_in === undefined ? undefined : Number(given.expires_in);
  const tooLong = expiresIn !== undefined && expiresIn > LONGEST_EXPIRY_SECONDS;
  const invoice: Invoice = {
    id: String(network.nextInvoiceId++),
    hash: `IV${random.text(10, ALPHANUMERIC)}`,
    currencyType: given.currency_type,
    currency: (given.currency_type === 'crypto' ? given.asset : given.fiat) ?? '',
    acceptedAssets: acceptedAssets(given, network.testnet),
    amount: given.amount,
    swapTo: given.swap_to,
    description: given.description,
    hiddenMessage: given.hidden_message,
    paidButton:
      given.paid_btn_name === undefined
        ? undefined
        : { name: given.paid_btn_name, url: given.paid_btn_url ?? '' },
    payload: given.payload,
    allowComments: given.allow_comments ?? true,
    allowAnonymous: given.allow_anonymous ?? true,
    createdAt: now,
    expiresAt: expiresIn === undefined || tooLong ? undefined : now + expiresIn * 1000,
    payment: undefined,
  };
  app.invoices.set(invoice.id, invoice);
  return tooLong ? failure('EXPIRES_IN_INVALID') : { ok: true, result: invoice };
};
