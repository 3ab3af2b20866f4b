import type { TestProject } from 'vitest/node';
import { type MedusaBase, openMedusaBase } from '../../src/medusa/base.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** A migrated database and its PostgreSQL, for all test files of a run. */
    readonly medusaBase: MedusaBase;
  }
}

export const setup = async (project: TestProject): Promise<() => Promise<void>> => {
  const { base, stop } = await openMedusaBase((what) => console.info(what));
  project.provide('medusaBase', base);
  return stop;
};
