import type { Finding } from '@gatewright/payment-core';

const notStarted = 'Medusa does not start with it.';

/** A setting that has to be corrected before the shop can take payments. @param cause names the setting, never its value */
export const settingFault = (code: string, cause: string, remedy: string): Finding => ({
  code,
  severity: 'error',
  cause,
  effect: notStarted,
  remedy,
});

/** One text of all of them, for the error that ends the start. */
export const faultText = (faults: readonly Finding[]): string =>
  faults.map(({ cause, effect, remedy }) => `Gatewright: ${cause} ${effect} ${remedy}`).join('\n');
