import type { MedusaEngine } from './engine.ts';

/** Anything that resolves by name: the app container, or the scope of a request. */
interface Scope {
  resolve(name: string): unknown;
}

/** The engine of this process, opened at the first use. @throws MedusaError where it cannot be opened */
export const engineOf = (scope: Scope): Promise<MedusaEngine> =>
  // Registered by our module under its own name, with this method (src/modules/gatewright/service.ts).
  (scope.resolve('gatewright') as { engine(): Promise<MedusaEngine> }).engine();
