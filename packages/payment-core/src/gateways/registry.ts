import type * as z from 'zod';
import type { HttpClient } from '../http/http-client.ts';
import type { Mode } from '../invoice/invoice.ts';
import type { Money } from '../money/money.ts';
import type { ExchangeRateRow } from '../rates/crypto-pay-rates.ts';
import { cryptoPay } from './crypto-pay/index.ts';
import { cryptoPaymentCenter } from './cryptopayment-center/index.ts';
import { gatenoc } from './gatenoc/index.ts';
import type { Gateway, GatewayAccount, GatewayContext, GatewayWarning } from './gateway.ts';
import type { Answer } from './json-answer.ts';
import { perConfig } from './per-config.ts';
import { teleportPay } from './teleport-pay/index.ts';
import { testGateway } from './test/index.ts';
import { tonNft } from './ton-nft/index.ts';
import { refuse, type WebhookRequest, type WebhookVerdict } from './webhook.ts';
import { xRocketPay } from './xrocket-pay/index.ts';

/** A gateway whose configuration is read by its own schema at every door, so that callers need not know its type. */
export interface RegisteredGateway
  extends Omit<
    Gateway<never>,
    | 'config'
    | 'modeOf'
    | 'methodsOf'
    | 'accepts'
    | 'warnings'
    | 'receiveWebhook'
    | 'connect'
    | 'exchangeRates'
  > {
  /** `undefined` when the stored configuration is unusable; the reasons name keys, never values. */
  readConfig(config: unknown): { readonly ok: true } | { readonly ok: false; readonly reason: string };
  modeOf(config: unknown): Mode | undefined;
  /** None for a configuration that is unusable. */
  methodsOf(config: unknown): readonly string[];
  /** None for a configuration that is unusable, or where the gateway does not say. */
  accepts(config: unknown, asked: Money | null): readonly string[];
  warnings(config: unknown): readonly GatewayWarning[];
  receiveWebhook(config: unknown, request: WebhookRequest): WebhookVerdict;
  connect(config: unknown, context: GatewayContext): GatewayAccount | undefined;
  /** Absent where the gateway tells no rates. */
  exchangeRates?(config: unknown, http: HttpClient): Promise<Answer<readonly ExchangeRateRow[]>>;
}

const configReason = (error: z.ZodError): string => {
  const key = error.issues[0]?.path.find((part) => typeof part === 'string');
  const words = key?.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
  return `config-${words ?? 'unusable'}`;
};

/** Erases one gateway's configuration type. */
export const register = <Config>(gateway: Gateway<Config>): RegisteredGateway => {
  const parseOnce = perConfig((config: object) => gateway.config.safeParse(config));
  const parse = (config: unknown): z.ZodSafeParseResult<Config> =>
    typeof config === 'object' && config !== null ? parseOnce(config) : gateway.config.safeParse(config);
  const { exchangeRates, ...rest } = gateway;
  return {
    ...rest,
    ...(exchangeRates && {
      exchangeRates: async (config: unknown, http: HttpClient) => {
        const parsed = parse(config);
        return parsed.success
          ? exchangeRates(parsed.data, http)
          : { outcome: 'refused' as const, reason: configReason(parsed.error) };
      },
    }),
    readConfig: (config) => {
      const parsed = parse(config);
      return parsed.success ? { ok: true } : { ok: false, reason: configReason(parsed.error) };
    },
    modeOf: (config) => {
      const parsed = parse(config);
      return parsed.success ? gateway.modeOf(parsed.data) : undefined;
    },
    methodsOf: (config) => {
      const parsed = parse(config);
      return parsed.success ? (gateway.methodsOf?.(parsed.data) ?? gateway.methods) : [];
    },
    accepts: (config, asked) => {
      const parsed = parse(config);
      return parsed.success ? (gateway.accepts?.(parsed.data, asked) ?? []) : [];
    },
    warnings: (config) => {
      const parsed = parse(config);
      return parsed.success ? (gateway.warnings?.(parsed.data) ?? []) : [];
    },
    receiveWebhook: (config, request) => {
      const parsed = parse(config);
      return parsed.success
        ? gateway.receiveWebhook(parsed.data, request)
        : refuse('config', configReason(parsed.error));
    },
    connect: (config, context) => {
      const parsed = parse(config);
      return parsed.success ? gateway.connect(parsed.data, context) : undefined;
    },
  };
};

/** Every gateway that takes money, one line each. */
const registered: readonly RegisteredGateway[] = [
  register(cryptoPay),
  register(cryptoPaymentCenter),
  register(gatenoc),
  register(teleportPay),
  register(tonNft),
  register(xRocketPay),
];

const byId: ReadonlyMap<string, RegisteredGateway> = new Map(
  [...registered, register(testGateway)].map((gateway) => [gateway.id, gateway]),
);

/** The real ones; the pseudo-gateway `test` is found by its id alone. */
export const gateways = (): readonly RegisteredGateway[] => registered;
export const gatewayById = (id: string): RegisteredGateway | undefined => byId.get(id);
