/** Moments that pass through the harness's hands, so that a kill can be tied to one of them and not to a clock. */
export const killPoints = [
  /** A gateway's message has been handed to a bridge, which has not answered. */
  'webhook-forwarded',
  /** The bridge has answered, the gateway has not read it yet. */
  'webhook-answered',
  /** A call of the shop's plugin, such as a checkout. */
  'call-forwarded',
  'call-answered',
  /** A bridge calls the shop, which knows nothing of it yet. */
  'shop-asked',
  /** The shop has done what it was told, the bridge does not know it yet. */
  'shop-answered',
] as const;

export type KillPoint = (typeof killPoints)[number];

/** Told of each moment as it passes. `replica`: the process it concerns, where that is known. */
export type Progress = (point: KillPoint, replica?: number) => void;
