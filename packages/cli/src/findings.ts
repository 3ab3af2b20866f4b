import type { Finding } from '@gatewright/payment-core';
import { done, fail, type Outcome } from './failure.ts';
import { type Host, say } from './host.ts';
import { printable } from './print.ts';

/** Says what was found about a subject; `ok` where there is nothing to say. */
export const printFindings = (host: Host, subject: string, findings: readonly Finding[]): void => {
  if (findings.length === 0) say(host, `${printable(subject)}: ok`);
  for (const { severity, code, cause, effect, remedy } of findings) {
    say(host, `${printable(subject)}: ${severity} ${code}`);
    for (const [name, text] of Object.entries({ cause, effect, remedy })) {
      say(host, `  ${name}: ${printable(text)}`);
    }
  }
};

/** Exit code 1 where money would be missed; a warning or a note is none. */
export const outcomeOf = (findings: readonly Finding[]): Outcome => {
  const errors = findings.filter(({ severity }) => severity === 'error').length;
  if (errors === 0) return done;
  return fail(
    `${errors} of the checks failed.`,
    'Shoppers cannot pay, or payments are missed.',
    'Mend what stands above under "error", then run it again.',
  );
};
