import { randomBytes } from 'node:crypto';
import { runService } from '@gatewright/operations';
import { processEnv } from './env.ts';
import { startBridge } from './start-bridge.ts';

await runService({
  name: 'bridge',
  read: processEnv,
  start: async (env, log) => {
    const clock = { now: Date.now };
    const bridge = await startBridge({ env, clock, random: randomBytes, log, background: true });
    const { location, publicUrl, operatorUrl, stop } = bridge;
    return { about: { ledger: location, publicUrl, operatorUrl }, stop };
  },
});
