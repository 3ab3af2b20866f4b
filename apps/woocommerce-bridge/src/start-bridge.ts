import { everyInterval, startBackground } from '@gatewright/operations';
import { type ReconcileReport, reconcile } from '@gatewright/payment-core';
import { assemble, operatorServer, portsOf, publicServer, withDefaults } from './assemble.ts';
import type { Bridge, BridgeOptions } from './bridge.ts';
import { connectPagesOf } from './connect/assemble-connect.ts';
import { registerConnect } from './connect/register.ts';
import { bind } from './open.ts';
import { shopJobsOf } from './rest-mode/assemble-rest-mode.ts';
import { createOperatorServer, createPublicServer } from './servers.ts';
import { sweeperOf } from './sweep/assemble-sweep.ts';
import { watchdogOf } from './watchdog/assemble-watchdog.ts';
import { createIntake } from './webhooks/intake.ts';
import { createWork } from './work.ts';

/**
 * Starts the bridge in this process. Time, chance and the way out come in as parameters, so a sandbox runs it on a
 * virtual clock.
 * @throws CannotStart when the ledger, its keys or a port cannot be had
 */
export const startBridge = async (options: BridgeOptions): Promise<Bridge> => {
  const settings = withDefaults(options);
  const { env, log } = settings;
  const assembly = await assemble(settings);
  const { life, opened, metrics } = assembly;
  const ports = portsOf(assembly);
  const intake = createIntake(options.clock);
  const runner = createWork(ports, opened.jobs, metrics, log, shopJobsOf(assembly, ports), intake);
  const watchdog = watchdogOf(assembly, ports);
  const sweep = sweeperOf(assembly, runner.kick);
  const app = createPublicServer(publicServer(assembly, ports, runner.kick, intake));
  registerConnect(app, connectPagesOf(assembly, ports, watchdog));
  const operator = createOperatorServer(operatorServer(assembly, ports, runner.kick));
  let endBackground = async (): Promise<void> => undefined;
  let stopped: Promise<void> | undefined;

  const stop = async (): Promise<void> => {
    life.closing = true;
    const ended = endBackground();
    await app.close();
    await ended;
    await runner.stop();
    await operator.close();
    await opened.close();
  };
  const reconcileAndWork = async (): Promise<ReconcileReport> => {
    const report = await reconcile(ports);
    await runner.drain();
    return report;
  };

  const watch = async (): Promise<number> => {
    const looked = await watchdog.round();
    await sweep();
    return looked;
  };

  try {
    const listening = await bind(app, 'PORT', env.sandbox ? '127.0.0.1' : '0.0.0.0', env.port);
    life.publicUrl = env.publicUrl ?? listening;
    const operatorUrl = await bind(operator, 'OPERATOR_PORT', '127.0.0.1', env.operatorPort);
    if (options.background === true)
      endBackground = startBackground({
        runner,
        rounds: {
          reconcile: reconcileAndWork,
          'watching shops': watchdog.round,
          'asking shops for changed orders': sweep,
        },
        timer: everyInterval,
        log,
      });
    return {
      publicUrl: life.publicUrl,
      operatorUrl,
      location: opened.location,
      vault: opened.vault,
      ports,
      work: () => runner.drain(),
      reconcile: reconcileAndWork,
      watch,
      stop: () => {
        stopped ??= stop();
        return stopped;
      },
    };
  } catch (error) {
    await stop();
    throw error;
  }
};
