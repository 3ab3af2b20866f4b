import { randomBytes } from 'node:crypto';
import { runService } from '@gatewright/operations';
import { processEnv } from './env.ts';
import { startApp } from './start-app.ts';

await runService({
  name: 'app',
  read: processEnv,
  start: async (env, log) => {
    const clock = { now: Date.now };
    const app = await startApp({ env, clock, random: randomBytes, log, background: true });
    // Shopify's new authority is used at once where the operator does not want to wait for the next look.
    process.on('SIGHUP', () => {
      app.reloadCertificates().catch((error: unknown) => log.error({ err: error }, 'certificates not read'));
    });
    const { location, publicUrl, port, sessionPort, operatorUrl, stop } = app;
    return { about: { ledger: location, publicUrl, port, sessionPort, operatorUrl }, stop };
  },
});
