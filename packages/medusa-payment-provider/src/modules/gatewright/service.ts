import { currentEngine, startEngine, stopEngine } from '../../engine/current-engine.ts';
import type { MedusaEngine } from '../../engine/engine.ts';
import type { MedusaCradle } from '../../engine/medusa-process.ts';

/** What `container.resolve('gatewright')` gives: the engine of this process, opened when it is first asked for. */
export class GatewrightService {
  readonly #cradle: MedusaCradle;
  /** Medusa calls these at its own start and end, and swallows what they throw. */
  readonly __hooks = {
    onApplicationStart: async (): Promise<void> => {
      await startEngine(this.#cradle).catch((error: Error) => {
        this.#cradle.logger.error(`${error.message} Until then no payment can be started.`);
      });
    },
    onApplicationShutdown: (): Promise<void> => stopEngine(this.#cradle),
  };

  constructor(cradle: MedusaCradle) {
    this.#cradle = cradle;
  }

  /** @throws Error that says what to mend, when the ledger cannot be opened */
  engine(): Promise<MedusaEngine> {
    return currentEngine(this.#cradle);
  }
}
