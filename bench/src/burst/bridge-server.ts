import { randomBytes } from 'node:crypto';
import type { Egress } from '@gatewright/payment-core';
import { readEnv, startBridge } from '@gatewright/woocommerce-bridge';
import { serveParent } from '../measure/child.ts';

const settled = Buffer.from('{"outcome":"settled"}');

/** A shop that books every order at once, and no other host: what is measured is the bridge. */
const shop: Egress = async () => ({ outcome: 'answered', status: 200, headers: {}, body: settled });

const read = readEnv(process.env);
if (!read.ok) throw new Error(read.findings.map((finding) => finding.cause).join(' '));
const bridge = await startBridge({
  env: read.env,
  clock: { now: Date.now },
  random: randomBytes,
  egress: shop,
  background: true,
});
serveParent(bridge.publicUrl, () => bridge.stop());
