import type * as z from 'zod';
import type { KernelClock } from './clock.ts';
import type { Courier } from './courier.ts';
import type { FaultKind } from './faults.ts';
import type { Routes } from './http/router.ts';
import type { NativeFailures } from './http/server.ts';
import type { SeededRandom } from './random.ts';
import type { RateLimiter } from './rate-limit.ts';
import type { Shopper } from './shopper.ts';

/** A payment as the simulator knows it, in one form for every gateway. Times in ms since the epoch. */
export interface SimulatedPayment {
  readonly id: string;
  readonly accountId: string;
  /** The merchant's own reference, where the gateway carries one. */
  readonly reference?: string | undefined;
  /** The gateway's own word. */
  readonly status: string;
  /** Decimal string; absent where the gateway quotes none before payment. */
  readonly amount?: string | undefined;
  readonly currency?: string | undefined;
  readonly createdAt: number;
  readonly expiresAt?: number | undefined;
  readonly payUrl: string;
  /** Ids of the payment records in the gateway's API, where they are not `id` itself; empty before payment. */
  readonly records?: readonly string[] | undefined;
  /** Decimal string: what the gateway has paid back of it; absent where it has no call for that. */
  readonly refunded?: string | undefined;
}

export interface CreatedAccount<Config> {
  readonly accountId: string;
  /** As `gatewright verify` reads it, so that it can be fed straight to a client. */
  readonly config: Config;
}

export type WebhookUrlResult =
  | { readonly ok: true }
  | {
      readonly ok: false;
      readonly reason: 'unknown-account' | 'not-supported' | 'not-a-url' | 'not-http' | 'not-loopback';
    };

/** What the kernel hands to a gateway when it opens. */
export interface GatewayContext {
  readonly clock: KernelClock;
  /** This gateway's own stream. */
  readonly random: SeededRandom;
  readonly courier: Courier;
  /** Origin of one of the gateway's hosts, such as `http://127.0.0.1:4123`; a RangeError for an undeclared name. */
  readonly hostUrl: (host: string) => string;
  /** A limiter of its own per call; it never refuses when the knob `rateLimits` is off. */
  readonly rateLimiter: (limit: number, windowMs: number) => RateLimiter;
  readonly knobs: Knobs;
}

export interface Knobs {
  /** Real milliseconds before every API answer. Default 0. */
  readonly latencyMs: number;
  /** Whether the documented request limits are enforced, on virtual time. Default true. */
  readonly rateLimits: boolean;
  /** Real milliseconds that a merchant has to answer a webhook. Default 10 000. */
  readonly webhookTimeoutMs: number;
  /** Virtual milliseconds between two confirmations on a chain. Default 60 000. */
  readonly confirmationMs: number;
}

/** One gateway, running. */
export interface GatewayInstance<Config, AccountOptions, S extends Shopper> {
  /** The routes of each declared host. */
  readonly hosts: Readonly<Record<string, Routes>>;
  readonly failures: NativeFailures;
  createAccount(options: AccountOptions): CreatedAccount<Config>;
  /** Null switches webhooks off. */
  setWebhookUrl(accountId: string, url: string | null): WebhookUrlResult;
  /** Of one account, or of all; oldest first. */
  payments(accountId?: string): readonly SimulatedPayment[];
  readonly shopper: S;
}

/**
 * What a gateway folder exports and the registry lists. `hosts` are its servers, each on a port of its own; the
 * first is the default account's.
 */
export interface GatewayDefinition<Config, AccountOptions extends z.ZodType, S extends Shopper> {
  readonly name: string;
  readonly hosts: readonly [string, ...string[]];
  readonly impossibleFaults: readonly FaultKind[];
  /** Strict; every field optional. The control API parses with it. */
  readonly accountOptions: AccountOptions;
  open(context: GatewayContext): GatewayInstance<Config, z.output<AccountOptions>, S>;
}

/** Keeps the literal types of a definition. */
export const defineGateway = <Config, AccountOptions extends z.ZodType, S extends Shopper>(
  definition: GatewayDefinition<Config, AccountOptions, S>,
): GatewayDefinition<Config, AccountOptions, S> => definition;
