import type { OpenDemo } from '../demo.ts';
import { playAll } from './play-all.ts';
import { openStage } from './stage.ts';
import { liveOn, openDoors } from './stay-up.ts';

/** A simulated Shopify over its real schema, and the payments app with mTLS on; the buyer is a script. */
export const openShopifyDemo: OpenDemo = async (tell) => {
  tell(
    'Starting the simulated gateways, a simulated Shopify and the payments app, and installing it in a shop.',
  );
  const stage = await openStage();
  return {
    playAll: (told) => playAll(stage, told),
    openDoors: () => openDoors(stage),
    liveOn: (enough) => liveOn(stage, enough),
    stop: stage.stop,
  };
};
