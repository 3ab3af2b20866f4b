import { randomBytes } from 'node:crypto';
import { createLog } from '@gatewright/operations';
import type { Finding } from '@gatewright/payment-core';
import type { App } from './app.ts';
import { CannotStart } from './cannot-start.ts';
import { processEnv } from './env.ts';
import { startApp } from './start-app.ts';

const say = (finding: Pick<Finding, 'cause' | 'effect' | 'remedy'>): void =>
  console.error(`cause:  ${finding.cause}\neffect: ${finding.effect}\nremedy: ${finding.remedy}\n`);

/** The first signal ends in order; whoever sends a second one does not want to wait. */
const stopOnSignal = (app: App): void => {
  let stopping = false;
  const stop = (signal: NodeJS.Signals): void => {
    if (stopping) process.exit(1);
    stopping = true;
    console.error(`${signal}: finishing requests and jobs`);
    app.stop().then(
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
  const app = await startApp({ env: read.env, clock, random: randomBytes, log, background: true });
  stopOnSignal(app);
  // Shopify's new authority is used at once where the operator does not want to wait for the next look.
  process.on('SIGHUP', () => void app.reloadCertificates());
  const { location, publicUrl, sessionPort } = app;
  log.info({ ledger: location, publicUrl, sessionPort }, 'app started');
};

main().catch((error: unknown) => {
  if (!(error instanceof CannotStart)) throw error;
  say({
    cause: error.message,
    effect: 'The app does not start.',
    remedy: 'Mend the cause, then start it again.',
  });
  process.exitCode = 1;
});
