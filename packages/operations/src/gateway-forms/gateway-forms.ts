/** How a field is written in a form and read out of it. `list`: words with commas or spaces between them. */
export type FieldKind = 'text' | 'secret' | 'list' | 'switch';

/** One key of a gateway's configuration, for a form. Names are those of the gateway's own schema in the core. */
export interface GatewayField {
  readonly name: string;
  readonly label: string;
  readonly kind: FieldKind;
  readonly required: boolean;
  /** Where the owner finds it, or what happens without it. */
  readonly help: string;
}

export interface GatewayForm {
  readonly gateway: string;
  /** Whether the owner has to enter our webhook address at the gateway; else it travels with each invoice. */
  readonly webhookByHand: boolean;
  readonly fields: readonly GatewayField[];
}

const secret = (name: string, label: string, help = ''): GatewayField => ({
  name,
  label,
  kind: 'secret',
  required: true,
  help,
});

const optional = (
  name: string,
  label: string,
  kind: Exclude<FieldKind, 'secret'>,
  help: string,
): GatewayField => ({ name, label, kind, required: false, help });

/** Simulators are on this machine, so only a sandbox asks for an address that a gateway has by default. */
const baseUrl = optional(
  'baseUrl',
  'Address of the API',
  'text',
  "For a simulator; without it, the gateway's own.",
);

const forms: readonly GatewayForm[] = [
  {
    gateway: 'crypto-pay',
    webhookByHand: true,
    fields: [
      secret('token', 'API token', 'In @CryptoBot: Crypto Pay, My Apps, the app, API token.'),
      optional('testnet', 'Token of @CryptoTestnetBot', 'switch', 'For trials: no real money moves.'),
      optional('acceptedAssets', 'Assets to accept', 'list', 'Such as TON, USDT. All of them when left out.'),
    ],
  },
  {
    gateway: 'cryptopayment-center',
    webhookByHand: true,
    fields: [
      secret('apiKey', 'API key', 'In the dashboard, under API Keys: pk_…'),
      secret('apiSecret', 'API secret', 'Shown once, when the key is made: sk_…'),
      secret('appKey', 'APP_KEY', 'Webhooks are signed with it; base64, with or without base64: in front.'),
      optional(
        'networks',
        'Networks to offer',
        'list',
        'Of btc, ltc, eth, trc20, bep20. All five when left out.',
      ),
    ],
  },
  {
    gateway: 'gatenoc',
    webhookByHand: false,
    fields: [
      {
        name: 'merchantId',
        label: 'Merchant id',
        kind: 'text',
        required: true,
        help: 'In the dashboard: Merchants, your API merchant, Integration.',
      },
      secret('apiKey', 'Payment API key'),
      secret('webhookSecret', 'Webhook secret'),
    ],
  },
  {
    gateway: 'teleport-pay',
    webhookByHand: false,
    fields: [
      secret('apiKey', 'API key'),
      secret('webhookSecret', 'Webhook secret'),
      optional(
        'paymentMethods',
        'Groups of payment methods',
        'list',
        'Such as crypto, cards. Only crypto when left out; chargebacks of cards are not reported to us.',
      ),
    ],
  },
  {
    gateway: 'ton-nft',
    webhookByHand: false,
    fields: [
      {
        name: 'baseUrl',
        label: "Address of the gateway's API",
        kind: 'text',
        required: true,
        help: 'Where your gateway runs, such as https://gateway.example.com.',
      },
      secret('apiKey', 'API key'),
      optional('maxTon', 'Most TON for one payment', 'text', 'A larger price is not offered.'),
      optional(
        'keyEncoding',
        'How webhooks are signed',
        'text',
        'hex-text when left out. Write raw where genuine webhooks are refused with signature-mismatch.',
      ),
    ],
  },
  {
    gateway: 'xrocket-pay',
    webhookByHand: true,
    fields: [secret('apiKey', 'API token', 'In @xRocket: Rocket Pay, the app, API token.')],
  },
];

/** What an owner enters to connect a gateway. @param sandbox permits an address of a simulator */
export const gatewayForms = (sandbox: boolean): readonly GatewayForm[] =>
  forms.map((form) =>
    sandbox && !form.fields.some(({ name }) => name === baseUrl.name)
      ? { ...form, fields: [...form.fields, baseUrl] }
      : form,
  );
