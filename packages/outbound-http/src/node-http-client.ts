import { setTimeout as wait } from 'node:timers/promises';
import { createEgress, type Egress, type HttpClient, type Resolver } from '@gatewright/payment-core';
import { createHttpClient, type HttpClientSettings } from './http-client.ts';
import { createNodeResolver } from './node-resolver.ts';
import { createNodeTransport } from './node-transport.ts';

export interface NodeEgressSettings {
  /** The operator's switch: loopback may be called, over http too. */
  readonly sandbox?: boolean;
  /** Default 1 MiB. */
  readonly maxBytes?: number;
  /** For one exchange, from connecting to the last byte. Default 15 s. */
  readonly timeoutMs?: number;
  readonly resolve?: Resolver;
  /** Trusted certificates in PEM instead of Node's own. */
  readonly ca?: string;
}

/** The egress of a running application: the system's resolver and a real socket. Share one among all accounts. */
export const createNodeEgress = (settings: NodeEgressSettings = {}): Egress =>
  createEgress({
    resolve: settings.resolve ?? createNodeResolver(),
    connect: createNodeTransport(settings.ca === undefined ? {} : { ca: settings.ca }),
    sandbox: settings.sandbox ?? false,
    maxBytes: settings.maxBytes ?? 1_048_576,
    timeoutMs: settings.timeoutMs ?? 15_000,
  });

export type NodeHttpClientSettings = NodeEgressSettings & Partial<HttpClientSettings>;

/** A client for one account, with the system's clock and randomness unless others are given. */
export const createNodeHttpClient = (settings: NodeHttpClientSettings = {}): HttpClient =>
  createHttpClient({
    clock: { now: Date.now },
    random: Math.random,
    sleep: (ms) => wait(ms),
    ...settings,
    egress: settings.egress ?? createNodeEgress(settings),
  });
