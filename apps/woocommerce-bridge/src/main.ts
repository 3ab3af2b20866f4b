import { randomBytes } from 'node:crypto';
import { createLog } from '@gatewright/operations';
import type { Finding } from '@gatewright/payment-core';
import type { Bridge } from './bridge.ts';
import { processEnv } from './env.ts';
import { CannotStart } from './open.ts';
import { startBridge } from './start-bridge.ts';

const say = (finding: Pick<Finding, 'cause' | 'effect' | 'remedy'>): void =>
  console.error(`cause:  ${finding.cause}\neffect: ${finding.effect}\nremedy: ${finding.remedy}\n`);

/** The first signal ends in order; whoever sends a second one does not want to wait. */
const stopOnSignal = (bridge: Bridge): void => {
  let stopping = false;
  const stop = (signal: NodeJS.Signals): void => {
    if (stopping) process.exit(1);
    stopping = true;
    console.error(`${signal}: finishing requests and jobs`);
    bridge.stop().then(
      () => process.exit(0),
      () => process.exit(1),
    );
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
};

const main = async (): Promise<void> => {
  const read = processEnv();
  if (!read.ok) {
    for (const finding of read.findings) say(finding);
    process.exitCode = 1;
    return;
  }
  const log = createLog({ level: read.env.logLevel });
  const clock = { now: Date.now };
  const bridge = await startBridge({ env: read.env, clock, random: randomBytes, log, background: true });
  stopOnSignal(bridge);
  const { location, publicUrl, operatorUrl } = bridge;
  log.info({ ledger: location, publicUrl, operatorUrl }, 'bridge started');
};

main().catch((error: unknown) => {
  if (!(error instanceof CannotStart)) throw error;
  say({
    cause: error.message,
    effect: 'The bridge does not start.',
    remedy: 'Mend the cause, then start it again.',
  });
  process.exitCode = 1;
});
