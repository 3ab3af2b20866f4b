import type { Finding } from '@gatewright/payment-core';
import type { Logger } from 'pino';
import { createLog } from '../log/log.ts';
import { CannotStart } from './cannot-start.ts';

/** A service that runs, and what its log says of it. */
export interface RunningService {
  /** For the line that says that it started: addresses, the ledger's place. No secret. */
  readonly about: Readonly<Record<string, string | number>>;
  stop(): Promise<void>;
}

export interface ServiceParts<Env extends { readonly logLevel: string }> {
  /** 'bridge', 'app': what the lines call it. */
  readonly name: string;
  readonly read: () =>
    | { readonly ok: true; readonly env: Env }
    | { readonly ok: false; readonly findings: readonly Finding[] };
  readonly start: (env: Env, log: Logger) => Promise<RunningService>;
}

type Said = Pick<Finding, 'cause' | 'effect' | 'remedy'>;

const say = ({ cause, effect, remedy }: Said): void => {
  process.stderr.write(`cause:  ${cause}\neffect: ${effect}\nremedy: ${remedy}\n\n`);
};

/** The first signal ends in order; whoever sends a second one does not want to wait. */
const stopOnSignal = (service: RunningService): void => {
  let stopping = false;
  const stop = (signal: NodeJS.Signals): void => {
    if (stopping) process.exit(1);
    stopping = true;
    process.stderr.write(`${signal}: finishing requests and jobs\n`);
    service.stop().then(
      () => process.exit(0),
      () => process.exit(1),
    );
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
};

/** Runs a service as this process: reads its environment, starts it, ends it by a signal. What an operator can mend is said in words. */
export const runService = async <Env extends { readonly logLevel: string }>(
  parts: ServiceParts<Env>,
): Promise<void> => {
  const { name, read, start } = parts;
  const found = read();
  if (!found.ok) {
    for (const finding of found.findings) say(finding);
    process.exitCode = 1;
    return;
  }
  const log = createLog({ level: found.env.logLevel });
  try {
    const service = await start(found.env, log);
    stopOnSignal(service);
    log.info(service.about, `${name} started`);
  } catch (error) {
    if (!(error instanceof CannotStart)) throw error;
    const effect = `The ${name} does not start.`;
    say({ cause: error.message, effect, remedy: 'Mend the cause, then start it again.' });
    process.exitCode = 1;
  }
};
