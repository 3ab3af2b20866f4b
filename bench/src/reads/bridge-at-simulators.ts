import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import type { GatewaySimulators } from '@gatewright/gateway-simulator';
import { createNodeEgress } from '@gatewright/outbound-http';
import type { Egress } from '@gatewright/payment-core';
import { type Bridge, readEnv, startBridge } from '@gatewright/woocommerce-bridge';
import { benchKeys } from '../burst/ledger-file.ts';

export interface CountedBridge {
  readonly bridge: Bridge;
  /** HTTP requests that have left the bridge so far. */
  readonly requests: () => number;
  /** How many of them were answered 429. */
  readonly refusedForRate: () => number;
}

/** A bridge on the simulators' clock whose way out is counted; waiting for a rate limit moves that clock. */
export const startCountedBridge = async (
  folder: string,
  simulators: Pick<GatewaySimulators, 'clock'>,
): Promise<CountedBridge> => {
  const read = readEnv({
    DATABASE_URL: `sqlite:${join(folder, 'reads.db')}`,
    GATEWRIGHT_KEYS: benchKeys,
    GATEWRIGHT_SANDBOX: '1',
    PORT: '0',
    OPERATOR_PORT: '0',
    LOG_LEVEL: 'silent',
  });
  if (!read.ok) throw new Error(read.findings.map((finding) => finding.cause).join(' '));
  const out = createNodeEgress({ sandbox: true });
  let [requests, refusedForRate] = [0, 0];
  const egress: Egress = async (request) => {
    requests += 1;
    const outcome = await out(request);
    if (outcome.outcome === 'answered' && outcome.status === 429) refusedForRate += 1;
    return outcome;
  };
  const bridge = await startBridge({
    env: read.env,
    clock: simulators.clock,
    random: randomBytes,
    egress,
    sleep: (ms) => simulators.clock.advance(ms),
  });
  return { bridge, requests: () => requests, refusedForRate: () => refusedForRate };
};
