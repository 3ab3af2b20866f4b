import type { Ports } from '@gatewright/payment-core';
import type { Assembly } from '../assemble.ts';
import type { Watchdog } from '../watchdog/watchdog.ts';
import type { ConnectPages } from './register.ts';
import { createConnectStates } from './states.ts';

export const connectPagesOf = (
  { settings, life, opened, shops, limits }: Assembly,
  ports: Ports,
  watchdog: Watchdog,
): ConnectPages => {
  const { clock, random } = settings;
  const { ledger, vault } = opened;
  const states = createConnectStates(ledger, clock, random);
  return { desk: { states, vault, shops, watchdog, ports, publicUrl: () => life.publicUrl }, clock, limits };
};
